import { readFileSync } from 'node:fs';
import { raw } from 'hono/html';
import type { Child, FC } from 'hono/jsx';
import { networkNames, networks, type Network } from '../../campaign/network.js';
import { leadWords } from '../../desk/lead-words.js';
import { Brand, documentOf } from '../../site/page.js';
import { timeWords } from '../../site/time-words.js';
import { HourChart, scaleTop } from './report-charts.js';
import { busiestMinutes, latenessSteps, postsByHour } from './report-figures.js';
import type { Rehearsal } from './rehearse.js';
import type { LatenessMs } from './result.js';
import { Samples } from './report-samples.js';

const styles = ['../../site/site.css', './report.css'].map(
  (name) => new URL(name, import.meta.url),
);
const mostMinutes = 10;
const outcomes = ['published', 'expired', 'held', 'cancelled', 'rejected', 'uncertain'] as const;

/** The report of a rehearsal: one HTML document that asks nobody for anything, to be read from a file, sent on and printed. */
export function rehearsalReport(rehearsal: Rehearsal): Promise<string> {
  const css = styles.map((file) => readFileSync(file, 'utf8')).join('\n');
  const { result } = rehearsal;
  return documentOf(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>Rehearsal: {result.program.conference}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        />
        <link rel="icon" href="data:," />
        <style>{raw(css)}</style>
      </head>
      <body class="rehearsal">
        <a class="skip" href="#content">
          Skip to the content
        </a>
        <Head rehearsal={rehearsal} />
        <main id="content">
          <Totals rehearsal={rehearsal} />
          <Charts rehearsal={rehearsal} />
          <Minutes rehearsal={rehearsal} />
          <Reasons rehearsal={rehearsal} />
          <Punctuality rehearsal={rehearsal} />
          <Samples rehearsal={rehearsal} />
          <Notes rehearsal={rehearsal} />
        </main>
      </body>
    </html>,
  );
}

type Part = FC<{ readonly rehearsal: Rehearsal }>;

/** What may be wider than the page scrolls by itself, also by keyboard. */
const Scroll: FC<{ readonly label: string; readonly children?: Child }> = ({ label, children }) => (
  <div class="scroll" tabindex={0} role="region" aria-label={label}>
    {children}
  </div>
);

const Head: Part = ({ rehearsal: { result } }) => {
  const { program, findings } = result;
  const words = timeWords(program.zone);
  const [from, to] = [Date.parse(result.from), Date.parse(result.to)];
  return (
    <header class="stage">
      <Brand part="rehearsal" />
      <h1 dir="auto">{program.conference}</h1>
      <p class="when">
        {words.longDay(from)}, {words.clock(from)} to {words.longDay(to)}, {words.clock(to)} (
        {program.zone}), played in {result.wallSeconds.toFixed(0)} seconds
        {result.limits ? '' : ', without the networks’ limits'}
      </p>
      {findings.length === 0 ? (
        <p class="verdict good">Every announcement is accounted for; none was posted twice.</p>
      ) : (
        <ul class="verdict bad">
          {findings.map((one) => (
            <li>{one}</li>
          ))}
        </ul>
      )}
      <dl class="facts">
        {(['sessions', 'presentations', 'people', 'rooms'] as const).map((name) => (
          <div>
            <dt>{name}</dt>
            <dd>{number(program[name])}</dd>
          </div>
        ))}
      </dl>
    </header>
  );
};

const Totals: Part = ({ rehearsal: { result } }) => (
  <section aria-labelledby="totals">
    <h2 id="totals">What became of {number(result.planned)} announcements</h2>
    <div class="share" aria-hidden="true">
      {outcomes.map((name) =>
        result[name] === 0 ? null : <span class={name} style={`flex-grow:${result[name]}`}></span>,
      )}
    </div>
    <Scroll label="Totals">
      <table>
        <thead>
          <tr>
            <th scope="col">Network</th>
            <th scope="col">planned</th>
            {outcomes.map((name) => (
              <th scope="col">
                <i class={`dot ${name}`}></i>
                {name}
              </th>
            ))}
            <th scope="col">twice</th>
          </tr>
        </thead>
        <tbody>
          {used(result).map((network) => {
            const tally = result.networks[network];
            return (
              tally && (
                <tr>
                  <th scope="row">{networkNames[network]}</th>
                  <td>{number(tally.planned)}</td>
                  {outcomes.map((name) => (
                    <td>{number(tally[name])}</td>
                  ))}
                  <td>{number(tally.duplicates)}</td>
                </tr>
              )
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All</th>
            <td>{number(result.planned)}</td>
            {outcomes.map((name) => (
              <td>{number(result[name])}</td>
            ))}
            <td>{number(result.duplicates)}</td>
          </tr>
        </tfoot>
      </table>
    </Scroll>
  </section>
);

const Charts: Part = ({ rehearsal: { result, posts } }) => {
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

const Minutes: Part = ({ rehearsal: { result, posts } }) => {
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

const Reasons: Part = ({ rehearsal: { result } }) => (
  <section aria-labelledby="reasons">
    <h2 id="reasons">What was not published, and why</h2>
    {result.reasons.length === 0 ? (
      <p>Everything was published.</p>
    ) : (
      <Scroll label="What was not published">
        <table class="reasons">
          <thead>
            <tr>
              <th scope="col">Announcements</th>
              <th scope="col">Network</th>
              <th scope="col">Lead time</th>
              <th scope="col">State</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {result.reasons.map((one) => (
              <tr>
                <td>{number(one.count)}</td>
                <td>{networkNames[one.network]}</td>
                <td>{leadWords(one.leadTime)}</td>
                <td>
                  <i class={`dot ${one.state}`}></i>
                  {one.state}
                </td>
                <td class="why">{one.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    )}
  </section>
);

const Punctuality: Part = ({ rehearsal: { result, posts, planned } }) => (
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

const Notes: Part = ({ rehearsal: { result } }) => (
  <section aria-labelledby="notes">
    <h2 id="notes">How it was played</h2>
    <ul class="notes">
      {result.notes.map((note) => (
        <li dir="auto">{note}</li>
      ))}
      <li>
        {result.limits
          ? 'The networks’ pace, answering times and post limits were simulated.'
          : 'The networks had no limits: no pace, no delay, no maximum of posts.'}
      </li>
      <li>
        {number(result.attempts)} tries on the real ledger and publish path,{' '}
        {result.msPerAnnouncement} ms for each announcement, at most {number(result.peakMemoryMb)}{' '}
        MB of memory.
      </li>
      <li>
        Read from <code dir="auto">{result.program.address}</code>
        {result.program.problems > 0 &&
          `, with ${number(result.program.problems)} repairs or losses: callboard import --dry-run lists them`}
        .
      </li>
    </ul>
  </section>
);

function used(result: Rehearsal['result']): readonly Network[] {
  return networks.filter((network) => result.networks[network] !== undefined);
}

function latenessSentence({ p50, p99, max }: LatenessMs): string {
  return `Half within ${span(p50)}, 99 % within ${span(p99)}, the last after ${span(max)}.`;
}

/** '4.3 s', '12 min', '5.3 h' */
function span(ms: number): string {
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  return ms < 5_400_000 ? `${Math.round(ms / 60_000)} min` : `${(ms / 3_600_000).toFixed(1)} h`;
}

function percent(part: number, whole: number): string {
  return `${((part / Math.max(1, whole)) * 100).toFixed(1)}%`;
}

/** '14,320' */
function number(count: number): string {
  return count.toLocaleString('en-GB');
}
