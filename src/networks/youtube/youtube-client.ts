import type { MethodOptions, youtube_v3 } from '@googleapis/youtube';
import { send, type Reply } from './line.js';

/** Google's client: https://www.npmjs.com/package/@googleapis/youtube. */
type YoutubeClient = youtube_v3.Youtube;

/** What one call is made with. */
export interface Passage {
  readonly accessToken: string;
  readonly signal: AbortSignal;
}

/** One request through Google's client: which method, with which parameters. The options must be passed on as they are. */
export type ClientCall = (client: YoutubeClient, options: MethodOptions) => Promise<unknown>;

/**
 * Sends what Google's client makes of a call: the client writes the request, we send it, so that it is never repeated, follows no redirect, is bounded in time and
 * size, and its answer is read by us. The token goes along as a header: the client itself would renew it by a clock of its own and tell nobody. It is imported when
 * it is first needed. Throws as `fetch` does.
 *
 * @param root base address; each call takes it, because the client's own option does not reach uploads
 */
export async function throughClient(
  root: string,
  call: ClientCall,
  { accessToken, signal }: Passage,
): Promise<Reply> {
  const { youtube } = await import('@googleapis/youtube');
  let reply: Reply | undefined;
  let failure: unknown;
  const fetchImplementation: typeof fetch = async (input, init) => {
    const address = input instanceof Request ? input.url : input;
    const { method = 'GET', headers, body } = init ?? {};
    try {
      reply = await send(address, { method, headers: new Headers(headers), body, signal });
    } catch (thrown) {
      failure = thrown;
      throw thrown;
    }
    // The client wants an answer of its own; ours is read outside.
    return new Response(null, { status: 204 });
  };
  try {
    await call(youtube('v3'), {
      rootUrl: `${root}/`,
      headers: { authorization: `Bearer ${accessToken}` },
      fetchImplementation,
      retry: false,
      responseType: 'text',
      validateStatus: () => true,
    });
  } catch (thrown) {
    throw failure ?? thrown;
  }
  if (!reply) throw new Error('the client sent nothing');
  return reply;
}
