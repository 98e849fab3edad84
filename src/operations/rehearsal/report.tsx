import { readFileSync } from 'node:fs';
import { raw } from 'hono/html';
import { Brand, documentOf } from '../../site/page.js';
import { timeWords } from '../../site/time-words.js';
import type { Rehearsal } from './rehearse.js';
import { Reasons, Totals } from './report-outcome.js';
import { number, type Part } from './report-part.js';
import { Samples } from './report-samples.js';
import { Charts, Minutes, Punctuality } from './report-traffic.js';

const styles = ['../../site/site.css', './report.css'].map(
  (name) => new URL(name, import.meta.url),
);

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

const Notes: Part = ({ rehearsal: { result, tryCommand } }) => (
  <section aria-labelledby="notes">
    <h2 id="notes">How it was played</h2>
    <ul class="notes">
      {result.notes.map((note) => (
        <li dir="auto">{note}</li>
      ))}
      {result.remarks.map((remark) => (
        <li>{remark}</li>
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
        {result.program.problems > 0 && (
          <>
            , with {number(result.program.problems)} repairs or losses, which{' '}
            <code dir="auto">{tryCommand}</code> lists
          </>
        )}
        .
      </li>
    </ul>
  </section>
);
