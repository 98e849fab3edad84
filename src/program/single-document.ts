import type { SourceDocument } from './document.js';
import { unreadable } from './problem.js';

/**
 * The text of the only document, for formats in which a program is one file.
 *
 * @throws CallboardError exit `program` when there are several
 */
export function onlyText(documents: readonly SourceDocument[], address: string): string {
  const [only, ...others] = documents;
  if (only !== undefined && others.length === 0) return only.text;
  throw unreadable(
    'program-several-files',
    address,
    `it holds ${documents.length} files of a format in which a program is one file`,
    'Name the one file that is the program',
  );
}
