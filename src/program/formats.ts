import { unreadable } from './problem.js';
import type { Source } from './source.js';
import { callboardJson } from './sources/callboard-json.js';
import { frabJson } from './sources/frab-json.js';
import { frabXml } from './sources/frab-xml.js';
import { icalendar } from './sources/icalendar.js';

/** The formats that programs may come in; the first that recognizes a text reads it. */
export const formats: readonly Source[] = [callboardJson, frabJson, frabXml, icalendar];

/** The format of a text, by its name where one is given, else by how the text begins. Throws where there is none. */
export function formatOf(text: string, address: string, name?: string): Source {
  if (name !== undefined) {
    const named = formats.find((format) => format.name === name);
    if (named) return named;
    throw unreadable(
      'program-format-unknown',
      `format ${name}`,
      'there is no such format',
      `Choose one of ${names()}`,
    );
  }
  const head = text.slice(0, 65_536);
  const found = formats.find((format) => format.recognizes(head));
  if (found) return found;
  if (/^(?:<!--[^]*?-->\s*)*(?:<!doctype html|<html[\s>])/i.test(head)) {
    const login = /type=["']?password|log ?in|sign ?in|anmelden|connexion/i.test(head);
    throw unreadable(
      'program-is-a-page',
      address,
      login
        ? 'it is a web page that asks to log in, not a program'
        : 'it is a web page, not a program',
      login
        ? 'Give the address of a public export, or download the export and give the file'
        : 'Give the address of the export itself (JSON, XML or ICS), not of the page that shows it',
    );
  }
  throw unreadable(
    'program-format-unknown',
    address,
    'its format is not recognized',
    `Give a program in one of ${formats.map(({ title }) => title).join(', ')}, or name its format with --format (${names()})`,
  );
}

function names(): string {
  return formats.map(({ name }) => name).join(', ');
}
