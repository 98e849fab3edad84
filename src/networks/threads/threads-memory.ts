import { z } from 'zod';
import type { NetworkMemory } from '../../publish/publisher.js';

const container = z.object({
  /** Threads' id of it. */
  container: z.string(),
  /** Of the request that was wanted, also where it was made without its picture. */
  digest: z.string(),
  /** True when it was made without its picture. */
  plain: z.boolean(),
  text: z.string(),
  madeAt: z.number(),
});

const tried = container.extend({
  triedAt: z.number(),
  /** Whether the answer of an attempt to publish it is not known; false when every attempt was answered with a no. */
  open: z.boolean(),
});

/** A container that nobody sees yet. */
export type ContainerRecord = z.infer<typeof container>;

/** A container that publishing was tried with. */
export type TriedRecord = z.infer<typeof tried>;

const owner = z.object({ announcement: z.string() });
const fullness = z.object({ fullUntil: z.number() });

/**
 * What the publisher remembers of one account. What is made ahead and what was tried stand under two names, because making ready may run beside
 * publishing: only the holder of the claim writes what was tried, so that nothing ever hides it.
 */
export interface ThreadsMemory {
  made(announcement: string): Promise<ContainerRecord | undefined>;
  rememberMade(announcement: string, record: ContainerRecord): Promise<void>;
  tried(announcement: string): Promise<TriedRecord | undefined>;
  rememberTried(announcement: string, record: TriedRecord): Promise<void>;
  /** The announcement that a post is known to belong to. */
  ownerOf(media: string): Promise<string | undefined>;
  rememberOwner(media: string, announcement: string): Promise<void>;
  /** Until when the limit of posts is used up. */
  fullUntil(): Promise<number | undefined>;
  rememberFull(until: number | undefined): Promise<void>;
}

/** The memory by its names: `made:<id>`, `tried:<id>`, `post:<media id>`, `quota`. */
export function threadsMemory(memory: NetworkMemory): ThreadsMemory {
  const read = async <T>(name: string, shape: z.ZodType<T>): Promise<T | undefined> => {
    const value = await memory.read(name);
    return value === undefined || value === null ? undefined : shape.parse(value);
  };
  return {
    made: (id) => read(`made:${id}`, container),
    rememberMade: (id, record) => memory.write(`made:${id}`, record),
    tried: (id) => read(`tried:${id}`, tried),
    rememberTried: (id, record) => memory.write(`tried:${id}`, record),
    ownerOf: async (media) => (await read(`post:${media}`, owner))?.announcement,
    rememberOwner: (media, announcement) => memory.write(`post:${media}`, { announcement }),
    fullUntil: async () => (await read('quota', fullness))?.fullUntil,
    rememberFull: (until) =>
      until === undefined ? memory.forget('quota') : memory.write('quota', { fullUntil: until }),
  };
}
