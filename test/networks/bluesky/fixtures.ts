import type { AccountVault, DrawPicture } from '../../../src/publish/publisher.js';

/** A real PNG of one pixel; said to be larger. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A picture as bytes, always the same. */
export const smallPicture: DrawPicture = () =>
  Promise.resolve({
    bytes: new Uint8Array(pixel),
    mimeType: 'image/png',
    width: 1200,
    height: 630,
  });

/** A vault as a server's is: one at a time for everybody who shares it. */
export function vaultForTest(secrets: unknown): AccountVault & { kept(): unknown } {
  let kept = secrets === undefined ? undefined : JSON.stringify(secrets);
  let turn: Promise<unknown> = Promise.resolve();
  const read = (): unknown => (kept === undefined ? undefined : JSON.parse(kept));
  return {
    kept: read,
    read: () => Promise.resolve(read()),
    write: (given) => {
      kept = JSON.stringify(given);
      return Promise.resolve();
    },
    forget: () => {
      kept = undefined;
      return Promise.resolve();
    },
    exclusively: (work) => {
      const mine = turn.then(work, work);
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
}
