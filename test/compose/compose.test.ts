import { describe, expect, it } from 'vitest';
import type { LinkPolicy } from '../../src/campaign/account-manners.js';
import type { Network } from '../../src/campaign/network.js';
import { createComposer } from '../../src/compose/compose.js';
import type { Content } from '../../src/compose/content.js';
import { lookup } from '../../src/program/lookup.js';
import { announcementOf, buildCampaign, buildProgram, programOf } from '../support/programs.js';
import { shippedTemplates } from '../support/templates.js';

const hour = 3_600_000;
const before = { P7D: 7 * 24 * hour, P1D: 24 * hour, PT1H: hour, PT15M: hour / 4 };

const panel = programOf({
  title: 'Counting what nobody counted',
  subtitle: 'A field guide',
  start: '2030-09-14T12:30:00Z',
  room: { name: 'Hall 1', building: 'North wing', floor: '2nd floor' },
  unit: 'Public Data',
  type: 'Panel',
  abstract: 'Much of what matters has never been counted.\n\nMore.',
  languages: ['de'],
  people: { chair: ['Dee Chair'], discussant: ['Eve Critic'] },
  presentations: [
    {
      title: 'Benches',
      start: '2030-09-14T12:30:00Z',
      people: { author: ['Ada Example', 'Bo Sample'] },
    },
    { title: 'Puddles', people: { presenter: ['Chi Test'], author: ['Flo Writer'] } },
    { title: 'Withdrawn', people: ['Gus Gone'], cancelled: true },
  ],
});

function composed(
  network: Network,
  lead: keyof typeof before,
  program = panel,
  campaign = buildCampaign(),
): Content {
  const composer = createComposer({ campaign, templates: shippedTemplates });
  const result = composer.compose(announcementOf(program, network, lead, before[lead]), program, 7);
  if (!result.ok) throw new Error(result.problem.problem);
  return result.content;
}

describe('the shipped templates', () => {
  it.each(['bluesky', 'threads', 'x', 'youtube'] as const)('say on %s', (network) => {
    const texts = (['P7D', 'P1D', 'PT1H', 'PT15M'] as const).map(
      (lead) => composed(network, lead).text,
    );
    expect(texts.join('\n════\n')).toMatchSnapshot();
  });

  it.each(['bluesky', 'threads', 'x', 'youtube'] as const)(
    'say when, where, who, in which unit and the link on %s at every lead time',
    (network) => {
      for (const lead of ['P7D', 'P1D', 'PT1H', 'PT15M'] as const) {
        const { text } = composed(network, lead);
        expect(text).toContain('14:30 CEST / 12:30 UTC');
        expect(text).toContain('Hall 1');
        expect(text).toContain('Ada Example');
        expect(text).toContain('Track: Public Data');
        expect(text).toContain('https://meet.example/sessions/session00000');
        expect(text).toContain('#Sample30');
        expect(text).not.toContain('Gus Gone');
        expect(text).not.toMatch(/\n{3}|^\s|\s$|\u0020\n/);
      }
    },
  );
});

