import { weekdayOf } from '../../program/search/filter-values.js';
import { fold } from '../../program/search/fold.js';
import { atomsOf } from '../../program/search/atoms.js';
import { clauseOf, quoted } from '../../program/search/query.js';
import { isCommon } from '../../program/search/common-words.js';
import { operatorOf } from '../../program/search/parse-query.js';
import type { ProgramSearch } from '../../program/search/search.js';
import type { LiveExample } from './tips.js';

const weekdayNames = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
/** Titles that are looked at for words; those of the first days do. */
const mostTitles = 1_500;

/** Words that are tried for the example of what is left out. */
const mostTried = 20;

/** Examples for the search tips, from the program itself: what finds nothing is left out. */
export function liveExamples(
  programSearch: ProgramSearch,
  unitLabel: string,
): readonly LiveExample[] {
  const { catalog } = programSearch;
  const { program } = catalog.lookup;
  const count = (text: string) => programSearch.search(text, { limit: 0 }).total;
  const [word, other, ...others] = frequentWords(program.sessions.map(({ title }) => title));
  const all = word === undefined ? 0 : count(word);
  // An example that takes nothing away would show nothing.
  const unwanted = [other, ...others.slice(0, mostTried)].find(
    (one) => one !== undefined && count(`${word ?? ''} -${one}`) < all,
  );
  const phrase = frequentPair(program.sessions.map(({ title }) => title));
  const person = mostFrequent(program.people, ({ key }) => catalog.parts(key).length)?.name;
  const accented = program.people.find(
    ({ key, name }) =>
      fold(name) !== name.toLowerCase() &&
      /^[a-z .'-]+$/.test(fold(name)) &&
      catalog.parts(key).length > 0,
  )?.name;
  const room = mostFrequent(program.rooms, ({ key }) => catalog.inRoom(key).length)?.name;
  const unit = mostFrequent(program.units, ({ key }) => catalog.inUnit(key).length)?.name;
  const type = mostFrequent(catalog.types, ({ sessions }) => sessions.length)?.name;
  const day = mostFrequent(catalog.days, ({ sessions }) => sessions.length)?.name;
  const weekday = day === undefined ? undefined : weekdayNames[weekdayOf(day) - 1];
  const unitOperator = operatorOf(unitLabel);

  const wanted: readonly (readonly [text: string | undefined, meaning: string])[] = [
    [word, 'Everything with the word, in any ending.'],
    [phrase && quoted(phrase), 'Exactly these words, next to each other.'],
    [word && other && `${word} OR ${other}`, 'Either word.'],
    [word && unwanted && `${word} -${unwanted}`, 'The first word, and not the second.'],
    [accented && fold(accented), `Finds ${accented ?? ''}, too: accents do not matter.`],
    [person && `person:${quoted(person)}`, 'What somebody takes part in.'],
    [room && `room:${quoted(room)}`, 'What happens in a room.'],
    [unit && `${unitOperator}:${quoted(unit)}`, `One ${unitLabel}; “unit:” does the same.`],
    [type && `type:${quoted(type)}`, 'One type of session.'],
    [day && `day:${day}`, 'One day; today and tomorrow are days, too.'],
    [
      weekday && `day:${weekday} after:14:00`,
      'What begins at two in the afternoon or later on that day.',
    ],
    [weekday && `day:${weekday} before:12:00`, 'What begins before noon on that day.'],
  ];
  return wanted.flatMap(([text, meaning]) => {
    if (text === undefined) return [];
    const total = count(text);
    return total > 0 ? [{ text, meaning, count: total }] : [];
  });
}

/** The words that stand in most titles, as first spelled; short and common ones are left out. */
function frequentWords(titles: readonly string[]): readonly string[] {
  const counts = new Map<string, { readonly spelled: string; count: number }>();
  for (const title of titles.slice(0, mostTitles)) {
    for (const word of new Set(tellingWords(title))) {
      const known = counts.get(word.toLowerCase());
      if (known) known.count += 1;
      else counts.set(word.toLowerCase(), { spelled: word.toLowerCase(), count: 1 });
    }
  }
  return [...counts.values()]
    .sort((one, second) => second.count - one.count)
    .map(({ spelled }) => spelled);
}

/** The two words that stand next to each other in most titles. */
function frequentPair(titles: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const title of titles.slice(0, mostTitles)) {
    for (const match of title.matchAll(/(?<!\p{L})(?=(\p{L}{4,} \p{L}{4,})(?!\p{L}))/gu)) {
      const pair = (match[1] ?? '').toLowerCase();
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
  }
  return mostFrequent([...counts], ([, count]) => count)?.[0];
}

function tellingWords(title: string): readonly string[] {
  return atomsOf(title).flatMap(({ start, end, isSign }) => {
    const word = title.slice(start, end);
    const clause = clauseOf(word, false);
    const isTelling = !isSign && end - start > 4 && /^\p{L}+$/u.test(word);
    return isTelling && clause && !isCommon(clause) ? [word] : [];
  });
}

function mostFrequent<T>(things: readonly T[], count: (thing: T) => number): T | undefined {
  let best: T | undefined;
  let most = 0;
  for (const thing of things) {
    const many = count(thing);
    if (many > most) [best, most] = [thing, many];
  }
  return best;
}
