import { CallboardError } from '../../../src/errors.js';
import type { FetchedDocument } from '../../../src/program/document.js';
import { readProgram } from '../../../src/program/import.js';
import { brokenPromises } from '../program-readings.js';

/** What came of one input: it was read, refused in one sentence, or something is wrong with the reader. */
export type Verdict =
  | { readonly kind: 'read'; readonly sessions: number }
  | { readonly kind: 'refused' }
  | { readonly kind: 'wrong'; readonly why: string };

/** A refusal is read by people. */
const longestSentence = 1_000;

/** Reads an input as an import would, and judges what comes of it. */
export function judge(
  documents: readonly FetchedDocument[],
  hints: { readonly format?: string } = {},
): Verdict {
  try {
    const { program, report } = readProgram(documents, {
      address: 'fuzzed',
      edition: 'fuzz',
      asOf: Date.UTC(2026, 0, 1),
      ...hints,
    });
    const [broken] = brokenPromises(program);
    if (broken !== undefined) return { kind: 'wrong', why: `the model: ${broken}` };
    const odd = report.problems.find(({ place, problem, remedy }) =>
      [place, problem, remedy].some((text) => !isSentence(text)),
    );
    if (odd) return { kind: 'wrong', why: `the problem ${odd.code}: ${JSON.stringify(odd)}` };
    return { kind: 'read', sessions: program.sessions.length };
  } catch (thrown) {
    if (!(thrown instanceof CallboardError) || thrown.exit !== 'program') {
      const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
      return { kind: 'wrong', why: `it threw ${stack.slice(0, 600)}` };
    }
    return isSentence(thrown.message)
      ? { kind: 'refused' }
      : { kind: 'wrong', why: `its sentence: ${thrown.message.slice(0, 2_000)}` };
  }
}

function isSentence(text: string): boolean {
  return text.length > 0 && text.length <= longestSentence && !/[^\P{Cc}]|\p{Cs}/u.test(text);
}
