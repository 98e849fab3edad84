import type { Finding, Outcome, Post } from '../../publish/outcome.js';
import type { Dispatch } from '../../publish/publisher.js';
import { permalinkOf, postCollection, uriOf } from './addresses.js';
import type { Client } from './client.js';
import { BlueskyFailure, isFailure, outcomeOf } from './errors.js';
import { recordOf, type Attachment, type PostRecord, type RecordParts } from './record.js';
import type { RecordMemory } from './record-memory.js';
import type { Session } from './secrets.js';
import { momentOfTid, nextTid } from './tid.js';
import { sentence } from '../../errors.js';

/** What putting a record needs. */
export interface PutOptions {
  readonly client: Client;
  readonly records: RecordMemory;
  readonly attach: Attachment;
  /** Makes a record's parts anew. */
  readonly makeParts: (dispatch: Dispatch) => Promise<RecordParts>;
}

const method = 'com.atproto.repo.putRecord';

/**
 * Puts the record of an announcement under its key, so that it stands once: the record is remembered before it is first sent and sent to the letter ever after,
 * and only ever put where nothing stands (`swapRecord: null`). A put whose answer is lost therefore comes once more at once.
 */
export async function putRecord(options: PutOptions, dispatch: Dispatch): Promise<Outcome> {
  const { announcement, frozen, signal } = dispatch;
  const { digest } = frozen.content;
  let record =
    (await options.records.sent(announcement.id))[digest] ?? (await freeze(options, dispatch));
  let doubt: BlueskyFailure | undefined;
  let uploadedAgain = false;
  for (;;) {
    try {
      return { kind: 'published', post: await put(options, dispatch, record) };
    } catch (thrown) {
      if (!(thrown instanceof BlueskyFailure)) throw thrown;
      if (isFailure(thrown, 'InvalidSwap')) return whoseStands(options, dispatch);
      if (isFailure(thrown, 'BlobNotFound') && !uploadedAgain) {
        uploadedAgain = true;
        await options.records.forgetParts(digest);
        // The same bytes are the same blob, and the record stays to the letter what it was.
        record = await freeze(options, dispatch, record.createdAt);
        continue;
      }
      const lost = thrown.method === method && thrown.meaning === 'doubtful';
      if (lost && !doubt && !signal.aborted) {
        doubt = thrown;
        continue;
      }
      // What the second put was told says nothing of the first.
      return outcomeOf(doubt ?? thrown);
    }
  }
}

/** Makes the record, and remembers it before anybody can see it. */
async function freeze(
  { records, attach, makeParts }: PutOptions,
  dispatch: Dispatch,
  createdAt?: string,
): Promise<PostRecord> {
  const { announcement, frozen } = dispatch;
  const { content } = frozen;
  const parts = (await records.parts(content.digest)) ?? (await makeParts(dispatch));
  const made = recordOf(content, parts, attach, frozen.frozenAt);
  const record = createdAt === undefined ? made : { ...made, createdAt };
  await records.keep(announcement.id, content.digest, record);
  return record;
}

async function put(
  { client }: PutOptions,
  { frozen, signal }: Dispatch,
  record: PostRecord,
): Promise<Post> {
  return client.ask({ method, signal }, async (agent, session) => {
    const { data, headers } = await agent.com.atproto.repo.putRecord(
      { repo: session.did, collection: postCollection, rkey: frozen.key, record, swapRecord: null },
      { signal },
    );
    const taken = data.commit ? takenAt(data.commit.rev, headers.date) : undefined;
    return postOf(session, frozen.key, taken ?? Date.parse(record.createdAt));
  });
}

/** How far the commit's own moment may be from the answer's `Date`, which has whole seconds. */
const mostApartMs = 60_000;

/** When the network took it: the commit's revision is a TID of the server's clock, finer than the answer's `Date`, which counts where they disagree. */
function takenAt(rev: string, date: string | undefined): number | undefined {
  const commit = momentOfTid(rev);
  const answered = Date.parse(date ?? '');
  if (Number.isNaN(answered)) return commit;
  return commit !== undefined && Math.abs(commit - answered) < mostApartMs ? commit : answered;
}

function postOf({ did, handle }: Session, key: string, acceptedAt: number): Post {
  // https://atproto.com/specs/handle: a handle that does not resolve reads so.
  const permalink = permalinkOf(handle === 'handle.invalid' ? did : handle, key);
  return { uri: uriOf(did, key), permalink, acceptedAt };
}

/** Something else stands under the key: an earlier wording of ours, or another's record. */
async function whoseStands(options: PutOptions, dispatch: Dispatch): Promise<Outcome> {
  const found = await findRecord(options, dispatch);
  const { key } = dispatch.frozen;
  switch (found.kind) {
    case 'found':
      return { kind: 'published', post: found.post };
    case 'another':
      return {
        kind: 'retry-later',
        reason: sentence({
          place: dispatch.announcement.account,
          problem: 'another post stands under the key that was chosen for this one',
          remedy: 'It is put up under the next key by itself',
        }),
        key: nextTid(key),
      };
    case 'absent':
      return { kind: 'retry-later', reason: `the record under ${key} went away meanwhile` };
    case 'unknown':
      return { kind: 'uncertain', reason: found.reason };
  }
}

/** What stands under an announcement's key: its post, another's, nothing; or nobody knows. */
export async function findRecord(
  { client, records }: Pick<PutOptions, 'client' | 'records'>,
  { announcement, frozen, signal }: Dispatch,
): Promise<Finding | { readonly kind: 'another' }> {
  const sent = Object.values(await records.sent(announcement.id));
  const texts = [frozen.content.text, ...sent.map(({ text }) => text)];
  const asking = { method: 'com.atproto.repo.getRecord', signal };
  try {
    return await client.look(asking, async (agent, session) => {
      const { data } = await agent.com.atproto.repo.getRecord(
        { repo: session.did, collection: postCollection, rkey: frozen.key },
        { signal },
      );
      const { text, createdAt } = data.value as { text?: unknown; createdAt?: unknown };
      // Under a key that is drawn from this announcement, the same words are its post, whichever process put them there.
      if (typeof text !== 'string' || !texts.includes(text)) return { kind: 'another' };
      const at = typeof createdAt === 'string' ? Date.parse(createdAt) : Number.NaN;
      const post = postOf(session, frozen.key, Number.isNaN(at) ? frozen.frozenAt : at);
      return { kind: 'found', post };
    });
  } catch (thrown) {
    if (isFailure(thrown, 'RecordNotFound')) return { kind: 'absent' };
    if (thrown instanceof BlueskyFailure) return { kind: 'unknown', reason: thrown.message };
    throw thrown;
  }
}
