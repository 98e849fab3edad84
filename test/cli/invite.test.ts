import { expect, test } from 'vitest';
import { place, programOf, sentenceOf, sessions, type SmallSession } from './command-line.js';

test('the first organizer is invited before anything runs, and through the process that runs', async () => {
  const here = place();
  const invited = await here.run('invite', 'You@Example.org', '--role', 'organizer');
  expect(invited.err).toBe('');
  expect(invited.code).toBe(0);
  const lines = invited.out.split('\n');
  expect(lines[0]).toBe('✓ you@example.org is an organizer');
  expect(lines[1]).toBe(
    'No mail server is configured: give them this link, which works once, for 15 minutes.',
  );
  expect(lines[2]).toMatch(/^http:\/\/localhost:\d+\/sign-in\/link\?token=[A-Za-z]{32}$/);
  const again = await here.run('invite', 'you@example.org', '--json');
  expect(JSON.parse(again.out)).toMatchObject({
    email: 'you@example.org',
    role: 'attendee',
    mail: 'not configured',
  });
});

test('a presenter is invited as somebody of the program, by a name that is theirs alone', async () => {
  const here = place();
  const people = [{ name: 'Wei Li', affiliation: 'Fudan' }, { name: 'Ada Lovelace' }];
  const [first, ...others] = sessions;
  here.write('program.json', programOf([{ ...first, people } as SmallSession, ...others]));
  const invited = await here.run('invite', 'ada@example.org', '--person', 'ada lovelace');
  expect([invited.code, invited.err]).toEqual([0, '']);
  expect(invited.out).toContain('✓ ada@example.org is a presenter: Ada Lovelace\n');
  expect(invited.out).toMatch(/&back=%2Faccount$/);
  const nobody = await here.run('invite', 'li@example.org', '--person', 'Li');
  expect(nobody.code).toBe(2);
  expect(sentenceOf(nobody)).toMatch(
    /^callboard invite --person: nobody in the program has the name “Li”\. Do you mean one of these\? Wei Li is [a-z0-9]{12} \(Fudan\)\.$/,
  );
});

test('what is no address, and what is no role, is said', async () => {
  const here = place();
  const nobody = await here.run('invite', 'nobody');
  expect([nobody.code, nobody.err]).toEqual([
    2,
    '✗ callboard invite: this is no e-mail address. Write it as you@example.org.',
  ]);
  const role = await here.run('invite', 'a@example.org', '--role', 'king');
  expect(role.code).toBe(2);
  expect(role.err).toContain('attendee, presenter, organizer');
});
