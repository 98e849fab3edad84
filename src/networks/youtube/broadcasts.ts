import { sentence } from '../../errors.js';
import type { Finding, Outcome, Post } from '../../publish/outcome.js';
import type { Dispatch } from '../../publish/publisher.js';
import { anything, type LiveBroadcast } from './answers.js';
import { broadcastContent, saysThis, type BroadcastContent } from './broadcast-content.js';
import { sendBroadcast } from './broadcast-request.js';
import { sightBroadcast, type BroadcastSighting } from './broadcast-sighting.js';
import { showThumbnail } from './broadcast-thumbnail.js';
import { failureSentence, outcomeOf } from './outcome-of.js';
import { videoOf, watchAddress } from './post-address.js';
import { isGone, readReach } from './reach.js';
import type { ClientCall } from './youtube-client.js';
import type { BroadcastRecord, YoutubeMemory } from './youtube-memory.js';
import { type WayTools, type YoutubeWay } from './youtube-way.js';

/** What the broadcast way works with. */
export interface BroadcastTools extends WayTools {
  readonly account: string;
  /** The longest that one `publish` may take, in milliseconds. */
  readonly timeoutMs: number;
}

/** Of an event with one of these nothing more is announced. */
const over = new Set(['complete', 'revoked']);
const looking = 'looking for the live event';

/**
 * The session as an upcoming live event. One event a session and account, whatever its lead times: our marker in its description says whose it is, so the first
 * announcement makes it and every later one brings it up to date. Looked for before it is made, always.
 *
 * Each announcement has a post of its own in the ledger: its uri is the event's id, `#`, and the announcement's key.
 */
export function broadcastWay(tools: BroadcastTools): YoutubeWay {
  const { ask } = tools;
  return {
    // There is nothing to make ready that nobody sees: a thumbnail needs its event.
    prepare: () => Promise.resolve({ kind: 'ready' }),
    publish: (dispatch) => publishBroadcast(tools, dispatch),
    find: (dispatch) => findBroadcast(tools, dispatch),
    async remove({ uri }, signal) {
      const by: ClientCall = (client, options) =>
        client.liveBroadcasts.delete({ id: videoOf(uri) }, options);
      return isGone(await ask({ name: 'liveBroadcasts.delete', by, shape: anything }, signal));
    },
    measure: (posts, signal) => measureVideos(tools, posts, signal),
  };
}

async function publishBroadcast(tools: BroadcastTools, dispatch: Dispatch): Promise<Outcome> {
  const { ask, memory, clock, handle } = tools;
  const { announcement, frozen, signal } = dispatch;
  const place = `YouTube @${handle}`;
  const content = broadcastContent(tools.account, frozen.content);
  if ('problem' in content) {
    const remedy = 'Announce each session by itself, or choose another way for YouTube';
    return { kind: 'rejected', reason: sentence({ place, problem: content.problem, remedy }) };
  }
  const known = await memory.broadcast(content.marker);
  const sighting = await sightBroadcast(ask, { marker: content.marker, id: known?.id }, signal);
  if (sighting.kind === 'stands') {
    return updateBroadcast(tools, dispatch, { content, known, standing: sighting.broadcast });
  }
  if (sighting.kind !== 'none') return blind(tools, sighting);
  const openUntil = openSince(known, announcement.id, tools.timeoutMs + tools.listedWithinMs);
  if (openUntil !== undefined && clock.now() < openUntil) {
    const problem = 'another announcement of the session has just made its live event';
    const reason = sentence({ place, problem, remedy: 'It is tried again by itself' });
    return { kind: 'retry-later', reason, notBefore: openUntil, ofAnnouncement: true };
  }
  return tellBroadcast(tools, dispatch, { content, known });
}

/** Until when an event may come to light that another announcement tried to make. */
function openSince(known: BroadcastRecord | undefined, announcement: string, openMs: number) {
  const isOpen = known && known.id === undefined && known.announcement !== announcement;
  return isOpen ? known.triedAt + openMs : undefined;
}

async function updateBroadcast(
  tools: BroadcastTools,
  dispatch: Dispatch,
  event: {
    readonly content: BroadcastContent;
    readonly known: BroadcastRecord | undefined;
    readonly standing: LiveBroadcast;
  },
): Promise<Outcome> {
  const { frozen } = dispatch;
  const { content, known, standing } = event;
  if (over.has(standing.status?.lifeCycleStatus ?? '')) {
    const problem = 'the session’s live event is over';
    const remedy = 'Nothing needs to be done unless it was ended by mistake in YouTube Studio';
    const place = `YouTube @${tools.handle}`;
    return { kind: 'rejected', reason: sentence({ place, problem, remedy }) };
  }
  if (!isOvertaken(known, dispatch) && !saysThis(content, standing)) {
    return tellBroadcast(tools, dispatch, { content, known, id: standing.id });
  }
  await showThumbnail(tools, standing.id, dispatch);
  return { kind: 'published', post: postOf(standing.id, frozen, tools.clock.now()) };
}

/**
 * Makes the event, or tells it what it should say. Announcements of one session may be due at once, in two processes: whoever takes the word first sends, and the
 * other one tries again, by when the event is known.
 */
