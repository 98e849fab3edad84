import type { CallboardError } from '../../errors.js';
import { unreadable } from '../problem.js';

/** The error for a source that is larger than allowed. */
export function tooLarge(address: string, maxBytes: number): CallboardError {
  return unreadable(
    'program-too-large',
    address,
    `it is larger than ${Math.floor(maxBytes / 1024 / 1024)} MiB`,
    'Export the program without pictures, or only the part that is announced',
  );
}
