import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, which begin first, so that two cores end at the same time. */
const longest = [
  'crash.test.ts',
  'site-browser.test.ts',
  'network-chaos.test.ts',
  'announcement-queue.test.ts',
  'preview-browser.test.ts',
  'outage.test.ts',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = longest.findIndex((name) => moduleId.endsWith(`/${name}`));
      return place === -1 ? longest.length : place;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: 'test/support/temporary-folder.ts',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What is waited for comes later on a busy machine.
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: 2,
    // Files of one worker share what they import, which is half of the time of most; no test replaces a module.
    isolate: false,
    sequence: { sequencer: LongestFirst },
  },
});
