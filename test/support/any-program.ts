import fc from 'fast-check';
import { toLine, toPlainText } from '../../src/program/plain-text.js';
import { roles, type Participation, type Program, type Session } from '../../src/program/model.js';

const hostile = fc.constantFrom(
  ']]>',
  '<![CDATA[',
  '&amp;',
  '&lt;b&gt;',
  'Q&A',
  '\r\n',
  '\u0000\u0007',
  '\uFFFF',
  '\u202Eevil',
  'مرحبا بالعالم',
  '中文 日本語',
  '👩‍👩‍👧‍👦🎭',
  '\\n\\,;:"',
  'BEGIN:VEVENT',
  '"quoted"; x=1',
  '-- --> <!--',
  '</script><script>alert(1)</script>',
  'x'.repeat(10_000),
  'Böhmelt',
  "O'Neill, A.",
  '   spaced   ',
  '\u2028line\u2029',
);
const raw = fc
  .array(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 12 }), hostile), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join(' '));

/** Text as the program holds it: one line, however odd what it was made of. U+FFFF is left out, which XML cannot say. */
const line = raw
  .map((text) => stable(text.replaceAll('\uFFFF', ''), (one) => toLine(one, 'plain').text))
  .filter((text) => text !== '');
const text = fc
  .array(raw, { minLength: 1, maxLength: 3 })
  .map((parts) =>
    stable(parts.join('\n\n').replaceAll('\uFFFF', ''), (one) => toPlainText(one, 'plain')),
  )
  .filter((one) => one !== '');

function stable(value: string, normal: (text: string) => string): string {
  let last = value;
  for (let round = 0; round < 5; round++) {
    const next = normal(last);
    if (next === last) return next;
    last = next;
  }
  return '';
}

const address = fc.webUrl({ withQueryParameters: true }).map((url) => new URL(url).href);
const zones = [
  'Europe/Berlin',
  'America/Chicago',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'America/St_Johns',
  'Pacific/Apia',
  'UTC',
] as const;
const letters = [...'abcdefghijklmnopqrstuvwxyz234567'];
const key = fc
  .array(fc.constantFrom(...letters), { minLength: 12, maxLength: 12 })
  .map((all) => all.join(''));

