import { handleFrom, handlesOf, type Handles } from '../handles.js';
import { sourceId } from '../identity.js';
import type { SourcePerson } from '../source.js';
import { handlesInAnswer } from './handle-questions.js';
import { objectsOf, textOf, type JsonObject } from './json-values.js';

/** The text of each question by its id; `All` gives answers by id, the other views with their question. */
export type SessionizeQuestions = ReadonlyMap<string, string>;

const affiliation =
  /^(?:your )?(?:company|employer|organi[sz]ation|institution|affiliation|university|firma|unternehmen|entreprise|empresa)\b/i;

/** A speaker of the `Speakers` or `All` view: links that are profiles become handles, an answer to a question on the company the affiliation. */
export function sessionizePerson(
  speaker: JsonObject,
  questions: SessionizeQuestions,
): SourcePerson {
  const answers = sessionizeAnswers(speaker, questions);
  const links = objectsOf(speaker.links);
  const page = links.find(({ linkType }) => textOf(linkType) === 'Blog');
  return {
    ids: sourceId('id', textOf(speaker.id)),
    name: nameOf(speaker),
    affiliation: answers.find(({ question }) => affiliation.test(question.trim()))?.answer,
    url: textOf(page?.url),
    handles: {
      ...answers.reduce<Handles>(
        (found, { question, answer }) => ({ ...handlesInAnswer(question, answer), ...found }),
        {},
      ),
      ...handlesInLinks(links),
    },
  };
}

/** Answers with the text of their question. */
export function sessionizeAnswers(
  { questionAnswers }: JsonObject,
  questions: SessionizeQuestions,
): readonly { readonly question: string; readonly answer: string }[] {
  return objectsOf(questionAnswers).flatMap((one) => {
    const question = textOf(one.question) ?? questions.get(textOf(one.questionId ?? one.id) ?? '');
    const answer = textOf(one.answer) ?? textOf(one.answerValue);
    return question === undefined || answer === undefined ? [] : [{ question, answer }];
  });
}

function nameOf(speaker: JsonObject): string | undefined {
  const both = [textOf(speaker.firstName), textOf(speaker.lastName)].filter(Boolean).join(' ');
  return textOf(speaker.fullName) ?? textOf(speaker.name) ?? (both === '' ? undefined : both);
}

/** A company's account is not its speaker's. */
function handlesInLinks(links: readonly JsonObject[]): Handles {
  return links.reduce<Handles>((found, link) => {
    const type = textOf(link.linkType)?.toLowerCase() ?? '';
    const url = textOf(link.url);
    if (url === undefined || type.startsWith('company')) return found;
    const network = ({ twitter: 'x', x: 'x', bluesky: 'bluesky', threads: 'threads' } as const)[
      type
    ];
    const handle = network === undefined ? undefined : handleFrom(network, url);
    const own = network !== undefined && handle !== undefined ? { [network]: handle } : {};
    return { ...handlesOf([url]), ...own, ...found };
  }, {});
}
