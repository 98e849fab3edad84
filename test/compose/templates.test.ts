import { describe, expect, it } from 'vitest';
import { createComposer } from '../../src/compose/compose.js';
import { sentence } from '../../src/errors.js';
import { announcementOf, buildCampaign, programOf } from '../support/programs.js';

const program = programOf({ title: 'A talk', people: ['Ada Example'], room: 'Hall 1' });

function say(sources: Record<string, string>, network: 'bluesky' | 'x' = 'bluesky'): string {
  const composer = createComposer({
    campaign: buildCampaign(),
    templates: new Map(Object.entries(sources)),
  });
  const result = composer.compose(announcementOf(program, network), program, 1);
  return result.ok ? result.content.text : sentence(result.problem);
}

describe('the choice of a template', () => {
  const all = {
    'bluesky/PT15M': 'own {{ link }}',
    'bluesky/default': 'network {{ link }}',
    default: 'any {{ link }}',
  };
  const link = 'https://meet.example/sessions/session00000';

  it('is network and lead time, else the network, else the default', () => {
    expect(say(all)).toBe(`own ${link}`);
    expect(say({ 'bluesky/default': all['bluesky/default'], default: all.default })).toBe(
      `network ${link}`,
    );
    expect(say(all, 'x')).toBe(`any ${link}`);
  });

  it('says what is missing when there is none', () => {
    expect(say({})).toBe(
      'announcement abcdefgh23456789: there is no template bluesky/PT15M, bluesky/default, default. Add bluesky/PT15M.liquid to the folder of templates, or name another template in the config.',
    );
  });

  it('adds the link when the template has none', () => {
    expect(say({ default: '{{ session.title }}' })).toBe(`A talk\n\n${link}`);
    expect(say({ default: '' })).toBe(link);
  });
});

describe('a fault in a template', () => {
  it.each([
    [
      'an unknown name',
      { default: 'Hi\n\n{{ session.titel }}' },
      'templates/default.liquid:3 (announcement abcdefgh23456789): undefined variable: session.titel.',
    ],
    [
      'an unknown filter',
      { default: '{{ link | shout }}' },
      'templates/default.liquid:1 (announcement abcdefgh23456789): undefined filter: shout.',
    ],
    [
      'an unclosed tag',
      { default: 'a\n{% if unit %}b' },
      'templates/default.liquid:2 (announcement abcdefgh23456789): tag {% if unit %} not closed.',
    ],
    [
      'one in a partial',
      { default: "x\n{% render 'partials/when' %}", 'partials/when': '\n\n\n{{ nothing }}' },
      'templates/partials/when.liquid:4 (announcement abcdefgh23456789): undefined variable: nothing.',
    ],
    [
      'a missing partial',
      { default: "\n{% render 'partials/who' %}" },
      'templates/default.liquid:2 (announcement abcdefgh23456789): there is no template partials/who to render.',
    ],
    [
      'the clock',
      { default: '{{ "now" | date: "%s" }}' },
      'templates/default.liquid:1 (announcement abcdefgh23456789): undefined filter: date.',
    ],
    [
      'a prototype',
      { default: '{{ session.constructor }}' },
      'templates/default.liquid:1 (announcement abcdefgh23456789): undefined variable: session.constructor.',
    ],
    [
      'a file of the machine',
      { default: "{% render '/etc/hostname' %}" },
      'templates/default.liquid:1 (announcement abcdefgh23456789): there is no template /etc/hostname to render.',
    ],
  ])(
    '%s is named with file, line and announcement',
    (_name, sources: Record<string, string>, said) => {
      expect(say(sources)).toBe(
        `${said} Correct the template; docs/templates.md lists what it may use.`,
      );
    },
  );

  it.each([
    [
      'an endless list',
      { default: '{% for i in (1..100000000) %}x{% endfor %}' },
      /memory alloc limit exceeded/,
    ],
    [
      'a partial that includes itself',
      { default: "{% render 'a' %}", a: "{% render 'a' %}" },
      /renders itself without end/,
    ],
  ])('%s is bounded', (_name, sources: Record<string, string>, said) => {
    expect(say(sources)).toMatch(said);
  });

  it('does not stop the others', () => {
    expect(say({ 'bluesky/PT15M': '{{ oops }}', default: 'fine {{ link }}' }, 'x')).toMatch(
      /^fine/,
    );
  });
});
