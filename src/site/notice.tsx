import type { FC } from 'hono/jsx';
import type { AssetAddresses } from './assets.js';
import { Brand, Page } from './page.js';

/** A page that says one thing: not found, broken. */
export const Notice: FC<{
  readonly assets: AssetAddresses;
  readonly code: number;
  readonly title: string;
  readonly sentence: string;
  /** Where the program is. */
  readonly home: string;
}> = ({ assets, code, title, sentence, home }) => (
  <Page
    assets={assets}
    title={`${title} · Callboard`}
    styles={['session.css']}
    bodyClass="reading"
    head={<meta name="robots" content="noindex" />}
  >
    <header class="masthead">
      <Brand />
    </header>
    <main id="content" class="notice" tabindex={-1}>
      <p class="eyebrow">{code}</p>
      <h1>{title}</h1>
      <p dir="auto">{sentence}</p>
      <p>
        <a href={home}>Go to the program</a>
      </p>
    </main>
  </Page>
);
