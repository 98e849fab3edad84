import { expect, test } from 'vitest';
import { describeOnPds, type Pds } from '../support/networks/pds.js';
import {
  configLinesOf,
  configWith,
  errorOf,
  expectNothingStored,
  expectUnseen,
  placeWith,
  talk,
  verified,
} from './connect-place.js';
import { ctrlC, type Answer } from './scripted-questions.js';

const preview = '  - preview:bluesky';
const script = (handle: Answer, password: Answer, ...more: [string, Answer][]) =>
  [['Handle of the account', handle], ['App password', password], ...more] as [string, Answer][];
const label = 'Put the label “bot” on its profile?';

async function profileOf(pds: Pds, did: string): Promise<unknown> {
  const query = new URLSearchParams({
    repo: did,
    collection: 'app.bsky.actor.profile',
    rkey: 'self',
  });
  const answer = await fetch(`${pds.origin}/xrpc/com.atproto.repo.getRecord?${query.toString()}`);
  return answer.ok ? ((await answer.json()) as { value: unknown }).value : undefined;
}

await describeOnPds('connecting Bluesky', (pds) => {
  test('an app password is verified and kept, and the profile says “bot” when the organizer agrees', async () => {
    const { handle, appPassword, did } = await pds().createAccount('agreed');
    const at = placeWith(preview);
    const given = script(`@${handle}`, appPassword, [label, true]);
    const end = await talk(at, ['bluesky', '--server', pds().origin], given).ended;
    expect(end).toMatchObject({ code: 0, err: '' });
    expect(end.out).toContain(`This is @${handle}`);
    expect(end.out).toContain(`✓ connected as @${handle} on Bluesky`);
    expect(await profileOf(pds(), did)).toMatchObject({ labels: { values: [{ val: 'bot' }] } });
    at.write('callboard.yaml', configWith(configLinesOf(end)));
    expect(await verified(at)).toMatchObject({
      account: `bluesky:@${handle}`,
      report: { kind: 'ok', handle, id: did, warnings: [] },
    });
    expectUnseen(at, [appPassword], end);
  });

  test('without consent the profile stays as it is; the server is that of the config', async () => {
    const { handle, appPassword, did } = await pds().createAccount('declined');
    const at = placeWith(`  - account: bluesky:@${handle}\n    server: ${pds().origin}`);
    const end = await talk(at, ['bluesky'], script(handle, appPassword, [label, false])).ended;
    expect(end).toMatchObject({ code: 0, err: '' });
    expect(end.out).toContain('has the account already');
    expect(await profileOf(pds(), did)).toBeUndefined();
  });

  test('the main password is warned of', async () => {
    const { handle, password } = await pds().createAccount('warned');
    const at = placeWith(preview);
    const given = script(handle, password, [label, false]);
    const end = await talk(at, ['bluesky', '--server', pds().origin], given).ended;
    expect(end.code).toBe(0);
    expect(end.out).toMatch(/^! .*connected with its main password/m);
    expectUnseen(at, [password], end);
  });

  test('a wrong password, and Ctrl-C at the last question, are told and store nothing', async () => {
    const { handle, appPassword, did } = await pds().createAccount('mistaken');
    for (const [given, sentence] of [
      [script(handle, 'abcd-efgh-ijkl-mnop'), /does not accept the handle and the app password/],
      [script(handle, appPassword, [label, ctrlC]), /broken off and nothing was changed/],
    ] as const) {
      const at = placeWith(preview);
      const end = await talk(at, ['bluesky', '--server', pds().origin], given).ended;
      expect(errorOf(end)).toMatch(sentence);
      expectNothingStored(at);
      expectUnseen(at, [appPassword, 'abcd-efgh-ijkl-mnop'], end);
    }
    expect(await profileOf(pds(), did)).toBeUndefined();
  });
});
