import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networks, type Network } from '../../src/campaign/network.js';
import { createComposer } from '../../src/compose/compose.js';
import { fit } from '../../src/compose/fit.js';
import { fits } from '../../src/compose/measure.js';
import { announcementOf, buildCampaign, programOf } from '../support/programs.js';
import { shippedTemplates } from '../support/templates.js';

/** Pieces that texts break on, mixed with any Unicode. */
const pieces = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('a', 'word ', 'Longer-word ', 'é', 'e\u0301', '日本語', '한국', ' '),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('👩‍👩‍👧‍👦', '🇩🇪', '1️⃣', '❤️', '👍🏽', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '\u200d', '\ufe0f', '\u0301'),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'مرحبا ',
      'שלום ',
      '\u202e',
      '\u2066',
      '\u200f',
      '\ud83d',
      '\udc00',
      '\u0000',
      '\u001b[31m',
      '\n',
      '\u2028',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '@handle',
      '#tag',
      'example.org',
      'https://evil.example.com/a?b=c',
      'asp.net',
      '.',
      '://',
      '{{ link }}',
      '{% raw %}',
      '<b>',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
);
const texts = (maxLength: number) => fc.array(pieces, { maxLength }).map((parts) => parts.join(''));
const names = fc.array(texts(8), { maxLength: 40 });
const sketches = fc.record(
  {
    title: texts(120),
    subtitle: texts(40),
    abstract: texts(40),
    type: texts(5),
    unit: texts(30),
    room: fc.record(
      { name: texts(30), building: texts(20), floor: texts(5) },
      { requiredKeys: ['name'] },
    ),
    people: fc.record({ presenter: names, chair: names, discussant: names }, { requiredKeys: [] }),
    presentations: fc.array(fc.record({ title: texts(30), people: names }), { maxLength: 8 }),
  },
  { requiredKeys: ['title'] },
);
const leads = fc.constantFrom<[string, number]>(
  ['P7D', 7 * 86_400_000],
  ['P1D', 86_400_000],
  ['PT1H', 3_600_000],
  ['PT15M', 900_000],
);

const campaign = buildCampaign({
  conference: { hashtags: ['Sample30', 'OpenData', '日本', 'a b'] },
});
const lone = /\p{Surrogate}/u;
const unwanted = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

describe('whatever the program holds', () => {
  const composer = createComposer({ campaign, templates: shippedTemplates });
  const again = createComposer({ campaign, templates: shippedTemplates });

  it.each(networks)('the text fits %s and the link survives', (network) => {
    fc.assert(
      fc.property(sketches, leads, (sketch, [lead, before]) => {
        const program = programOf(sketch);
        const announcement = announcementOf(program, network, lead, before);
        const result = composer.compose(announcement, program, 1);
        if (!result.ok) throw new Error(result.problem.problem);
        const { text, length, picture, hashtags } = result.content;
        expect(fits(text, network)).toBe(true);
        expect(length.used).toBeLessThanOrEqual(length.limit);
        expect(text.split(/\s+/)).toContain('https://meet.example/sessions/session00000');
        expect(text).not.toMatch(lone);
        expect(text.replaceAll('\n', '')).not.toMatch(unwanted);
        for (const tag of hashtags) expect(text).toContain(`#${tag}`);
        if (network !== 'bluesky')
          expect(text).not.toMatch(/[@＠][\p{L}\p{N}_]|https?:\/\/(?!meet\.example)/u);
        expect(picture?.alt.length).toBeLessThanOrEqual(1000);
        expect(picture?.alt).not.toMatch(lone);
        expect(again.compose(announcement, program, 1)).toEqual(result);
      }),
      { numRuns: 60 },
    );
  });
});

describe('whatever a template writes', () => {
  const link = 'https://meet.example/sessions/session00000';
  const input = (network: Network, limit: number, render: () => string) =>
    fit({
      network,
      limit,
      link,
      counts: { hashtags: 2, people: 3, presentations: 0, title: 50 },
      render: () => ({ ok: true, text: render() }),
    });

  it('its text is cut around the link and fits', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...networks),
        fc.integer({ min: 45, max: 320 }),
        texts(150),
        texts(150),
        (network, limit, head, tail) => {
          const result = input(network, limit, () =>
            `${head}\n${link}\n${tail}`.replace(/\p{Surrogate}/gu, ''),
          );
          expect(result.ok).toBe(true);
          if (!result.ok) return;
          expect(fits(result.text, network, limit)).toBe(true);
          expect(result.text).toContain(link);
          expect(result.text).not.toMatch(lone);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('what stands behind the link goes before what stands in front', () => {
    const result = input(
      'bluesky',
      80,
      () => `In front of it\n\n${link}\n\nSome more words that are too many`,
    );
    expect(result).toEqual({ ok: true, text: `In front of it\n\n${link}\n\nSome more words…` });
    expect(input('bluesky', 58, () => `In front of the link\n\n${link}\n\nand more`)).toEqual({
      ok: true,
      text: `In front of…\n\n${link}`,
    });
  });

  it('a cut makes no other address', () => {
    const text = (limit: number) =>
      input('bluesky', limit, () => `Read on at example.company today\n\n${link}`);
    expect(text(64)).toEqual({ ok: true, text: `Read on at…\n\n${link}` });
  });
});
