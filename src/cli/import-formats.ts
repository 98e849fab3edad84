import { formats } from '../program/formats.js';
import { table } from './table.js';
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
  terminal.out(
    table(
      terminal,
      [{ name: 'NAME' }, { name: 'FORMAT' }, { name: 'WHERE TO FIND IT' }],
      listed.map(({ name, title, from }) => [bold(name), title, from]),
    ),
  );
  terminal.out('');
  terminal.out(
    table(
      terminal,
      [{ name: 'NAME' }, { name: 'CARRIES' }, { name: 'LACKS' }],
      listed.map(({ name, carries, lacks }) => [bold(name), carries.join(', '), lacks.join(', ')]),
    ),
  );
  terminal.out('');
  terminal.out(
    dim(
      'The format is recognized by the content; --format <name> says it. docs/sources.md tells how to get each.',
    ),
  );
}