describe('the content of an announcement', () => {
  const content = composed('bluesky', 'PT15M');

  it('holds the link as the account says: always, with the longest lead time only, or never', () => {
    const holding = (links: LinkPolicy) =>
      (['P7D', 'P1D', 'PT1H', 'PT15M'] as const).filter((lead) => {
        const campaign = buildCampaign();
        const accounts = campaign.accounts.map((rules) => ({ ...rules, links }));
        const { text, link } = composed('x', lead, panel, { ...campaign, accounts });
        expect(text).not.toMatch(/\n\n\n|^\s|\s$/);
        expect(link.url).toMatch(/^https:/);
        return text.includes(link.url);
      });
    expect(holding('always')).toEqual(['P7D', 'P1D', 'PT1H', 'PT15M']);
    expect(holding('first-lead-only')).toEqual(['P7D']);
    expect(holding('never')).toEqual([]);
  });

  it('is whole', () => {
    expect(content).toEqual({
      text: [
        'In 15 minutes in Hall 1: Counting what nobody counted: A field guide',
        'Ada Example, Bo Sample and Chi Test',
        '',
        '14:30 CEST / 12:30 UTC',
        'Track: Public Data',
        '',
        'https://meet.example/sessions/session00000',
        '#Sample30 #OpenData',
      ].join('\n'),
      length: { used: 211, limit: 300, unit: 'graphemes' },
      link: {
        url: 'https://meet.example/sessions/session00000',
        title: 'Counting what nobody counted',
        description:
          'Sat 14 Sept, 14:30–15:30 CEST · Hall 1, North wing, 2nd floor · Ada Example, Bo Sample and Chi Test',
      },
      hashtags: ['Sample30', 'OpenData'],
      languages: ['en', 'de'],
      picture: {
        digest: content.picture?.digest,
        card: {
          conference: 'Sample Meeting 2030',
          title: 'Counting what nobody counted',
          people: ['Ada Example', 'Bo Sample', 'Chi Test'],
          time: 'Sat 14 Sept, 14:30–15:30 CEST',
          room: 'Hall 1, North wing, 2nd floor',
          unit: 'Public Data',
          layout: 'session',
        },
        alt: 'Session card of Sample Meeting 2030: Counting what nobody counted. Ada Example, Bo Sample and Chi Test. Sat 14 Sept, 14:30–15:30 CEST. Hall 1, North wing, 2nd floor. Public Data.',
      },
      facts: {
        programVersion: 7,
        sessions: [
          {
            key: 'session00000',
            title: 'Counting what nobody counted',
            startsAt: Date.parse('2030-09-14T12:30:00Z'),
            endsAt: Date.parse('2030-09-14T13:30:00Z'),
            room: 'Hall 1',
          },
        ],
      },
      digest: content.digest,
    });
    expect(content.digest).toMatch(/^[a-z2-7]{52}$/);
  });

  it('has the same digest whatever the version of the program, another for another text', () => {
    const composer = createComposer({ campaign: buildCampaign(), templates: shippedTemplates });
    const announcement = announcementOf(panel, 'bluesky');
    const results = [7, 8].map((version) => composer.compose(announcement, panel, version));
    expect(results.map((each) => each.ok && each.content.digest)).toEqual([
      content.digest,
      content.digest,
    ]);
    expect(composed('bluesky', 'PT1H').digest).not.toBe(content.digest);
  });

  it('has one picture for all networks and lead times', () => {
    expect(composed('x', 'P7D').picture).toEqual(content.picture);
  });

  it('has neither room nor people when the program has none, or a room called TBA', () => {
    const bare = programOf({ title: 'Open space', room: 'TBA' });
    const { text, picture } = composed('bluesky', 'PT15M', bare);
    expect(text).toBe(
      'In 15 minutes: Open space\n\n14:30 CEST / 12:30 UTC\n\nhttps://meet.example/sessions/session00000\n#Sample30 #OpenData',
    );
    expect(picture?.card.room).toBeUndefined();
    expect(picture?.alt).toBe(
      'Session card of Sample Meeting 2030: Open space. Sat 14 Sept, 14:30–15:30 CEST.',
    );
  });

  it('names the chair when nobody presents', () => {
    const chaired = programOf({ title: 'Business meeting', people: { chair: ['Dee Chair'] } });
    expect(composed('bluesky', 'P1D', chaired).text).toContain('Chaired by Dee Chair');
  });

  it('takes Liquid in a title for what it is: text', () => {
    const program = programOf({ title: '{{ link }} {% raw %} {{ "x" | upcase }}' });
    expect(composed('bluesky', 'P1D', program).text).toContain(
      '{{ link }} {% raw %} {{ "x" | upcase }}',
    );
  });

  it('mentions nobody that a title mentions', () => {
    const program = programOf({ title: 'A talk by @someone on #topic' });
    expect(composed('x', 'P1D', program).text).toContain(
      'A talk by @\u2060someone on #\u2060topic',
    );
    expect(composed('bluesky', 'P1D', program).text).toContain('A talk by @someone on #topic');
  });

  it('reports the session that the program does not have', () => {
    const composer = createComposer({ campaign: buildCampaign(), templates: shippedTemplates });
    const announcement = announcementOf(panel, 'x');
    expect(composer.compose(announcement, lookup(buildProgram([])), 1)).toEqual({
      ok: false,
      problem: {
        place: 'announcement abcdefgh23456789',
        problem: 'session session00000 is not in the program',
        remedy: 'Import the program again; the announcement is held until its session is back',
      },
    });
  });

  it('composes each version of a program from that version', () => {
    const composer = createComposer({ campaign: buildCampaign(), templates: shippedTemplates });
    const [session] = panel.program.sessions;
    const renamed = lookup({
      ...panel.program,
      sessions: session === undefined ? [] : [session],
      rooms: panel.program.rooms.map((room) => ({ ...room, name: 'Hall 9' })),
    });
    const announcement = announcementOf(panel, 'bluesky');
    composer.compose(announcement, panel, 1);
    const second = composer.compose(announcement, renamed, 2);
    expect(second.ok && second.content.text).toContain('in Hall 9');
  });
});

describe('shortening', () => {
  const long =
    'A rather long title that leaves no room for much else on a network as narrow as this one';
  const nine = Array.from({ length: 9 }, (_, i) => `Person Number${i + 1} Surname`);
  const withPeople = (count: number, title = long) =>
    composed(
      'x',
      'P1D',
      programOf({
        title,
        people: nine.slice(0, count),
        room: { name: 'Hall 1', building: 'North wing' },
        unit: 'Public Data',
      }),
    );

  it('drops hashtags first, one by one from the last', () => {
    expect(withPeople(1).hashtags).toEqual(['Sample30', 'OpenData']);
    expect(withPeople(2).hashtags).toEqual(['Sample30']);
    expect(withPeople(2).text).toMatch(/#Sample30$/);
    expect(withPeople(2).text).toContain('Person Number1 Surname and Person Number2 Surname');
  });

  it('then people, to et al.', () => {
    const { text, hashtags } = withPeople(9);
    expect(hashtags).toEqual([]);
    expect(text).toContain('\nPerson Number1 Surname, Person Number2 Surname et al.\n');
    expect(text).toContain('North wing');
  });

  it('then what is optional, and the title last, after a word', () => {
    const { text, length } = withPeople(9, `${long}, ${long}, ${long}`);
    expect(text).toMatch(/^Tomorrow: A rather long title .*\w…\nPerson Number1 Surname et al\.\n/);
    expect(text).not.toContain('North wing');
    expect(text).not.toContain('Public Data');
    expect(text).toContain('Hall 1');
    expect(text).toContain('https://meet.example/sessions/session00000');
    expect(length.used).toBeGreaterThan(260);
    expect(length.used).toBeLessThanOrEqual(280);
  });

  it('says when not even the link fits', () => {
    const campaign = buildCampaign();
    const tight = buildCampaign({
      accounts: campaign.accounts.map((rules) => ({ ...rules, textLimit: 20 })),
    });
    const composer = createComposer({ campaign: tight, templates: shippedTemplates });
    expect(composer.compose(announcementOf(panel, 'youtube'), panel, 1)).toEqual({
      ok: false,
      problem: {
        place: 'announcement abcdefgh23456789',
        problem: 'its link alone takes 42 characters where youtube has 20',
        remedy: 'Raise the text limit of the account or shorten the site address in the config',
      },
    });
  });
});
