import type { ImportReport } from './import-report.js';
import { excerpt, report, type Problems } from './problem.js';
import type { SourceHints } from './source.js';
import { inZone, isZone, type EpochMs } from './time.js';

/** A wall clock that a source wrote with its offset: proof of which zone it means. */
export interface SeenOffset {
  readonly at: EpochMs;
  /** Minutes east of UTC. */
  readonly offset: number;
}

/** The zone of a program, and who said so. */
export type ResolvedZone = ImportReport['zone'];

/**
 * What to do where a zone is missing or wrong: said where it is heard, which for a program of the command line is an option.
 *
 * @example zoneRemedy({ replaced: true }) // 'Name the zone of the venue with --zone, such as --zone Europe/Lisbon'
 */
export function zoneRemedy({ replaced = false }: Pick<SourceHints, 'replaced'>): string {
  return replaced
    ? 'Name the zone of the venue with --zone, such as --zone Europe/Lisbon'
    : 'Name the zone of the venue in the config (conference.zone), such as Europe/Lisbon';
}

/**
 * Decides the zone: what the config says, else what the source says unless its offsets contradict it, else a zone that its offsets
 * fit, else UTC; every guess is reported. Times with an offset keep their moment whatever the zone. `times` counts all starts: a few
 * odd offsets among many contradict nothing.
 */
export function resolveZone(
  named: {
    readonly config?: string | undefined;
    readonly source?: string | undefined;
    readonly replaced?: boolean | undefined;
  },
  { seen, times }: { readonly seen: readonly SeenOffset[]; readonly times: number },
  problems: Problems,
): ResolvedZone {
  if (named.config !== undefined) return { name: named.config, origin: 'config' };
  const proofs = proofsOf(seen);
  const remedy = zoneRemedy({ replaced: named.replaced ?? false });
  const source = named.source?.trim();
  if (source !== undefined && source !== '') {
    if (!isZone(source)) {
      report(problems, 'repaired', 'zone-unknown', {
        place: 'time zone',
        problem: `the source names the zone "${excerpt(source)}", which is none`,
        remedy,
      });
    } else if (misfits(source, proofs) * 2 > times) {
      report(problems, 'repaired', 'zone-contradicts-offsets', {
        place: 'time zone',
        problem: `the source names the zone ${source}, but its times carry the offset ${offsetsOf(seen)}; the offsets are trusted`,
        remedy,
      });
    } else {
      return { name: source, origin: 'source' };
    }
  }
  const fitting = zoneFitting(proofs);
  if (fitting !== undefined) {
    report(problems, 'note', 'zone-from-offsets', {
      place: 'time zone',
      problem: `the zone ${fitting} is taken from the offset ${offsetsOf(seen)} of the times`,
      remedy: `${remedy}, so that clock changes come out right`,
    });
    return { name: fitting, origin: 'offsets' };
  }
  report(problems, 'repaired', 'zone-missing', {
    place: 'time zone',
    problem: 'the source says no time zone, so UTC is assumed',
    remedy,
  });
  return { name: 'UTC', origin: 'default' };
}

/** A zone whose clock showed every offset seen; a fixed one where one offset was seen, on the whole hour. */
function zoneFitting(proofs: readonly Proof[]): string | undefined {
  if (proofs.length === 0) return undefined;
  const offsets = new Set(proofs.map(({ offset }) => offset));
  const [only = 0] = offsets;
  if (offsets.size === 1 && only % 60 === 0) {
    return only === 0 ? 'UTC' : `Etc/GMT${only > 0 ? '-' : '+'}${Math.abs(only) / 60}`;
  }
  const tried = proofs.slice(0, 50);
  return Intl.supportedValuesOf('timeZone').find((zone) => tried.every((one) => fits(zone, one)));
}

interface Proof extends SeenOffset {
  count: number;
}

/** One proof per offset and hour: asking a zone for its offset is dear. */
function proofsOf(seen: readonly SeenOffset[]): readonly Proof[] {
  const proofs = new Map<string, Proof>();
  for (const { at, offset } of seen) {
    const name = `${Math.floor(at / 3_600_000)} ${offset}`;
    const proof = proofs.get(name);
    if (proof) proof.count++;
    else proofs.set(name, { at, offset, count: 1 });
  }
  return [...proofs.values()];
}

/** How many times carry an offset that the zone's clock did not show. */
function misfits(zone: string, proofs: readonly Proof[]): number {
  return proofs.reduce((sum, proof) => (fits(zone, proof) ? sum : sum + proof.count), 0);
}

function fits(zone: string, { at, offset }: SeenOffset): boolean {
  return inZone(at, zone).offsetNanoseconds === offset * 60e9;
}

function offsetsOf(seen: readonly SeenOffset[]): string {
  const said = [...new Set(seen.map(({ offset }) => offset))].slice(0, 3).map((offset) => {
    const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
    return `${offset < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
  });
  return said.join(', ');
}
