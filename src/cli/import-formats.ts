import { Help } from 'commander';
import { formats } from '../program/formats.js';
import { json, type Terminal } from './terminal.js';

/** `callboard import --formats`: what programs may be in, where to find each, what it carries and what it cannot say. */
export function showFormats(terminal: Terminal, asJson: boolean): void {
  const listed = formats.map(({ name, title, from, carries, lacks }) => ({
    name,
    title,
    from,
    carries,
    lacks,
  }));
  if (asJson) {
    terminal.out(json(listed));
    return;
  }
  const { bold, dim } = terminal.colours;
  for (const { name, title, from, carries, lacks } of listed) {
    terminal.out(`${bold(name)} ${dim(title)}`);
    terminal.out(item('from', from, terminal));
    terminal.out(item('carries', carries.join(', '), terminal));
    if (lacks.length > 0) terminal.out(item('lacks', lacks.join(', '), terminal));
    terminal.out('');
  }
  terminal.out(
    dim(
      'The format is recognized by the content; --format <name> says it. docs/sources.md tells how to get each.',
    ),
  );
}

/** A word and what it stands for, wrapped beside it as in help. */
function item(word: string, text: string, { width }: Terminal): string {
  const help = new Help();
  help.helpWidth = width ?? Number.POSITIVE_INFINITY;
  return help.formatItem(word, 'carries'.length, text, help);
}