async function tellBroadcast(
  tools: BroadcastTools,
  dispatch: Dispatch,
  event: {
    readonly content: BroadcastContent;
    /** As it was read before the event was looked for. */
    readonly known: BroadcastRecord | undefined;
    readonly id?: string;
  },
): Promise<Outcome> {
  const { ask, memory, clock, handle } = tools;
  const { announcement, frozen, signal } = dispatch;
  const { content, known, id } = event;
  const record = {
    announcement: announcement.id,
    frozenAt: frozen.frozenAt,
    triedAt: clock.now(),
    ...(id !== undefined && { id }),
  };
  if (!(await memory.speakForBroadcast(content.marker, known, record))) {
    const problem = 'another announcement of the session speaks for its live event just now';
    const remedy = 'It is tried again by itself';
    const reason = sentence({ place: `YouTube @${handle}`, problem, remedy });
    return { kind: 'retry-later', reason, ofAnnouncement: true };
  }
  await memory.rememberAttempt(announcement.id, { at: clock.now(), way: 'broadcast' });
  const answer = await sendBroadcast(ask, content, id, signal);
  if (answer.kind !== 'answered') {
    const doing = id === undefined ? 'making the live event' : 'bringing the live event up to date';
    // An event that vanished between two requests is made anew.
    const isGoneNow = id !== undefined && answer.kind === 'refused' && answer.meaning === 'missing';
    const outcome = outcomeOf(answer, { doing, visible: true }, tools);
    // Provably nothing was taken: what was known before holds.
    if (outcome.kind !== 'uncertain') await takeBack(memory, content.marker, { record, known });
    return isGoneNow ? { kind: 'retry-later', reason: outcome.reason } : outcome;
  }
  const made = answer.value.id;
  await memory.speakForBroadcast(content.marker, record, { ...record, id: made });
  await showThumbnail(tools, made, dispatch);
  const acceptedAt = answer.networkTime ?? clock.now();
  return { kind: 'published', post: postOf(made, frozen, acceptedAt) };
}

/** What was known before holds again, unless a later announcement has spoken since. */
async function takeBack(
  memory: YoutubeMemory,
  marker: string,
  word: { readonly record: BroadcastRecord; readonly known: BroadcastRecord | undefined },
) {
  const { record, known } = word;
  if (known) await memory.speakForBroadcast(marker, record, known);
  // While nobody knows an event, nobody else speaks for it yet: see `openSince`.
  else await memory.forgetBroadcast(marker);
}

async function findBroadcast(tools: BroadcastTools, dispatch: Dispatch): Promise<Finding> {
  const { ask, memory, clock, handle } = tools;
  const { frozen, signal } = dispatch;
  const content = broadcastContent(tools.account, frozen.content);
  if ('problem' in content) return { kind: 'absent' };
  const known = await memory.broadcast(content.marker);
  const sighting = await sightBroadcast(ask, { marker: content.marker, id: known?.id }, signal);
  if (sighting.kind === 'stands') {
    const { broadcast } = sighting;
    // An event that says something else waits for the same update: sending that again makes nothing second.
    if (!isOvertaken(known, dispatch) && !saysThis(content, broadcast)) return { kind: 'absent' };
    const acceptedAt = Math.max(broadcast.snippet.publishedAt ?? 0, frozen.frozenAt);
    return { kind: 'found', post: postOf(broadcast.id, frozen, acceptedAt) };
  }
  if (sighting.kind === 'blind') {
    return { kind: 'unknown', reason: failureSentence(handle, looking, sighting.failure) };
  }
  if (sighting.kind === 'too-many') return { kind: 'unknown', reason: tooMany };
  const triedAt = known?.triedAt ?? frozen.frozenAt;
  return clock.now() - triedAt < tools.listedWithinMs
    ? { kind: 'unknown', reason: 'it may stand and not be listed yet' }
    : { kind: 'absent' };
}

/** Whether a later announcement of the session has spoken since: it is not taken back. */
function isOvertaken(known: BroadcastRecord | undefined, { announcement, frozen }: Dispatch) {
  return (
    known !== undefined &&
    known.announcement !== announcement.id &&
    known.frozenAt > frozen.frozenAt
  );
}

const tooMany = 'there are more live events on the channel than could be read';

function blind(
  tools: WayTools,
  sighting: Extract<BroadcastSighting, { kind: 'blind' | 'too-many' }>,
): Outcome {
  if (sighting.kind === 'blind') {
    return outcomeOf(sighting.failure, { doing: looking, visible: false }, tools);
  }
  const place = `YouTube @${tools.handle}`;
  const remedy = 'Delete upcoming ones that are not wanted in YouTube Studio';
  return { kind: 'retry-later', reason: sentence({ place, problem: tooMany, remedy }) };
}

function postOf(id: string, { key }: Dispatch['frozen'], acceptedAt: number): Post {
  return { uri: `${id}#${key}`, permalink: watchAddress(id), acceptedAt };
}

/** Views, likes and comments of videos, which live events are. */
function measureVideos({ ask }: WayTools, posts: readonly Post[], signal: AbortSignal) {
  return readReach(
    ask,
    posts,
    (id) => ({
      name: 'videos.list',
      by: (client, options) => client.videos.list({ part: ['statistics'], id }, options),
    }),
    signal,
  );
}
