import { reasonOf } from '../errors.js';
import type { AccountVault, Publisher } from '../publish/publisher.js';

/** So many letters of a secret in a row are too many; shorter pieces say nothing. */
const window = 8;
/** What stands in a vault and is no secret. */
const open = new Set([
  'kind',
  'identifier',
  'handle',
  'did',
  'pds',
  'userId',
  'channelId',
  'scopes',
]);

/**
 * Takes every piece of a secret out of a text, also of one that was cut in the middle, encoded for an address, or sent as user and password.
 *
 * @param secrets as in the vault: JSON of any shape
 * @example withoutSecrets('refused: Bearer abcdefghijkl', { accessToken: 'abcdefghijkl' }) // 'refused: Bearer …'
 */
export function withoutSecrets(text: string, secrets: unknown): string {
  const pieces = piecesOf(secrets);
  if (pieces.size === 0) return text;
  const hidden = new Array<boolean>(text.length).fill(false);
  for (let at = 0; at + window <= text.length; at += 1) {
    if (pieces.has(text.slice(at, at + window))) hidden.fill(true, at, at + window);
  }
  let said = '';
  for (let at = 0; at < text.length; at += 1) {
    if (!hidden[at]) said += text.charAt(at);
    else if (!hidden[at - 1]) said += '…';
  }
  return said;
}

function piecesOf(secrets: unknown): ReadonlySet<string> {
  const found: string[] = [];
  collect(secrets, found);
  const joined = found.flatMap((one) => found.map((other) => `${one}:${other}`));
  const forms = [
    ...found,
    ...found.map(encodeURIComponent),
    ...(found.length <= 8 ? joined.map((pair) => Buffer.from(pair).toString('base64')) : []),
  ];
  const pieces = new Set<string>();
  for (const form of forms) {
    for (let at = 0; at + window <= form.length; at += 1) pieces.add(form.slice(at, at + window));
  }
  return pieces;
}

function collect(value: unknown, found: string[]): void {
  if (typeof value === 'string') {
    if (value.length >= window) found.push(value);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      if (!open.has(name)) collect(inner, found);
    }
  }
}

/**
 * A publisher that never repeats a secret of its account in what it says, whatever a server or a proxy on the way echoes. What it says of success is left as
 * it is.
 */
export function discreet<Kind extends Publisher>(publisher: Kind, vault: AccountVault): Kind {
  const clean = async (text: string) =>
    withoutSecrets(text, await vault.read().catch(() => undefined));
  const quiet = async <Answer extends { readonly kind: string }>(
    asking: Promise<Answer>,
  ): Promise<Answer> => {
    const answer = await asking.catch(async (thrown: unknown) => {
      throw new Error(await clean(reasonOf(thrown)));
    });
    if (!('reason' in answer) || typeof answer.reason !== 'string') return answer;
    return { ...answer, reason: await clean(answer.reason) };
  };
  return {
    ...publisher,
    verify: (signal) => quiet(publisher.verify(signal)),
    prepare: (preparation) => quiet(publisher.prepare(preparation)),
    publish: (dispatch) => quiet(publisher.publish(dispatch)),
    find: (dispatch) => quiet(publisher.find(dispatch)),
  };
}
