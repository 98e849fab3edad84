import { networkNames, networks, type Network } from '../../campaign/network.js';
import { timeWords } from '../../site/time-words.js';
import { HourChart, scaleTop } from './report-charts.js';
import { busiestMinutes, latenessSteps, postsByHour } from './report-figures.js';
import { number, percent, Scroll, used, type Part } from './report-part.js';
import type { LatenessMs } from './result.js';

const mostMinutes = 10;

/** Posts per hour, a chart for each network on one scale; by day as numbers. */
export const Charts: Part = ({ rehearsal: { result, posts } }) => {
  const { zone } = result.program;
  const hours = postsByHour(posts, zone);
  if (!hours) return <p>Nothing was posted.</p>;
  const most = scaleTop(
    networks
      .flatMap((network) => hours.posts[network])
      .reduce((one, other) => Math.max(one, other)),
  );
  const words = timeWords(zone);
  const perDay = hours.days.map(({ hour, at }, index) => ({
    at,
    hour,
    end: hours.days[index + 1]?.hour ?? hours.count,
  }));
  const sum = (network: Network, from: number, to: number) =>
    hours.posts[network].slice(from, to).reduce((total, one) => total + one, 0);
  return (
    <section aria-labelledby="hours">
      <h2 id="hours">Posts per hour</h2>
      {used(result).map((network) => (
        <figure>
          <figcaption>{networkNames[network]}</figcaption>
          <Scroll label={`Chart of ${networkNames[network]}`}>
            <HourChart network={network} hours={hours} most={most} zone={zone} />
          </Scroll>
        </figure>
      ))}
      <details>
        <summary>The same as numbers, by day</summary>
        <Scroll label="Posts per day">
          <table>
            <thead>
              <tr>
                <th scope="col">Day</th>
                {used(result).map((network) => (
                  <th scope="col">{networkNames[network]}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {perDay.map(({ at, hour, end }) => (
                <tr>
                  <th scope="row">{words.day(at)}</th>
                  {used(result).map((network) => (
                    <td>{number(sum(network, hour, end))}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </details>
    </section>
  );
};

/** The minutes with the most posts. */
export const Minutes: Part = ({ rehearsal: { result, posts } }) => {
  const minutes = busiestMinutes(posts, mostMinutes);
  const most = minutes[0]?.posts ?? 1;
  const words = timeWords(result.program.zone);
  return minutes.length === 0 ? null : (
    <section aria-labelledby="minutes">
      <h2 id="minutes">Busiest minutes</h2>
      <ol class="minutes">
        {minutes.map(({ at, posts: count, byNetwork }) => (
          <li>
            <time datetime={new Date(at).toISOString()}>
              {words.day(at)}, {words.clock(at)}
            </time>
            <span class="share" aria-hidden="true" style={`width:${percent(count, most)}`}>
              {used(result).map((network) => (
                <span class={network} style={`flex-grow:${byNetwork[network] ?? 0}`}></span>
              ))}
            </span>
            <b>{number(count)}</b>
            <span class="split">
              {used(result)
                .flatMap((network) => {
                  const some = byNetwork[network];
                  return some === undefined ? [] : [`${networkNames[network]} ${some}`];
                })
                .join(', ')}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
};

/** How late the posts were. */
export const Punctuality: Part = ({ rehearsal: { result, posts, planned } }) => (
  <section aria-labelledby="lateness">
    <h2 id="lateness">How late</h2>
    <p class="lead">
      From the due moment to the network’s acceptance. Nothing is ever posted past its deadline.
    </p>
    <div class="networks">
      {used(result).map((network) => {
        const late = result.networks[network]?.latenessMs;
        const steps = latenessSteps(posts, planned, network);
        const all = steps.reduce((sum, step) => sum + step.posts, 0);
        return late === undefined ? null : (
          <article>
            <h3>{networkNames[network]}</h3>
            <p>{latenessSentence(late)}</p>
            <table class="steps">
              <tbody>
                {steps.map((step) => (
                  <tr>
                    <th scope="row">{step.words}</th>
                    <td class="track" aria-hidden="true">
                      <span class={network} style={`width:${percent(step.posts, all)}`}></span>
                    </td>
                    <td>{number(step.posts)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </article>
        );
      })}
    </div>
  </section>
);

function latenessSentence({ p50, p99, max }: LatenessMs): string {
  return `Half within ${span(p50)}, 99 % within ${span(p99)}, the last after ${span(max)}.`;
}

/** '4.3 s', '12 min', '5.3 h' */
function span(ms: number): string {
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  return ms < 5_400_000 ? `${Math.round(ms / 60_000)} min` : `${(ms / 3_600_000).toFixed(1)} h`;
}
