import { z } from 'zod';
import type { Client } from './client.js';
import { isFailure } from './errors.js';

const collection = 'app.bsky.actor.profile';
const rkey = 'self';
const labelsType = 'com.atproto.label.defs#selfLabels';
/** By which an automated account says so: https://docs.bsky.app/docs/starter-templates/bots */
const botLabel = 'bot';

const labels = z.object({ values: z.array(z.looseObject({ val: z.string() })) });

/** An account's profile as it stands in its repository. */
export interface Profile {
  readonly name?: string;
  readonly isBot: boolean;
}

interface Standing {
  readonly cid: string | null;
  readonly record: Readonly<Record<string, unknown>>;
}

/** Reads an account's profile; an account without one has neither name nor labels. Throws `BlueskyFailure`. */
export async function readProfile(client: Client, signal: AbortSignal): Promise<Profile> {
  const { record } = await standing(client, signal);
  const { displayName } = record;
  const name = typeof displayName === 'string' ? displayName.trim() : '';
  return { isBot: labelsOf(record).includes(botLabel), ...(name !== '' && { name }) };
}

/** How often to begin anew when the profile changed between reading and writing. */
const mostReadings = 3;

/** Adds the self-label `bot` to the profile and leaves everything else of it as it is. Throws `BlueskyFailure`. */
export async function addBotLabel(client: Client, signal: AbortSignal): Promise<void> {
  for (let reading = 1; ; reading += 1) {
    const { cid, record } = await standing(client, signal);
    const vals = labelsOf(record);
    if (vals.includes(botLabel)) return;
    const values = [...vals, botLabel].map((val) => ({ val }));
    const labelled = { ...record, $type: collection, labels: { $type: labelsType, values } };
    try {
      await client.ask({ method: 'com.atproto.repo.putRecord', signal }, (agent, { did }) =>
        agent.com.atproto.repo.putRecord(
          { repo: did, collection, rkey, record: labelled, swapRecord: cid },
          { signal },
        ),
      );
      return;
    } catch (thrown) {
      if (!isFailure(thrown, 'InvalidSwap') || reading === mostReadings) throw thrown;
    }
  }
}

async function standing(client: Client, signal: AbortSignal): Promise<Standing> {
  try {
    return await client.look(
      { method: 'com.atproto.repo.getRecord', signal },
      async (agent, { did }) => {
        const { data } = await agent.com.atproto.repo.getRecord(
          { repo: did, collection, rkey },
          { signal },
        );
        return { cid: data.cid ?? null, record: data.value };
      },
    );
  } catch (thrown) {
    if (isFailure(thrown, 'RecordNotFound')) return { cid: null, record: {} };
    throw thrown;
  }
}

function labelsOf(record: Standing['record']): readonly string[] {
  return labels.safeParse(record.labels).data?.values.map(({ val }) => val) ?? [];
}
