import type { PreviewFault } from '../../networks/preview/preview-publisher.js';
import { spreadOf } from '../../publish/backoff.js';
import type { Dispatch } from '../../publish/publisher.js';

const kinds: readonly PreviewFault[] = [
  { kind: 'lost-answer' },
  { kind: 'lost-request' },
  { kind: 'retry-later', reason: 'the network is out of order for a moment' },
];

/**
 * Lets so many per cent of the announcements fail at their first request: answer lost, request lost, refused for now, in turn. The same ones
 * at every rehearsal.
 */
export function rehearsedFaults(percent: number): (dispatch: Dispatch) => PreviewFault | undefined {
  const failed = new Set<string>();
  return ({ announcement: { id } }) => {
    if (failed.has(id) || spreadOf(id) * 100 >= percent) return undefined;
    failed.add(id);
    return kinds[failed.size % kinds.length];
  };
}
