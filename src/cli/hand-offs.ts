import type { Command } from 'commander';
import { ask } from '../operations/ask.js';
import type { HandOff } from '../operations/hand-offs.js';
import { publicAddress } from '../config/public-address.js';
import { bothClocks } from '../operations/both-clocks.js';
import {
  configOf,
  terminalOf,
  withEditionOption,
  withExamples,
  withJsonOption,
} from './command.js';
import { counted } from './moments.js';
import { json, plain, plainLines, type Terminal } from './terminal.js';

interface Options {
  readonly edition?: string;
  readonly json?: boolean;
}

/** `callboard handoffs`: what a person is to put up, and giving its address back. */
export function addHandOffs(program: Command): void {
  const command = program
    .command('handoffs')
    .description('posts that a person puts up by hand: text, picture and where to paste them');
  withExamples(
    withJsonOption(withEditionOption(command)),
    'callboard handoffs',
    'callboard handoffs done 4k2m… https://www.youtube.com/post/Ugk…',
  ).action(async ({ edition, json: isJson }: Options) => {
    const terminal = terminalOf(command);
    const config = configOf(command);
    const { result } = await ask(config, 'handOffs', {}, { edition });
    if (isJson === true) {
      terminal.out(json(result));
      return;
    }
    for (const line of handOffLines(result, config.site, terminal)) terminal.out(line);
  });

  const done = command
    .command('done')
    .description('give the address of a post back that was put up')
    .argument('<id>', 'of the hand-off')
    .argument('<address>', 'of the post');
  withJsonOption(withEditionOption(done)).action(async (id: string, address: string) => {
    // The options of the command above bear the same names and take the words that stand here, too.
    const { edition, json: isJson } = done.optsWithGlobals<Options>();
    const { result } = await ask(configOf(done), 'handOffDone', { id, address }, { edition });
    const terminal = terminalOf(done);
    if (isJson === true) terminal.out(json(result));
    else terminal.out(`${terminal.colours.green('✓')} recorded: ${plain(result.permalink)}`);
  });
}

/**
 * The hand-offs for people, each with the command that ends it.
 *
 * @param site public address, as the config has it
 */
export function handOffLines(
  { handOffs, zone }: { readonly handOffs: readonly HandOff[]; readonly zone: string },
  site: string,
  { colours }: Pick<Terminal, 'colours'>,
): readonly string[] {
  if (handOffs.length === 0) return ['Nothing waits to be put up by hand.'];
  const clocks = (iso: string) => bothClocks(Date.parse(iso), zone);
  const pages = publicAddress(site).replace(/\/$/, '');
  const each = handOffs.flatMap((one) => [
    `${colours.bold(plain(one.title))}  ${colours.dim(one.id)}  ${one.account}`,
    `${one.overdue ? colours.red(`overdue since ${clocks(one.until)}`) : `until ${clocks(one.until)}`}${one.address === undefined ? '' : `  ${plain(one.address)}`}`,
    ...plainLines(one.text).map((line) => `    ${line}`),
    ...(one.picture
      ? [
          `  picture: ${pages}/cards/${one.picture.digest}.png`,
          `  its alternative text: ${plain(one.picture.alt)}`,
        ]
      : []),
    `  when it is up: callboard handoffs done ${one.id} <address>`,
    '',
  ]);
  return [...each, `${counted(handOffs.length, 'post')} to put up by hand`];
}
