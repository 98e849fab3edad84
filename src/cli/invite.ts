import { Option, type Command } from 'commander';
import { ask } from '../operations/ask.js';
import type { Invited } from '../operations/invite.js';
import { memberRoles, type MemberRole } from '../storage/members.js';
import { configOf, terminalOf, withExamples, withJsonOption } from './command.js';
import { json, plain, type Terminal } from './terminal.js';

interface Options {
  readonly role?: MemberRole;
  readonly person?: string;
  readonly json?: boolean;
}

/** `callboard invite`: lets somebody sign in, the first organizer too. */
export function addInvite(program: Command): void {
  const command = program
    .command('invite')
    .description('let somebody sign in to the pages, with a role; asked again, it changes the role')
    .argument('<email>', 'where their link is sent')
    .addOption(
      new Option(
        '--role <role>',
        'what they may do; attendee, or presenter with --person, unless told',
      ).choices([...memberRoles]),
    )
    .option(
      '--person <name>',
      'who they are in the program: their account then has their talks, the posts about them, and what to share',
    );
  withExamples(
    withJsonOption(command),
    'callboard invite you@example.org --role organizer',
    'callboard invite ada@example.org --person "Ada Lovelace"',
  ).action(async (email: string, { role: chosen, person, json: isJson }: Options) => {
    const terminal = terminalOf(command);
    const role = chosen ?? (person === undefined ? 'attendee' : 'presenter');
    const wish = { email, role, ...(person !== undefined && { person }) };
    const { result } = await ask(configOf(command), 'invite', wish, { begin: true });
    if (isJson === true) terminal.out(json(result));
    else for (const line of linesOf(result, terminal)) terminal.out(line);
  });
}

function linesOf({ email, role, person, address, mail }: Invited, { colours }: Terminal) {
  const article = role === 'presenter' ? 'a' : 'an';
  const head = `${colours.green('✓')} ${plain(email)} is ${article} ${role}${person ? `: ${plain(person.name)}` : ''}`;
  if (mail === 'sent') return [`${head}; their link was mailed`];
  const why =
    mail === 'not configured'
      ? 'No mail server is configured: give them this link'
      : `${colours.red('!')} The mail server did not take the mail: give them this link`;
  return [head, `${why}, which works once, for 15 minutes.`, plain(address)];
}
