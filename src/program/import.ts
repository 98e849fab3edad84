import { assembleProgram } from './assembly.js';
import { decodeText } from './decoding.js';
import { isZip, type FetchedDocument, type SourceDocument } from './document.js';
import { reportDoubts } from './doubts.js';
import { formatOf } from './formats.js';
import { given } from './given.js';
import { aliasesOf } from './identity.js';
import type { ImportReport } from './import-report.js';
import type { Key, Program } from './model.js';
import { excerpt, report, unreadable, type Problems } from './problem.js';
import { shiftProgram } from './shift.js';
import type { SourceHints, SourceProgram } from './source.js';
import { inZone, isZone, toIso } from './time.js';
import { resolveZone, type ResolvedZone, type SeenOffset } from './zone.js';

/** How to read a program. */
export interface ReadHints extends SourceHints {
  readonly edition: string;
  /** Name of a format; without, it is recognized by the content. */
  readonly format?: string;
  /** Keys of aliases that are known already, as `aliasesOf` names them. */
  readonly aliases?: ReadonlyMap<string, Key>;
  /** The last version of the edition's program, at the times that its source gave (not shifted): things keep their keys by it where their ids change. */
  readonly before?: Program;
  /** Moves every time, in milliseconds. */
  readonly shiftMs?: number;
}

/**
 * Makes a program and the report on it out of the documents of a source: the same bytes and hints give the same program. Faults of single sessions
 * are problems of the report; a whole that cannot be read, or holds no session, throws a `CallboardError` of exit `program`.
 */
export function readProgram(
  fetched: readonly FetchedDocument[],
  how: ReadHints,
): { readonly program: Program; readonly report: ImportReport } {
  const { address, edition } = how;
  if (how.zone !== undefined && !isZone(how.zone)) {
    throw unreadable(
      'program-zone-unknown',
      `time zone "${excerpt(how.zone)}"`,
      'this machine knows no such zone',
      'Give an IANA name, such as Europe/Lisbon',
    );
  }
  const early: Problems = [];
  const { format, documents, others } = formatOf(decoded(fetched, how, early), address, how.format);
  const { program: source, problems } = format.read(documents, how);
  if (others.length > 0) {
    report(early, 'note', 'file-ignored', {
      place: address,
      problem: `${others.length} of its files are no ${format.title} and were left out, such as ${excerpt(others[0]?.name ?? '')}`,
      remedy: 'Nothing, where they are pictures and styles; else import them apart',
    });
  }
  problems.unshift(...early);
  const zone = resolveZone(
    { config: how.zone, source: source.zone, replaced: how.replaced },
    { seen: seenOffsets(source), times: source.sessions.length },
    problems,
  );
  const { before } = how;
  const known = how.aliases ?? (before ? aliasesOf(before) : new Map<string, Key>());
  const assembled = assembleProgram(
    { edition, known, problems, zone: zone.name, before, address },
    source,
  );
  if (assembled.sessions.length === 0) {
    throw unreadable(
      'program-empty',
      address,
      source.sessions.length === 0
        ? 'it holds no session'
        : `none of its ${source.sessions.length} sessions could be read (${excerpt(problems.find(({ severity }) => severity === 'dropped')?.problem ?? '', 160)})`,
      'Check the export; the last good version stays in force',
    );
  }
  const isMoved = (how.shiftMs ?? 0) !== 0;
  reportDoubts(assembled, { asOf: how.asOf, isMoved }, problems);
  const program = shiftProgram(assembled, how.shiftMs ?? 0);
  return { program, report: reportOn(program, { format: format.name, address, zone, problems }) };
}

/** Of several files an empty or compressed one is left out; of one it is an error. */
function decoded(
  fetched: readonly FetchedDocument[],
  { address }: ReadHints,
  problems: Problems,
): readonly SourceDocument[] {
  return fetched.flatMap((document): SourceDocument[] => {
    if (isZip(document.bytes)) return [{ ...document, text: '' }];
    const place = fetched.length === 1 ? address : document.name;
    try {
      return [{ ...document, text: decodeText(document.bytes, place, problems) }];
    } catch (thrown) {
      if (fetched.length === 1) throw thrown;
      return [];
    }
  });
}

function seenOffsets({ sessions }: SourceProgram): readonly SeenOffset[] {
  return sessions.flatMap(({ start }) =>
    start !== undefined && 'at' in start && start.offset !== undefined
      ? [{ at: start.at, offset: start.offset }]
      : [],
  );
}

function reportOn(
  program: Program,
  found: {
    readonly format: string;
    readonly address: string;
    readonly zone: ResolvedZone;
    readonly problems: Problems;
  },
): ImportReport {
  const { sessions, people, rooms, units, zone } = program;
  const count = (of: (session: Program['sessions'][number]) => number) =>
    sessions.reduce((sum, session) => sum + of(session), 0);
  const starts = new Set(sessions.map(({ startsAt }) => startsAt));
  const days = new Set([...starts].map((at) => inZone(at, zone).toPlainDate().toString()));
  const first = sessions[0];
  const last = sessions.at(-1);
  return {
    ...found,
    counts: {
      sessions: sessions.length,
      presentations: count(({ presentations }) => presentations.length),
      people: people.length,
      rooms: rooms.length,
      units: units.length,
      types: new Set(sessions.flatMap(({ type }) => type ?? [])).size,
      days: days.size,
      cancelled: count(({ cancelled }) => (cancelled ? 1 : 0)),
    },
    ...given({
      firstStart: first && toIso(first.startsAt),
      lastStart: last && toIso(last.startsAt),
    }),
  };
}
