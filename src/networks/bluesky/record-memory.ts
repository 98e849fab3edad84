import { z } from 'zod';
import type { NetworkMemory } from '../../publish/publisher.js';
import { postRecord, recordParts, type PostRecord, type RecordParts } from './record.js';

/** The records of one announcement as they were sent, by the digest of their content. */
export type SentRecords = Readonly<Record<string, PostRecord>>;

const sentRecords = z.record(z.string(), postRecord);

/** What is remembered of the records of one account. */
export interface RecordMemory {
  sent(announcement: string): Promise<SentRecords>;
  /** Before a record is first sent: from now on it is sent to the letter for this content. */
  keep(announcement: string, digest: string, record: PostRecord): Promise<void>;
  parts(digest: string): Promise<RecordParts | undefined>;
  keepParts(digest: string, parts: RecordParts): Promise<void>;
  forgetParts(digest: string): Promise<void>;
}

/** Opens what is remembered of the records of one account. */
export function openRecordMemory(memory: NetworkMemory): RecordMemory {
  const recordsName = (announcement: string) => `records:${announcement}`;
  const partsName = (digest: string) => `parts:${digest}`;
  const sent = async (announcement: string): Promise<SentRecords> =>
    sentRecords.safeParse(await memory.read(recordsName(announcement))).data ?? {};
  return {
    sent,
    async keep(announcement, digest, record) {
      await memory.write(recordsName(announcement), {
        ...(await sent(announcement)),
        [digest]: record,
      });
    },
    parts: async (digest) => recordParts.safeParse(await memory.read(partsName(digest))).data,
    keepParts: (digest, parts) => memory.write(partsName(digest), parts),
    forgetParts: (digest) => memory.forget(partsName(digest)),
  };
}
