import { createHash } from 'node:crypto';

/** What a browser that comes to the local callback is told. */
export type CallbackPage = 'taken' | 'stranger' | 'unknown' | 'method';

const texts: Readonly<
  Record<CallbackPage, { readonly status: number; readonly title: string; readonly say: string }>
> = {
  taken: {
    status: 200,
    title: 'You can close this window',
    say: 'Callboard goes on in the terminal and says there how it went.',
  },
  stranger: {
    status: 400,
    title: 'This address belongs to another attempt',
    say: 'Nothing was changed. Open the address that the terminal shows now.',
  },
  unknown: {
    status: 404,
    title: 'There is nothing here',
    say: 'Callboard waits for one browser only, at an address that the terminal shows.',
  },
  method: {
    status: 405,
    title: 'This cannot be done here',
    say: 'Open the address that the terminal shows in a browser.',
  },
};

// The colours of the other pages, light and dark.
const style = `:root{color-scheme:light dark;--ground:#efebe2;--ink:#1f1c17;--quiet:#5e574b}
@media (prefers-color-scheme:dark){:root{--ground:#14120e;--ink:#f3eee4;--quiet:#aba294}}
body{margin:0;min-height:100vh;display:grid;place-content:center;padding:1.5rem;box-sizing:border-box;background:var(--ground);color:var(--ink);font:1.125rem/1.5 system-ui,sans-serif}
h1{margin:0;font-size:1.75rem;line-height:1.2;text-wrap:balance}p{margin:.75rem 0 0;color:var(--quiet);max-width:34rem}`;

/** One of the fixed pages; nothing of the request ever stands in it. */
export function callbackPage(page: CallbackPage): {
  readonly status: number;
  readonly html: string;
} {
  const { status, title, say } = texts[page];
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · Callboard</title>
<style>${style}</style>
</head>
<body><main><h1>${title}</h1><p>${say}</p></main></body>
</html>
`;
  return { status, html };
}

const styleDigest = createHash('sha256').update(style).digest('base64');

/** What a browser may do with these pages: show them. The address they stand at holds a code, so it is neither kept nor told to anybody. */
export const callbackHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleDigest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
  allow: 'GET',
  connection: 'close',
};
