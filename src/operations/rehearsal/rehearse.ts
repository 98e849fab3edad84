import { randomUUID } from 'node:crypto';
import type { PlannedAnnouncement } from '../../campaign/announcement.js';
import type { AccountRules } from '../../campaign/campaign.js';
import { planAnnouncements, type Plan } from '../../campaign/plan.js';
import { replan } from '../../campaign/replan.js';
import { networks, type Network } from '../../campaign/network.js';
import type { Config } from '../../config/config.js';
import { editionFor } from '../../config/edition.js';
import { readTemplates, templateFolders } from '../../config/templates.js';
import { CallboardError } from '../../errors.js';
import { createEvents } from '../../events.js';
import { postLimits, withPostLimits } from '../../networks/preview/daily-limits.js';
import { createPreviewPublisher } from '../../networks/preview/preview-publisher.js';
import type { PreviewPost } from '../../networks/preview/timeline.js';
import type { EpochMs } from '../../program/time.js';
import { prepare, type ProgramInForce } from '../../program-in-force.js';
import type { Ledger } from '../../publish/ports.js';
import type { Publisher } from '../../publish/publisher.js';
import { tryCommand } from '../reading-notes.js';
import { fetchConfigured, readFetched } from '../read-program.js';
import { rehearsedFaults } from './faults.js';
import { mannersOf, type NetworkManners } from './network-manners.js';
import { endOf } from './end.js';
import { readPeriod } from './period.js';
import { play, waitingOf } from './play.js';
import { resultOf, type RehearsalResult } from './result.js';
import { sampleTemplates, type TemplateSample } from './samples.js';
import { simulatedClock, type SimulatedClock } from './simulated-clock.js';
import { buildStage } from './stage.js';
import { createTurns } from './turns.js';
import { createWitness, type Witness } from './witness.js';

/** How a campaign is rehearsed. */
export interface RehearsalOptions {
  /** ISO 8601, on the clock of the conference where they have no offset. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Whether the networks have their pace, delays and limits. */
  readonly limits: boolean;
  /** So many per cent of the announcements fail at first. */
  readonly faults?: number | undefined;
  /** Whether the longest text of every template is wanted. */
  readonly samples?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** How many announcements are through, and the simulated moment. */
  readonly onProgress?: ((done: number, total: number, now: EpochMs) => void) | undefined;
}

/** What a test puts in place of a part, to see that the rehearsal notices. */
export interface RehearsalOverrides {
  readonly publisher?: (publisher: Publisher) => Publisher;
  readonly ledger?: (ledger: Ledger) => Ledger;
}

/** A rehearsal that was played to its end. */
export interface Rehearsal {
  readonly result: RehearsalResult;
  /** Everything that the networks accepted, in order. */
  readonly posts: readonly PreviewPost[];
  readonly planned: ReadonlyMap<string, PlannedAnnouncement>;
  readonly inForce: ProgramInForce;
  readonly samples: readonly TemplateSample[];
  /** The command that lists what was repaired and lost in reading the program. */
  readonly tryCommand: string;
}

/** Before the first due moment, so that the campaign begins with all of it ahead. */
const headStartMs = 60_000;

/**
 * Plays the whole campaign of a config on a simulated clock: the real plan, ledger and publish path on a database that is made for it and removed
 * afterwards. Every account is a preview, the config's own database and port are not touched.
 *
 * @throws CallboardError exit `program` (unreadable), `usage` (wrong period), `storage` (no room for the database)
 */
