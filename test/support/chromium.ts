import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where a Chromium stands on this machine; undefined where none does. */
export const chromiumPath: string | undefined = places.find((place) => existsSync(place));

/** Added to the titles of suites that are skipped without Chromium. */
export const chromiumNote =
  chromiumPath === undefined ? ' (skipped: get Chromium by `apt-get install chromium`)' : '';

if (chromiumPath === undefined && process.env.CI !== undefined) {
  throw new Error('No Chromium on this machine: CI installs it by `apt-get install chromium`');
}

/** Starts Chromium without a window and without any request of its own; the caller closes it. */
export function launchChromium(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('No Chromium on this machine');
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
