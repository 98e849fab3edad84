import { expect, test } from 'vitest';
import { place } from './command-line.js';

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
