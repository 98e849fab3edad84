import type { FC } from 'hono/jsx';
import { networkNames } from '../../campaign/network.js';
import { leadWords } from '../../desk/lead-words.js';
import type { Rehearsal } from './rehearse.js';
import type { TemplateSample } from './samples.js';

/** The longest text of every template, so that its author sees it at its worst. Links are text: a report leads nowhere by itself. */
export const Samples: FC<{ readonly rehearsal: Rehearsal }> = ({ rehearsal: { samples } }) => (
  <section aria-labelledby="samples">
    <h2 id="samples">Every template at its longest</h2>
    <div class="samples">
      {samples.map((sample) => (
        <Sample {...sample} />
      ))}
    </div>
  </section>
);

const Sample: FC<TemplateSample> = ({ announcement, content, file }) => {
  const { used, limit, unit } = content.length;
  return (
    <article class={`sample ${announcement.network}`}>
      <h3>
        {networkNames[announcement.network]}, {leadWords(announcement.leadTime)}
      </h3>
      <p class="text" dir="auto" lang={content.languages[0]}>
        {content.text}
      </p>
      <p class="length">
        <span class="track" aria-hidden="true">
          <span style={`width:${Math.min(100, (used / limit) * 100).toFixed(1)}%`}></span>
        </span>
        {used} of {limit} {unit}
      </p>
      {file !== undefined && (
        <p class="template">
          <code>{file}</code>
        </p>
      )}
    </article>
  );
};
