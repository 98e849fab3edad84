const half = 30;
const hours = (count: number) => count * 60;

/** Minutes east of UTC, for every place that uses the abbreviation of its clock. */
const offsets: Readonly<Record<string, readonly number[]>> = {
  UTC: [0],
  GMT: [0],
  WET: [0],
  WEST: [hours(1)],
  CET: [hours(1)],
  CEST: [hours(2)],
  EET: [hours(2)],
  EEST: [hours(3)],
  MSK: [hours(3)],
  SAST: [hours(2)],
  WAT: [hours(1)],
  CAT: [hours(2)],
  EAT: [hours(3)],
  // British Summer Time, Bangladesh, Bougainville.
  BST: [hours(1), hours(6), hours(11)],
  // Irish Standard Time, Israel, India.
  IST: [hours(1), hours(2), hours(5) + half],
  // Atlantic, Arabia.
  AST: [hours(-4), hours(3)],
  ADT: [hours(-3)],
  NST: [hours(-3) - half],
  NDT: [hours(-2) - half],
  EST: [hours(-5)],
  EDT: [hours(-4)],
  // Central in America, Cuba, China.
  CST: [hours(-6), hours(-5), hours(8)],
  CDT: [hours(-5)],
  MST: [hours(-7)],
  MDT: [hours(-6)],
  PST: [hours(-8)],
  PDT: [hours(-7)],
  AKST: [hours(-9)],
  AKDT: [hours(-8)],
  HST: [hours(-10)],
  JST: [hours(9)],
  KST: [hours(9)],
  SGT: [hours(8)],
  HKT: [hours(8)],
  PKT: [hours(5)],
  AWST: [hours(8)],
  ACST: [hours(9) + half],
  ACDT: [hours(10) + half],
  AEST: [hours(10)],
  AEDT: [hours(11)],
  NZST: [hours(12)],
  NZDT: [hours(13)],
};

/**
 * The offsets, in minutes east of UTC, that a clock's abbreviation may mean: one is a proof, several are ambiguous, none is an unknown word. Abbreviations
 * are no standard (https://data.iana.org/time-zones/theory.html, "Time zone abbreviations"); these are those in common use.
 *
 * @example offsetsNamed('CDT') // [-300]
 * @example offsetsNamed('GMT-0600') // [-360]
 * @example offsetsNamed('CST') // [-360, -300, 480]
 */
export function offsetsNamed(abbreviation: string): readonly number[] {
  const name = abbreviation.toUpperCase();
  const numeric = /^(?:GMT|UTC)?([+-])(\d{1,2}):?(\d\d)?$/.exec(name);
  if (!numeric) return Object.hasOwn(offsets, name) ? (offsets[name] ?? []) : [];
  const [, sign, hour, minute = '0'] = numeric;
  const offset = (sign === '-' ? -1 : 1) * (hours(Number(hour)) + Number(minute));
  return Math.abs(offset) <= hours(14) ? [offset] : [];
}
