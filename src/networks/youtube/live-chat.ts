import { sentence } from '../../errors.js';
import type { Finding, Outcome } from '../../publish/outcome.js';
import type { Dispatch } from '../../publish/publisher.js';
import { anything, sentMessage, type LiveBroadcast } from './answers.js';
import type { Failure } from './answer.js';
import { listBroadcasts } from './broadcast-sighting.js';
import { readChat } from './chat-history.js';
import { chatText } from './chat-text.js';
import { failureSentence, outcomeOf, streamMs } from './outcome-of.js';
import { watchAddress } from './post-address.js';
import { isGone } from './reach.js';
import type { ClientCall } from './youtube-client.js';
import { clockDoubt, isSameText, skewMs, type WayTools, type YoutubeWay } from './youtube-way.js';

/**
 * “Up next” in the chat of the stream that the account runs. It takes no key: the attempt is noted with its chat before it is sent, and a lost answer is looked for in
 * that chat by text and time.
 */
export function liveChatWay(tools: WayTools): YoutubeWay {
  const { ask } = tools;
  return {
    prepare: () => Promise.resolve({ kind: 'ready' }),
    publish: (dispatch) => publishMessage(tools, dispatch),
    find: (dispatch) => findMessage(tools, dispatch),
    async remove({ uri }, signal) {
      const by: ClientCall = (client, options) =>
        client.liveChatMessages.delete({ id: uri }, options);
      return isGone(await ask({ name: 'liveChatMessages.delete', by, shape: anything }, signal));
    },
    // Nobody likes or shares a message of a chat.
    measure: () => Promise.resolve(new Map()),
  };
}

interface Chat {
  readonly chat: string;
  readonly video: string;
}

/** The chat of the stream that has run longest: the main one, where several run. */
async function runningChat(
  { ask }: WayTools,
  signal: AbortSignal,
): Promise<Chat | 'none' | { readonly kind: 'blind'; readonly failure: Failure }> {
  const listed = await listBroadcasts(ask, 'active', signal);
  if (listed.kind === 'too-many') return 'none';
  if (listed.kind === 'blind') return listed;
  const since = ({ snippet }: LiveBroadcast) => snippet.actualStartTime ?? Infinity;
  const [first] = listed.broadcasts
    .filter(({ snippet }) => snippet.liveChatId !== undefined)
    .sort((a, b) => since(a) - since(b));
  return first?.snippet.liveChatId === undefined
    ? 'none'
    : { chat: first.snippet.liveChatId, video: first.id };
}

async function publishMessage(tools: WayTools, dispatch: Dispatch): Promise<Outcome> {
  const { ask, memory, clock, handle } = tools;
  const { announcement, frozen, signal } = dispatch;
  const running = await runningChat(tools, signal);
  if (running === 'none') {
    const reason = sentence({
      place: `YouTube @${handle}`,
      problem: 'no stream with a chat is running',
      remedy: 'Start the stream before the deadline; it is tried again every minute',
    });
    return { kind: 'retry-later', reason, notBefore: clock.now() + streamMs };
  }
  if ('kind' in running) {
    return outcomeOf(running.failure, { doing: 'looking for the stream', visible: false }, tools);
  }
  await memory.rememberAttempt(announcement.id, { at: clock.now(), way: 'live-chat', ...running });
  const snippet = {
    liveChatId: running.chat,
    type: 'textMessageEvent',
    textMessageDetails: { messageText: chatText(frozen.content) },
  };
  const answer = await ask(
    {
      name: 'liveChatMessages.insert',
      by: (client, options) =>
        client.liveChatMessages.insert({ part: ['snippet'], requestBody: { snippet } }, options),
      shape: sentMessage,
    },
    signal,
  );
  if (answer.kind !== 'answered') {
    return outcomeOf(answer, { doing: 'writing into the chat', visible: true }, tools);
  }
  const { id, snippet: sent } = answer.value;
  await memory.rememberOwner(id, announcement.id);
  const acceptedAt = sent.publishedAt ?? answer.networkTime ?? clock.now();
  const permalink = watchAddress(running.video);
  return { kind: 'published', post: { uri: id, permalink, acceptedAt } };
}

async function findMessage(tools: WayTools, dispatch: Dispatch): Promise<Finding> {
  const { ask, memory, clock, handle } = tools;
  const { announcement, frozen, signal } = dispatch;
  const looking = 'looking for the message';
  const unknown = (failure: Failure): Finding => ({
    kind: 'unknown',
    reason: failureSentence(handle, looking, failure),
  });
  const attempt = await memory.attempt(announcement.id);
  const noted =
    attempt?.chat !== undefined && attempt.video !== undefined
      ? { chat: attempt.chat, video: attempt.video }
      : await runningChat(tools, signal);
  if (noted === 'none') return { kind: 'unknown', reason: 'the stream with its chat has ended' };
  if ('kind' in noted) return unknown(noted.failure);

  const since = frozen.frozenAt - skewMs;
  const history = await readChat(ask, noted.chat, since, signal);
  if (history.kind !== 'read') return unknown(history);
  const text = chatText(frozen.content);
  for (const { id, snippet } of history.own) {
    if (snippet.publishedAt < since) continue;
    if (!isSameText(text, snippet.textMessageDetails?.messageText ?? '')) continue;
    const owner = await memory.ownerOf(id);
    if (owner !== undefined && owner !== announcement.id) continue;
    await memory.rememberOwner(id, announcement.id);
    const permalink = watchAddress(noted.video);
    return { kind: 'found', post: { uri: id, permalink, acceptedAt: snippet.publishedAt } };
  }
  const doubt = history.complete
    ? clockDoubt(history.networkTime, clock.now())
    : 'the chat is longer than could be read';
  if (doubt !== undefined) return { kind: 'unknown', reason: doubt };
  return clock.now() - (attempt?.at ?? frozen.frozenAt) < tools.listedWithinMs
    ? { kind: 'unknown', reason: 'it may stand and not be shown yet' }
    : { kind: 'absent' };
}
