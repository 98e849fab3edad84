import type { Child, FC } from 'hono/jsx';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { AssetAddresses, AssetName } from './assets.js';

/** What every page needs around its content. */
export interface PageProps {
  readonly assets: AssetAddresses;
  readonly title: string;
  /** BCP 47 tag of the page's own words. */
  readonly language?: string;
  /** Beside `site.css`. */
  readonly styles: readonly AssetName[];
  readonly scripts?: readonly AssetName[];
  /** Further elements of the head. */
  readonly head?: Child;
  readonly bodyClass: string;
  readonly children?: Child;
}

/** The document around a page: small head, own styles only, a link that skips to the content (`#content`). */
export const Page: FC<PageProps> = (props) => (
  <html lang={props.language ?? 'en'}>
    <head>
      <meta charset="utf-8" />
      <title>{props.title}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <link rel="icon" href={props.assets['callboard.svg']} type="image/svg+xml" />
      <link rel="stylesheet" href={props.assets['site.css']} />
      {props.styles.map((name) => (
        <link rel="stylesheet" href={props.assets[name]} />
      ))}
      {props.scripts?.map((name) => (
        <script src={props.assets[name]} defer></script>
      ))}
      {props.head}
    </head>
    <body class={props.bodyClass}>
      <a class="skip" href="#content">
        Skip to the content
      </a>
      {props.children}
    </body>
  </html>
);

/** The mark of Callboard with its name. */
export const Brand: FC<{ readonly part?: string }> = ({ part }) => (
  <p class="brand">
    <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M4 6h16v14H4z" />
      <path d="M8 11h8M8 15h5" />
      <circle cx="12" cy="4" r="1.6" />
    </svg>
    Callboard{part === undefined ? '' : <span> / {part}</span>}
  </p>
);

/** What a JSX expression is, before it is text. */
type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

/** Elements as HTML text. */
export async function markup(elements: Markup): Promise<string> {
  return (await elements).toString();
}

/** A whole document as HTML text. */
export async function documentOf(page: Markup): Promise<string> {
  return `<!doctype html>${await markup(page)}`;
}
