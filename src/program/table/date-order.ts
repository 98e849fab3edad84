import { excerpt, report, unreadable, type Problems } from '../problem.js';
import type { WrittenDay } from './day.js';
import type { DateOrder } from './mapping.js';

type NumericDay = Extract<WrittenDay, { first: number }>;

/**
 * Whether day or month comes first, settled by all days of a table together: by a number above 12, else by the order in which they lie closer together, as
 * the days of one conference do. What was concluded is reported.
 *
 * @throws CallboardError exit `program` where both orders are as likely
 */
export function settleDateOrder(
  days: readonly WrittenDay[],
  {
    given,
    replaced = false,
    place,
    problems,
  }: {
    given?: DateOrder | undefined;
    /** As in `SourceHints`. */
    replaced?: boolean | undefined;
    place: string;
    problems: Problems;
  },
): DateOrder {
  if (given !== undefined) return given;
  const numeric = days.filter((day): day is NumericDay => 'first' in day);
  const open = numeric.filter(({ first, second }) => first !== second);
  const sample = open[0];
  if (!sample) return 'dmy';
  const dayFirst = open.filter(({ first }) => first > 12).length;
  const monthFirst = open.filter(({ second }) => second > 12).length;
  if (dayFirst > 0 && monthFirst > 0) {
    const order = dayFirst >= monthFirst ? 'dmy' : 'mdy';
    report(problems, 'repaired', 'date-order-mixed', {
      place,
      problem: `some days begin with the month and some with the day; all are read ${inWords(order)}, as most are`,
      remedy: 'Write all days alike, best as 2026-04-23',
    });
    return order;
  }
  if (dayFirst + monthFirst > 0) {
    const order = dayFirst > 0 ? 'dmy' : 'mdy';
    const proof = open.find(({ first, second }) => Math.max(first, second) > 12) ?? sample;
    told(
      { problems, place, replaced },
      'note',
      order,
      `${written(proof)} can be read in no other way`,
    );
    return order;
  }
  if (open.every(({ dotted }) => dotted)) return 'dmy';
  const spans = { dmy: spanOf(open, 'dmy'), mdy: spanOf(open, 'mdy') };
  if (Math.abs(spans.dmy - spans.mdy) < 14) {
    throw unreadable(
      'program-dates-ambiguous',
      place,
      `days such as ${excerpt(written(sample))} may begin with the day or with the month`,
      replaced
        ? 'Say it with --date-order dmy (day first) or --date-order mdy'
        : 'Say it in the config: dateOrder: dmy (day first) or dateOrder: mdy, below program',
    );
  }
  const order = spans.dmy < spans.mdy ? 'dmy' : 'mdy';
  told({ problems, place, replaced }, 'repaired', order, 'so they lie close together');
  return order;
}

function told(
  { problems, place, replaced }: { problems: Problems; place: string; replaced: boolean },
  severity: 'note' | 'repaired',
  order: DateOrder,
  why: string,
): void {
  report(problems, severity, 'date-order', {
    place,
    problem: `days are read ${inWords(order)}: ${why}`,
    remedy: `Say it ${replaced ? `with --date-order ${order}` : `in the config (program.dateOrder: ${order})`}, or write days as 2026-04-23`,
  });
}

function inWords(order: DateOrder): string {
  return order === 'dmy' ? 'with the day first' : 'with the month first';
}

function written({ first, second, year, dotted }: NumericDay): string {
  const sign = dotted ? '.' : '/';
  return `${first}${sign}${second}${year === undefined ? '' : `${sign}${year}`}`;
}

/** Days from the first to the last. */
function spanOf(days: readonly NumericDay[], order: DateOrder): number {
  let [least, most] = [Infinity, -Infinity];
  for (const { first, second, year = 2000 } of days) {
    const [day, month] = order === 'dmy' ? [first, second] : [second, first];
    const at = Date.UTC(year, month - 1, day) / 86_400_000;
    least = Math.min(least, at);
    most = Math.max(most, at);
  }
  return most - least;
}
