import { createPreviewPublisher } from '../../src/networks/preview/preview-publisher.js';
import type { PreviewTimeline } from '../../src/networks/preview/timeline.js';
import type { Line } from '../support/networks/fault-proxy.js';
import { witness } from '../support/witness.js';
import { describePublisher } from './conformance.js';

/** The timeline behind a line: it has no server, so its calls are the requests. */
function behind(line: Line, timeline: PreviewTimeline): PreviewTimeline {
  const call = async <T>(name: string, act: () => Promise<T>): Promise<T> => {
    const request = { method: name, path: '', body: Buffer.alloc(0) };
    const fault = await line.before?.(request);
    if (fault?.kind === 'cut-before') throw new Error('the connection broke');
    if (fault?.kind === 'late') await new Promise((resolve) => setTimeout(resolve, fault.ms));
    const answer = await act();
    await line.after?.(request);
    if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms));
    if (fault?.kind.startsWith('cut')) throw new Error('the connection broke');
    return answer;
  };
  return {
    ...timeline,
    find: (...given) => call('FIND', () => timeline.find(...given)),
    accept: (...given) => call('ACCEPT', () => timeline.accept(...given)),
  };
}

describePublisher('preview', (clock) => {
  const timeline = witness();
  const page = 'https://meeting.example/preview';
  const account = 'preview:bluesky';
  return Promise.resolve({
    network: 'bluesky',
    account,
    publisher: ({ line, timeoutMs }) => ({
      ...createPreviewPublisher({
        account,
        network: 'bluesky',
        timeline: behind(line, timeline),
        clock,
        page,
      }),
      timeoutMs,
    }),
    connect: () => Promise.resolve(),
    standing: async () =>
      (await timeline.list({ limit: 10_000 })).map(({ key, content }) => ({
        uri: `preview://bluesky/${key}`,
        text: content.text,
      })),
    isVisible: ({ method }) => method === 'ACCEPT',
    duplicateText: 'taken',
    mayAskPerson: false,
    close: () => Promise.resolve(),
  });
});
