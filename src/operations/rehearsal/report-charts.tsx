import type { FC } from 'hono/jsx';
import { networkNames, type Network } from '../../campaign/network.js';
import { timeWords } from '../../site/time-words.js';
import type { Hours } from './report-figures.js';

const width = 960;
const height = 108;
/** Room for the numbers of the scale at the left, and the days below. */
const left = 34;
const top = 8;
const below = 20;
const plot = { width: width - left, height: height - top - below };
/** Days are named as close as this many units. */
const betweenLabels = 78;

/** Posts per hour of one network: a bar an hour, days below. Its numbers stand in the table under the charts. */
export const HourChart: FC<{
  readonly network: Network;
  readonly hours: Hours;
  /** The top of the scale, the same for every network. */
  readonly most: number;
  readonly zone: string;
}> = ({ network, hours, most, zone }) => {
  const counts = hours.posts[network];
  const x = (hour: number) => left + (hour / hours.count) * plot.width;
  const y = (count: number) => top + plot.height - (count / most) * plot.height;
  const barWidth = Math.max(1, (plot.width / hours.count) * 0.84);
  const peak = counts.reduce((one, other) => Math.max(one, other), 0);
  const words = timeWords(zone);
  const every = Math.ceil((betweenLabels * hours.days.length) / plot.width);
  const peakAt = hours.firstAt + counts.indexOf(peak) * 3_600_000;
  const label = `${networkNames[network]}: at most ${peak} posts in an hour, on ${words.day(peakAt)} from ${words.clock(peakAt)}`;
  return (
    <svg
      class={`hours ${network}`}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      {[0, most / 2, most].map((count) => (
        <g>
          <line class="grid" x1={left} x2={width} y1={y(count)} y2={y(count)} />
          <text class="scale" x={left - 6} y={y(count) + 4}>
            {count}
          </text>
        </g>
      ))}
      {hours.days.map(({ hour, at }, index) => (
        <g>
          <line class="day" x1={x(hour)} x2={x(hour)} y1={top} y2={height - below + 5} />
          {index % every === 0 && (
            <text class="date" x={x(hour) + 4} y={height - 5}>
              {words.day(at)}
            </text>
          )}
        </g>
      ))}
      {counts.map((count, hour) =>
        count === 0 ? null : (
          <rect
            class="bar"
            x={x(hour).toFixed(1)}
            y={y(count).toFixed(1)}
            width={barWidth.toFixed(1)}
            height={(top + plot.height - y(count)).toFixed(1)}
          />
        ),
      )}
    </svg>
  );
};

/**
 * The top of a scale: the next number above that halves evenly and reads well.
 *
 * @example scaleTop(37) // 40
 */
export function scaleTop(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(2, most)));
  const step = [1, 2, 4, 6, 8, 10].find((one) => one * power >= most) ?? 10;
  return Math.max(2, step * power);
}
