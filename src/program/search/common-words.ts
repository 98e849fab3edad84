import type { Clause, Part } from './query.js';

/** Words that stand in most texts: between others they need not be found. */
const commonWords = new Set(
  (
    'a an and are as at be by for from in into is it of on or that the this to was were with ' +
    'der die das den dem des ein eine einer und oder im in von zu zur mit auf fur ist ' +
    'le la les un une des du de et ou en au aux dans par pour sur est ' +
    'el los las una unos y o del al con por para que se es ' +
    'il lo gli i e di da che per non os as um uma do da dos das em na no nas nos'
  ).split(' '),
);

/** Whether a clause is a word that most texts hold, in English or a few other languages of conferences. */
export function isCommon({ kind, atoms }: Clause): boolean {
  return kind === 'word' && commonWords.has(atoms[0]?.forms[0] ?? '');
}

/** The words and phrases that must be found, those in one list instead of each other; common words only where there is nothing else. */
export function telling(parts: readonly Part[]): readonly (readonly Clause[])[] {
  const groups = parts.flatMap((part) => (part.kind === 'words' ? [part.alternatives] : []));
  const rare = groups.filter((clauses) => !clauses.every(isCommon));
  return rare.length > 0 ? rare : groups;
}
