import { z } from 'zod';
import type { Quota, NetworkMemory } from '../../publish/publisher.js';

/** That a post was sent which X may have taken; kept before it is sent, and gone when X provably took nothing. */
export interface Sent {
  /** When it was sent last, by our clock. */
  readonly at: number;
  /** The id, once X has told it. */
  readonly post?: string | undefined;
}

/** A picture that X holds for a while. */
export interface HeldPicture {
  /** Of picture and alt text. */
  readonly digest: string;
  readonly id: string;
  readonly expiresAt: number;
}

/** Whose account it is. */
export interface XUser {
  readonly id: string;
  readonly username: string;
}

const sentShape = z.object({ at: z.number(), post: z.string().optional() });
const pictureShape = z.object({ digest: z.string(), id: z.string(), expiresAt: z.number() });
const userShape = z.object({ id: z.string(), username: z.string() });
const quotaShape = z.object({
  name: z.string(),
  limit: z.number(),
  left: z.number(),
  resetsAt: z.number().optional(),
});

/**
 * What is remembered of one account: `sent/<announcement>`, `posted/<post>`, `picture/<announcement>`, `user` and `quota`. A value of another shape counts as
 * none.
 */
export function recordsIn(memory: NetworkMemory) {
  const read = async <T>(name: string, shape: z.ZodType<T>) =>
    shape.safeParse(await memory.read(name)).data;
  return {
    sent: (announcement: string) => read<Sent>(`sent/${announcement}`, sentShape),
    writeSent: (announcement: string, sent: Sent) => memory.write(`sent/${announcement}`, sent),
    forgetSent: (announcement: string) => memory.forget(`sent/${announcement}`),

    /** The announcement that a post on X belongs to. */
    ownerOf: (post: string) => read(`posted/${post}`, z.string()),
    writeOwner: (post: string, announcement: string) =>
      memory.write(`posted/${post}`, announcement),

    picture: (announcement: string) => read<HeldPicture>(`picture/${announcement}`, pictureShape),
    writePicture: (announcement: string, picture: HeldPicture) =>
      memory.write(`picture/${announcement}`, picture),
    forgetPicture: (announcement: string) => memory.forget(`picture/${announcement}`),

    user: () => read<XUser>('user', userShape),
    writeUser: (user: XUser) => memory.write('user', user),

    quotas: async (): Promise<readonly Quota[]> =>
      ((await read('quota', z.array(quotaShape))) ?? []).map(({ resetsAt, ...quota }) => ({
        ...quota,
        ...(resetsAt !== undefined && { resetsAt }),
      })),
    writeQuotas: (quotas: readonly Quota[]) => memory.write('quota', quotas),
  };
}

/** What is remembered of one account. */
export type Records = ReturnType<typeof recordsIn>;