const optional = <T>(name: string, value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc.oneof(
    fc.constant({}),
    value.map((one) => ({ [name]: one })),
  );

const fields = (...parts: fc.Arbitrary<object>[]): fc.Arbitrary<object> =>
  fc.tuple(...parts).map((all) => Object.assign({}, ...(all as object[])) as object);

/** Whole seconds; now and then about when clocks change. */
const moment = fc.oneof(
  fc.integer({ min: Date.UTC(2025, 0) / 1000, max: Date.UTC(2030, 0) / 1000 }),
  fc
    .constantFrom(Date.UTC(2026, 9, 25, 0, 30), Date.UTC(2026, 9, 25, 1), Date.UTC(2026, 2, 29, 1))
    .chain((at) => fc.integer({ min: -90, max: 90 }).map((minutes) => at / 1000 + minutes * 60)),
);

const cast = { people: 4, rooms: 3, units: 3 };
const participations: fc.Arbitrary<readonly Participation[]> = fc
  .uniqueArray(fc.record({ person: fc.nat(cast.people - 1), role: fc.constantFrom(...roles) }), {
    maxLength: 4,
    selector: ({ person, role }) => `${person} ${role}`,
  })
  .map((all) => all.map(({ person, role }) => ({ person: String(person), role })));

const session = fields(
  fc.record({
    title: line,
    startsAt: moment,
    minutes: fc.oneof(
      fc.nat(600),
      fc.nat(5000).map((one) => one / 60),
    ),
    languages: fc.subarray(['en', 'de', 'pt-BR']),
    links: fc.uniqueArray(
      fields(fc.record({ url: address }), optional('title', line)) as fc.Arbitrary<{ url: string }>,
      { maxLength: 2, selector: ({ url }) => url },
    ),
    cancelled: fc.boolean(),
    people: participations,
    presentations: fc.array(
      fields(
        fc.record({
          title: line,
          people: participations,
          links: fc.constant([]),
          cancelled: fc.boolean(),
        }),
        optional('abstract', text),
        optional('into', fc.nat(100)),
      ),
      { maxLength: 3 },
    ),
  }),
  optional('room', fc.nat(cast.rooms - 1).map(String)),
  optional('unit', fc.nat(cast.units - 1).map(String)),
  optional('subtitle', line),
  optional(
    'type',
    line.filter((one) => !/^https?:/i.test(one)),
  ),
  optional('abstract', text),
  optional('url', address),
  optional('recording', address),
  optional('stream', address),
);

interface Sketch extends Omit<Session, 'key' | 'aliases' | 'endsAt' | 'presentations'> {
  readonly minutes: number;
  readonly presentations: readonly (Omit<
    Session['presentations'][number],
    'key' | 'aliases' | 'startsAt'
  > & { readonly into?: number })[];
}

/** Programs with every field of the model, hostile texts and odd times; rooms, units and people have names of their own. */
export const anyProgram: fc.Arbitrary<Program> = fc
  .record({
    title: line,
    zone: fc.constantFrom(...zones),
    keys: fc.uniqueArray(key, { minLength: 60, maxLength: 60 }),
    names: fc.uniqueArray(line, {
      minLength: 10,
      maxLength: 10,
      selector: (name) => name.normalize('NFKC').toLowerCase(),
    }),
    affiliations: fc.array(fc.option(line, { nil: undefined }), { minLength: 4, maxLength: 4 }),
    sessions: fc.array(session as fc.Arbitrary<Sketch>, { minLength: 1, maxLength: 6 }),
  })
  .map(({ title, zone, keys, names, affiliations, sessions }): Program => {
    const take = (count: number) => keys.splice(0, count);
    const all = [...keys];
    keys = all;
    const [people, rooms, units] = [take(cast.people), take(cast.rooms), take(cast.units)] as const;
    const at = (list: readonly string[], index: string | undefined) => list[Number(index)] ?? '';
    const parts = (given: readonly Participation[]) =>
      given.map((one) => ({ ...one, person: at(people, one.person) }));
    const made = sessions.map(({ minutes, presentations, ...one }): Session => {
      const startsAt = one.startsAt * 1000;
      const length = Math.round(minutes * 60) * 1000;
      const [own = ''] = take(1);
      return {
        ...one,
        key: own,
        aliases: [`id:${own}`],
        startsAt,
        endsAt: startsAt + length,
        people: parts(one.people),
        presentations: presentations.map(({ into, ...presentation }) => {
          const [presentationKey = ''] = take(1);
          return {
            ...presentation,
            key: presentationKey,
            aliases: [],
            people: parts(presentation.people),
            ...(into !== undefined && {
              startsAt: startsAt + Math.floor((length * into) / 100_000) * 1000,
            }),
          };
        }),
        ...(one.room !== undefined && { room: at(rooms, one.room) }),
        ...(one.unit !== undefined && { unit: at(units, one.unit) }),
      };
    });
    return {
      title,
      zone,
      sessions: made.sort((a, b) => a.startsAt - b.startsAt || (a.key < b.key ? -1 : 1)),
      people: people.map((own, index) => ({
        key: own,
        aliases: [],
        name: names[index] ?? '',
        ...(affiliations[index] !== undefined && { affiliation: affiliations[index] }),
        ...(index === 0 && { handles: { bluesky: 'ada.example.org', x: 'ada' } }),
      })),
      rooms: rooms.map((own, index) => ({
        key: own,
        name: names[4 + index] ?? '',
        ...(index === 0 && { building: 'Main building', floor: '1' }),
      })),
      units: units.map((own, index) => ({ key: own, name: names[7 + index] ?? '' })),
    };
  });
