import type { Auth } from './auth.js';
import type { Passkey } from './member.js';
import { isRefusal } from './refusal.js';
import type { CountProof, Prove, Proven, TooMany, Visit } from './visit.js';

/** What a browser is asked for, as JSON, with the cookie that ties the question to its answer. */
export interface PasskeyQuestion {
  /** For `PublicKeyCredential.parse…OptionsFromJSON`. */
  readonly options: object;
  readonly setCookies: readonly string[];
}

/** Passkeys: signing in by one, and those of who is signed in. */
export interface Passkeys {
  /** Asks for any passkey of this site: no name is given, so none can be tried. It is kept until its answer, so it counts as a try. */
  question(
    visit: Pick<Visit, 'client'>,
  ): Promise<({ readonly kind: 'asked' } & PasskeyQuestion) | TooMany>;
  /** Signs in by a browser's answer. */
  answer(response: unknown, visit: Visit): Promise<Proven>;
  /** Asks for a new passkey; undefined when nobody is signed in, or not within the last hour. */
  questionForNew(visit: Pick<Visit, 'cookie'>): Promise<PasskeyQuestion | undefined>;
  /** Keeps a new passkey under a name; false when the answer is not taken. */
  keep(response: unknown, name: string, visit: Pick<Visit, 'cookie'>): Promise<boolean>;
  /** Those of who is signed in, the oldest first. */
  list(visit: Pick<Visit, 'cookie'>): Promise<readonly Passkey[]>;
  /** Takes one of one's own away; false when there is none. */
  remove(id: string, visit: Pick<Visit, 'cookie'>): Promise<boolean>;
}

/** Passkeys of better-auth. */
export function createPasskeys({ api }: Auth, prove: Prove, countProof: CountProof): Passkeys {
  return {
    async question({ client }) {
      const tooMany = await countProof(client);
      if (tooMany) return tooMany;
      const { headers, response } = await api.generatePasskeyAuthenticationOptions({
        headers: {},
        returnHeaders: true,
      });
      const options = { ...response, userVerification: 'required' };
      return { kind: 'asked', options, setCookies: headers.getSetCookie() };
    },
    answer: (response, visit) =>
      prove(visit, async (headers) => {
        if (!isObject(response)) return undefined;
        // It is checked there, down to its signature.
        return api.verifyPasskeyAuthentication({
          body: { response: response as never },
          headers,
          returnHeaders: true,
        });
      }),
    questionForNew: ({ cookie }) =>
      unlessRefused(async () => {
        const { headers, response } = await api.generatePasskeyRegistrationOptions({
          headers: new Headers({ cookie }),
          returnHeaders: true,
        });
        return { options: response, setCookies: headers.getSetCookie() };
      }),
    async keep(response, name, { cookie }) {
      if (!isObject(response)) return false;
      const kept = await unlessRefused(() =>
        api.verifyPasskeyRegistration({
          body: { response, name: name.trim().slice(0, 80) },
          headers: new Headers({ cookie }),
        }),
      );
      return kept !== undefined;
    },
    async list({ cookie }) {
      const found = await api.listPasskeys({ headers: new Headers({ cookie }) });
      return found
        .map(({ id, name, createdAt }) => ({
          id,
          name: name ?? '',
          addedAt: new Date(createdAt).toISOString(),
        }))
        .sort((one, other) => one.addedAt.localeCompare(other.addedAt));
    },
    async remove(id, { cookie }) {
      const removed = await unlessRefused(() =>
        api.deletePasskey({ body: { id }, headers: new Headers({ cookie }) }),
      );
      return removed !== undefined;
    },
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function unlessRefused<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (thrown) {
    if (isRefusal(thrown)) return undefined;
    throw thrown;
  }
}
