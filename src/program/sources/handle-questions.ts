import { handleFrom, handleNetworks, handlesOf, type Handles } from '../handles.js';

const named: Readonly<Record<keyof Handles, RegExp>> = {
  bluesky: /\bblue ?sky\b|\bbsky\b/i,
  threads: /\bthreads\b/i,
  x: /\btwitter\b|\bx\.com\b|(?:^|[\s(/,])X(?=$|[\s)/,:?'’])/i,
  youtube: /\byou ?tube\b/i,
};

/** Words that say the question asks for a name there, not for an opinion of it. */
const asksForName =
  /\b(?:handles?|accounts?|profiles?|user ?names?|nick(?:name)?s?|channels?|links?|urls?|compte|konto|cuenta|social)\b|@/i;

/** A question that is the network's name and little else: `Bluesky`, `Your Twitter / X`. */
const bare =
  /^(?:(?:your|my|speaker|twitter|x|bluesky|threads|you ?tube|or|and|on)\b|[^\p{L}])+$/iu;

/**
 * The handles that an answer in a form holds, by what the question asks: a question that names a network and wants a name there, or any answer that is
 * the address of a profile where the question asks for one. `Yes` to “May we put it on YouTube?” is no handle.
 *
 * @example handlesInAnswer('Bluesky handle', '@ada.example.org') // { bluesky: 'ada.example.org' }
 * @example handlesInAnswer('May we publish it on YouTube?', 'Yes') // {}
 */
export function handlesInAnswer(question: string, answer: string): Handles {
  const said = answer.trim().slice(0, 300);
  const asked = question.slice(0, 500);
  const networks = handleNetworks.filter((network) => named[network].test(asked));
  const wantsName = asksForName.test(asked) || bare.test(asked.trim());
  if (said === '' || /\s/.test(said)) return {};
  if (networks.length === 0) return wantsName && /^https?:/i.test(said) ? handlesOf([said]) : {};
  const explicit = /^(?:@|https?:|www\.)/i.test(said);
  if (!explicit && !wantsName) return {};
  const byAddress = handlesOf([said]);
  if (Object.keys(byAddress).length > 0) return byAddress;
  // One answer to a question about several networks names one of them at most where it is an address.
  const [network, ...others] = networks;
  const handle = network === undefined || others.length > 0 ? undefined : handleFrom(network, said);
  return network === undefined || handle === undefined ? {} : { [network]: handle };
}
