import { expect, test } from 'vitest';
import { admit, closedCircuit, heard } from '../../src/publish/circuit.js';
import type { Outcome } from '../../src/publish/outcome.js';

const away: Outcome = { kind: 'retry-later', reason: 'away' };
const post: Outcome = { kind: 'published', post: { uri: 'u', permalink: 'p', acceptedAt: 0 } };
const second = 1_000;

test('it rests after five failures, longer after each probe that fails, and is well after one that does not', () => {
  let circuit = closedCircuit;
  let now = 0;
  for (let failure = 1; failure <= 4; failure += 1) {
    circuit = heard(circuit, away, now);
    expect(admit(circuit, now).ok).toBe(true);
  }
  for (const rest of [10, 20, 40, 40]) {
    circuit = heard(circuit, away, now);
    expect(admit(circuit, now)).toEqual({ ok: false, at: now + rest * second });
    now += rest * second;
    const probe = admit(circuit, now);
    if (!probe.ok) throw new Error('it rested long enough');
    circuit = probe.next;
    // Only one goes ahead.
    expect(admit(circuit, now)).toEqual({ ok: false, at: now + second });
  }
  circuit = heard(circuit, post, now);
  expect(circuit).toEqual(closedCircuit);
});

test('a burst that fails together has it rest no longer than one that fails alone', () => {
  let circuit = closedCircuit;
  for (let failure = 1; failure <= 40; failure += 1) circuit = heard(circuit, away, failure);
  expect(admit(circuit, 41)).toEqual({ ok: false, at: 5 + 10 * second });
  const probe = admit(circuit, 5 + 10 * second);
  if (!probe.ok) throw new Error('it rested long enough');
  expect(heard(probe.next, away, 11 * second).restsUntil).toBe(31 * second);
});

test('a probe that is never heard of again does not close it for ever', () => {
  let circuit = closedCircuit;
  for (let failure = 1; failure <= 5; failure += 1) circuit = heard(circuit, away, 0);
  const probe = admit(circuit, 10 * second);
  if (!probe.ok) throw new Error('it rested long enough');
  expect(admit(probe.next, 11 * second).ok).toBe(false);
  expect(admit(probe.next, 70 * second).ok).toBe(true);
});

test('what one announcement waits for by itself is no rest of the account, and lets the next one probe', () => {
  const turn: Outcome = {
    kind: 'retry-later',
    reason: 'another has its turn',
    notBefore: 90 * second,
    ofAnnouncement: true,
  };
  expect(heard(closedCircuit, turn, 0)).toEqual(closedCircuit);
  let circuit = closedCircuit;
  for (let failure = 1; failure <= 5; failure += 1) circuit = heard(circuit, away, 0);
  expect(admit(heard(circuit, turn, second), second)).toEqual({ ok: false, at: 10 * second });
  const probe = admit(circuit, 10 * second);
  if (!probe.ok) throw new Error('it rested long enough');
  expect(admit(heard(probe.next, turn, 11 * second), 11 * second).ok).toBe(true);
});

test('a lost answer is a failure; a refusal or a hand is none', () => {
  const after = (outcome: Outcome) => heard(closedCircuit, outcome, 0).failures;
  expect(after({ kind: 'uncertain', reason: '' })).toBe(1);
  expect(after({ kind: 'rejected', reason: '' })).toBe(0);
  expect(after({ kind: 'unauthorized', reason: '' })).toBe(0);
});
