import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { networks, type AccountId, type Network } from './campaign/network.js';
import { systemClock, type Clock } from './clock.js';
import { createCardPainter, type CardPainter } from './compose/cards/card-painter.js';
import type { Config } from './config/config.js';
import { packageRoot } from './config/package-root.js';
import { readTemplates, templateFolders } from './config/templates.js';
import { createEvents, type Events } from './events.js';
import { createPreviewPublisher } from './networks/preview/preview-publisher.js';
import type { PreviewTimeline } from './networks/preview/timeline.js';
import { createLivePublishers, type LiveTimes } from './live-publishers.js';
import { liveTerms } from './live-terms.js';
import { createGate, type Gate } from './publish/gate.js';
import { journalName, openJournal } from './storage/journal.js';
import { createParking, type ParkingLot } from './storage/live-accounts.js';
import { createNoticeBoard, type NoticeBoard } from './storage/notices.js';
import { createProgramShelf, type ProgramInForce } from './program-in-force.js';
import { rememberCompositions } from './compositions.js';
import type { Compose, PublishContext } from './publish/ports.js';
import type { Publisher } from './publish/publisher.js';
import { openAnnouncementQueue, type AnnouncementQueue } from './queue/announcement-queue.js';
import { absentQueue } from './queue/absent-queue.js';
import { openQueueStore, type QueuePlace } from './queue/store.js';
import { keepCard } from './storage/cards.js';
import type { Database } from './storage/database.js';
import type { Edition } from './storage/editions.js';
import { findEdition } from './storage/editions.js';
import { createLedger } from './storage/ledger.js';
import { createPreviewTimeline } from './storage/preview-timeline.js';
import { programOfVersion } from './storage/programs.js';

/** Everything that runs for one edition, built once and closed in order. */
export interface Context extends PublishContext {
  readonly config: Config;
  readonly edition: Edition;
  readonly database: Database;
  readonly queue: AnnouncementQueue;
  /** The preview network's own memory. */
  readonly timeline: PreviewTimeline;
  readonly cards: CardPainter;
  readonly parking: ParkingLot;
  readonly noticeBoard: NoticeBoard;
  readonly gate: Gate;
  /** Whether this process is the only owner of the data, so that every claim of an older boot is dead. */
  readonly soleOwner: boolean;
  /** The program in force with what is made from it; undefined before the first import. */
  inForce(): Promise<ProgramInForce | undefined>;
  /** Closes what the context opened itself: the queue. The database belongs to whoever opened it. */
  close(): Promise<void>;
}

/** What a test puts in place of a part. */
export interface ContextOverrides {
  readonly clock?: Clock;
  readonly events?: Events;
  readonly timeline?: PreviewTimeline;
  readonly publisher?: (account: AccountId) => Publisher | undefined;
  readonly ledger?: PublishContext['ledger'];
  readonly queue?: AnnouncementQueue;
  readonly liveTimes?: LiveTimes;
}

/** Builds the context of an edition on an open database. `queue: 'none'` is for commands that start no work: the sweep brings what they change. */
export async function createContext(
  { config, database, edition }: { config: Config; database: Database; edition: Edition },
  { queue: wanted = 'open' }: { queue?: 'open' | 'none' } = {},
  overrides: ContextOverrides = {},
): Promise<Context> {
  const clock = overrides.clock ?? systemClock;
  const events = overrides.events ?? createEvents();
  const timeline = overrides.timeline ?? createPreviewTimeline(database, edition.id);
  const templates = readTemplates(templateFolders(config));
  const versions = createProgramShelf({
    load: (version) => programOfVersion(database, edition.id, version),
    config,
    edition,
    templates,
  });
  const keptCards = new Set<string>();
  const cards = createCardPainter({
    layouts: path.join(packageRoot, 'templates', 'cards'),
    cache: path.join(config.dataFolder, 'cards'),
  });
  const previews = config.accounts
    .filter(({ account }) => account.mode === 'preview')
    .map(({ account }): [AccountId, Publisher] => [
      account.id,
      createPreviewPublisher({
        account: account.id,
        network: account.network,
        timeline,
        clock,
        page: `${config.site}/preview`,
      }),
    ]);
  const publishers = new Map<AccountId, Publisher>([
    ...previews,
    ...(await createLivePublishers({ config, database, clock, cards, times: overrides.liveTimes })),
  ]);
  const queue =
    overrides.queue ??
    (wanted === 'open'
      ? openAnnouncementQueue(await openQueueStore(queuePlace(config, database), events), {
          edition: edition.id,
          networks: networksOf(config),
          clock,
        })
      : absentQueue);

  const compose: Compose = async (announcement, version) => {
    const inForce = await versions(version);
    if (!inForce) throw new Error(`version ${String(version)} of the program is not stored`);
    const composed = inForce.composer.compose(announcement, inForce.lookup, version);
    const picture = composed.ok ? composed.content.picture : undefined;
    if (picture && !keptCards.has(picture.digest)) {
      await keepCard(database, edition.id, picture);
      keptCards.add(picture.digest);
    }
    return composed;
  };

  const parking = createParking(database, edition.id);
  const noticeBoard = createNoticeBoard(database, edition.id);
  return {
    config,
    edition,
    database,
    clock,
    events,
    timeline,
    queue,
    boot: randomUUID(),
    soleOwner: database.kind === 'embedded',
    ledger: overrides.ledger ?? createLedger(database, edition.id),
    cards,
    parking,
    noticeBoard,
    live: liveTerms(config),
    gate: createGate(parking),
    // A server keeps its word; the embedded database does not in a power cut.
    ...(database.kind === 'embedded' && {
      journal: openJournal(path.join(config.dataFolder, journalName)),
    }),
    publisher: overrides.publisher ?? ((account) => publishers.get(account)),
    compose: rememberCompositions(compose),
    async inForce() {
      const { programVersion } = (await findEdition(database, edition.id)) ?? edition;
      return programVersion === 0 ? undefined : versions(programVersion);
    },
    close: () => queue.close(),
  };
}

/** The networks that the config announces on, in the usual order. */
export function networksOf({ accounts }: Pick<Config, 'accounts'>): readonly Network[] {
  const used = new Set(accounts.map(({ account }) => account.network));
  return networks.filter((network) => used.has(network));
}

function queuePlace({ redisUrl, databaseUrl }: Config, database: Database): QueuePlace {
  if (redisUrl !== undefined) return { kind: 'redis', url: redisUrl };
  if (databaseUrl !== undefined) return { kind: 'postgres', url: databaseUrl };
  return { kind: 'embedded', pool: database.pool };
}
