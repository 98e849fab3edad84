import { describe, expect, test } from 'vitest';
import { personNamed } from '../../src/operations/person-named.js';
import { lookup } from '../../src/program/lookup.js';
import type { Person, Program } from '../../src/program/model.js';

const person = (key: string, name: string, affiliation?: string): Person => ({
  key,
  aliases: [],
  name,
  ...(affiliation !== undefined && { affiliation }),
});
const people = [
  person('k1', 'Tobias Böhmelt', 'Essex'),
  person('k2', 'Wei Li', 'Fudan'),
  person('k3', 'Wei Li'),
  person('k4', 'Łucja Kowalska'),
  person('k5', '李伟'),
];
const program: Program = {
  title: 'M',
  zone: 'UTC',
  sessions: [],
  rooms: [],
  units: [],
  people,
};
const named = (wanted: string) =>
  personNamed({ inForce: () => Promise.resolve({ lookup: lookup(program) } as never) }, wanted);

describe('the person whom a name means', () => {
  test.for([
    ['Tobias Böhmelt', 'k1'],
    ['tobias bohmelt ', 'k1'],
    ['lucja kowalska', 'k4'],
    ['李伟', 'k5'],
    ['k3', 'k3'],
  ])('%s is %s', async ([wanted, key]) => {
    expect((await named(wanted ?? '')).key).toBe(key);
  });

  test.for([
    [
      'Wei Li',
      'callboard invite --person: 2 people in the program have the name “Wei Li”. Give the key of the right one: Wei Li is k2 (Fudan); Wei Li is k3.',
    ],
    [
      'T. Böhmelt',
      'callboard invite --person: nobody in the program has the name “T. Böhmelt”. Do you mean one of these? Tobias Böhmelt is k1 (Essex).',
    ],
    [
      'Nobody',
      'callboard invite --person: nobody in the program has the name “Nobody”. Write it as the program does; the page Browse by person has all names.',
    ],
  ])('%s is nobody in particular', async ([wanted, sentence]) => {
    await expect(named(wanted ?? '')).rejects.toThrow(sentence);
  });

  test('before the first import there is nobody', async () => {
    await expect(
      personNamed({ inForce: () => Promise.resolve(undefined) }, 'Ada'),
    ).rejects.toMatchObject({ code: 'person-unknown' });
  });
});
