import { basename, extname } from 'node:path';

/** What is piped in is kept under its digest, which says nothing to anybody. */
const digest = /^[0-9a-f]{12}$/;

/**
 * What a program without a title is called: by its host or by its file, as its edition is.
 *
 * @example titleFrom('/home/ada/tide-meeting.csv') // 'tide-meeting'
 */
export function titleFrom(address: string): string {
  const isWeb = /^https?:/i.test(address) && URL.canParse(address);
  const name = isWeb ? new URL(address).host : basename(address, extname(address));
  return name === '' || digest.test(name) ? 'Untitled program' : name;
}
