import { z } from 'zod';
import type { NetworkMemory } from '../../publish/publisher.js';

const attempt = z.object({
  /** When it was sent, by our clock. */
  at: z.number(),
  /** The way that it was sent by; missing in what an older Callboard noted. */
  way: z.enum(['posts', 'broadcast', 'live-chat']).optional(),
  /** The chat that it went into. */
  chat: z.string().optional(),
  /** The stream of that chat. */
  video: z.string().optional(),
});

const broadcast = z.object({
  /** Missing while it is not known that it was made. */
  id: z.string().optional(),
  /** The announcement that spoke last. */
  announcement: z.string(),
  /** When that was frozen. */
  frozenAt: z.number(),
  /** When it was sent, by our clock. */
  triedAt: z.number(),
});

const units = z.object({ day: z.string(), used: z.number(), exhausted: z.boolean() });
const owner = z.object({ announcement: z.string() });
const picture = z.object({ uploadToken: z.string() });
const thumbnail = z.object({ picture: z.string() });

/** One attempt to put something up. */
export type AttemptRecord = z.infer<typeof attempt>;

/** What is known of a session's broadcast. */
export type BroadcastRecord = z.infer<typeof broadcast>;

/** The units that a day has cost so far. */
export type UnitsRecord = z.infer<typeof units>;

/** What the publisher remembers of one account. */
export interface YoutubeMemory {
  attempt(announcement: string): Promise<AttemptRecord | undefined>;
  rememberAttempt(announcement: string, record: AttemptRecord): Promise<void>;
  /** The announcement that a post or message is known to belong to. */
  ownerOf(id: string): Promise<string | undefined>;
  rememberOwner(id: string, announcement: string): Promise<void>;
  /** The token of an uploaded picture, by the digest of the content that it belongs to. */
  picture(digest: string): Promise<string | undefined>;
  rememberPicture(digest: string, uploadToken: string | undefined): Promise<void>;
  broadcast(marker: string): Promise<BroadcastRecord | undefined>;
  forgetBroadcast(marker: string): Promise<void>;
  /** Takes the word for a session's broadcast; false when another announcement has taken it since `before` was read. */
  speakForBroadcast(
    marker: string,
    before: BroadcastRecord | undefined,
    record: BroadcastRecord,
  ): Promise<boolean>;
  /** The digest of the picture that a broadcast shows. */
  thumbnail(broadcast: string): Promise<string | undefined>;
  rememberThumbnail(broadcast: string, picture: string): Promise<void>;
  units(): Promise<UnitsRecord | undefined>;
  rememberUnits(record: UnitsRecord): Promise<void>;
}

/** The memory by its names: `attempt/<announcement>`, `posted/<id>`, `picture/<digest>`, `broadcast/<marker>`, `thumbnail/<id>`, `units`. */
export function youtubeMemory(memory: NetworkMemory): YoutubeMemory {
  const read = async <T>(name: string, shape: z.ZodType<T>): Promise<T | undefined> => {
    const value = await memory.read(name);
    return value === undefined || value === null ? undefined : shape.parse(value);
  };
  return {
    attempt: (id) => read(`attempt/${id}`, attempt),
    rememberAttempt: (id, record) => memory.write(`attempt/${id}`, record),
    ownerOf: async (id) => (await read(`posted/${id}`, owner))?.announcement,
    rememberOwner: (id, announcement) => memory.write(`posted/${id}`, { announcement }),
    picture: async (digest) => (await read(`picture/${digest}`, picture))?.uploadToken,
    rememberPicture: (digest, uploadToken) =>
      uploadToken === undefined
        ? memory.forget(`picture/${digest}`)
        : memory.write(`picture/${digest}`, { uploadToken }),
    broadcast: (marker) => read(`broadcast/${marker}`, broadcast),
    forgetBroadcast: (marker) => memory.forget(`broadcast/${marker}`),
    speakForBroadcast: (marker, before, record) =>
      memory.swap(`broadcast/${marker}`, before, record),
    thumbnail: async (id) => (await read(`thumbnail/${id}`, thumbnail))?.picture,
    rememberThumbnail: (id, shown) => memory.write(`thumbnail/${id}`, { picture: shown }),
    units: () => read('units', units),
    rememberUnits: (record) => memory.write('units', record),
  };
}