export async function rehearse(
  config: Config,
  options: RehearsalOptions,
  overrides: RehearsalOverrides = {},
): Promise<Rehearsal> {
  const startedAt = performance.now();
  const laps: Record<string, number> = {};
  let lapBegan = startedAt;
  const lap = (name: string) => {
    const now = performance.now();
    laps[name] = Math.round(now - lapBegan);
    lapBegan = now;
  };

  const edition = editionFor(config);
  const fetched = await fetchConfigured(config);
  const reading = readFetched(config, fetched, { edition });
  const { plan, inForce, left } = planFor(config, edition, reading.program, options);
  const { beganAt } = inForce.campaign;
  lap('read');

  const stage = await buildStage(edition, reading, beganAt);
  try {
    const ledger = overrides.ledger?.(stage.ledger) ?? stage.ledger;
    const clock = simulatedClock(beganAt);
    const changes = replan({
      wanted: plan.announcements,
      standing: [],
      program: inForce.lookup,
      now: beganAt,
    });
    const applied = await ledger.apply(changes, beganAt);
    lap('build');

    const planned = new Map(plan.announcements.map((one) => [one.id, one]));
    const witness = createWitness();
    const { publisher, manners } = company(config.accounts, clock, witness, options, overrides);
    const turns = createTurns(manners, beganAt);
    turns.add(
      plan.announcements
        .filter(({ held }) => held === undefined)
        .flatMap((one) => waitingOf(one, one.dueAt)),
    );
    const { composer, lookup } = inForce;
    const played = await play({
      ledger,
      clock,
      turns,
      planned,
      publisher: (account) => publisher.get(account),
      compose: (announcement, version) =>
        Promise.resolve(composer.compose(announcement, lookup, version)),
      events: createEvents(),
      boot: randomUUID(),
      signal: options.signal,
      onProgress: (done, now) => options.onProgress?.(done, planned.size, now),
    });
    refuseHalf(options.signal);
    lap('play');

    const end = await endOf(ledger, plan, clock);
    const samples = options.samples === true ? sampleTemplates(inForce, plan, witness.posts) : [];
    const counted = { stage, plan, planned, inForce, reading, applied, played, end, witness };
    const result = await resultOf({
      ...counted,
      edition,
      left,
      limits: options.limits,
      lap: () => {
        lap('count');
        return { laps, wallMs: performance.now() - startedAt };
      },
    });
    return {
      result,
      posts: witness.posts,
      planned,
      inForce,
      samples,
      tryCommand: tryCommand(config),
    };
  } finally {
    await stage.close();
  }
}

/** The plan from the wished beginning on, or from before its first moment; what is due after the wished end is left out and counted. */
function planFor(
  config: Config,
  edition: string,
  program: Parameters<typeof prepare>[2],
  options: RehearsalOptions,
): { readonly plan: Plan; readonly inForce: ProgramInForce; readonly left: number } {
  const templates = readTemplates(templateFolders(config));
  const all = prepare(
    { config, edition: { id: edition, beganAt: -Infinity }, templates },
    1,
    program,
  );
  const { from, to } = readPeriod(options, all.campaign.conference.zone);
  const whole = from === undefined ? planAnnouncements(all.lookup, all.campaign) : undefined;
  const beganAt = from ?? (whole?.announcements[0]?.dueAt ?? headStartMs) - headStartMs;
  const campaign = { ...all.campaign, beganAt };
  const plan = whole ?? planAnnouncements(all.lookup, campaign);
  const announcements = plan.announcements.filter(({ dueAt }) => to === undefined || dueAt <= to);
  return {
    plan: { ...plan, announcements },
    inForce: { ...all, campaign },
    left: plan.announcements.length - announcements.length,
  };
}

/** A publisher for every account, and how their networks behave. */
function company(
  accounts: readonly AccountRules[],
  clock: SimulatedClock,
  timeline: Witness,
  { limits, faults = 0 }: RehearsalOptions,
  overrides: RehearsalOverrides,
) {
  const manners = new Map<Network, NetworkManners>(
    networks.map((network) => [network, mannersOf(network, accounts, limits)]),
  );
  const publisher = new Map(
    accounts.map(({ account: { id: account, network } }): [string, Publisher] => {
      const delay = manners.get(network)?.delay ?? (() => 0);
      const preview = createPreviewPublisher({
        account,
        network,
        timeline,
        clock,
        page: 'preview:',
        ...(faults > 0 && { fault: rehearsedFaults(faults) }),
      });
      const slow: Publisher = {
        ...preview,
        async publish(dispatch) {
          await clock.sleep(delay(dispatch.announcement.id));
          return preview.publish(dispatch);
        },
      };
      const whole = overrides.publisher?.(slow) ?? slow;
      return [
        account,
        limits ? withPostLimits(whole, postLimits[network], () => clock.now()) : whole,
      ];
    }),
  );
  return { manners, publisher };
}

function refuseHalf(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new CallboardError('rehearsal-interrupted', {
    place: 'rehearsal',
    problem: 'it was interrupted, and half of one says nothing',
    remedy: 'Run it again, with --from and --to for a part of the campaign',
  });
}
