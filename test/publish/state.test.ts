import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { states, type State } from '../../src/campaign/announcement.js';
import type { Actor } from '../../src/publish/ports.js';
import { arrow, arrows, mayMove, mayStand, movesOf, sentAfter } from '../../src/publish/state.js';

const actors: readonly Actor[] = ['plan', 'publish', 'reconcile', 'sweep', 'person'];
const anyState = fc.constantFrom(...states);
const anyActor = fc.constantFrom(...actors);

/** A life of random moves, of which only the allowed ones happen. */
const anyLife = fc.array(fc.tuple(anyState, anyActor), { maxLength: 60 });

function live(
  moves: readonly (readonly [State, Actor])[],
  visit: (from: State, to: State, actor: Actor, sentBefore: boolean) => void,
): void {
  let state: State = 'planned';
  let sent = false;
  for (const [to, actor] of moves) {
    const forbidden = arrow(state, to)?.onlyIfNeverSent === true && sent;
    if (mayMove(state, to, actor) && !forbidden) {
      visit(state, to, actor, sent);
      sent = sentAfter(state, to, sent);
      state = to;
    }
  }
}

describe('the life of an announcement', () => {
  it('has exactly the arrows that the design draws', () => {
    expect(arrows.map(({ from, to }) => `${from} > ${to}`).sort()).toEqual(
      [
        'planned > held',
        'held > planned',
        'planned > publishing',
        'publishing > published',
        'publishing > planned',
        'publishing > held',
        'publishing > rejected',
        'publishing > handed-off',
        'publishing > uncertain',
        'handed-off > published',
        'handed-off > cancelled',
        'handed-off > expired',
        'uncertain > published',
        'uncertain > planned',
        'uncertain > expired',
        'planned > expired',
        'held > expired',
        'planned > cancelled',
        'held > cancelled',
        'rejected > planned',
        'cancelled > planned',
        'expired > planned',
        'published > removed',
      ].sort(),
    );
  });

  it('reaches every state from planned', () => {
    const reached = new Set<State>(['planned']);
    for (let grown = true; grown;) {
      const before = reached.size;
      for (const { from, to } of arrows) if (reached.has(from)) reached.add(to);
      grown = reached.size > before;
    }
    expect([...reached].sort()).toEqual([...states].sort());
  });

  it('never leads back from published or removed', () => {
    const reachable = (start: State): Set<State> => {
      const found = new Set<State>();
      const walk = (from: State) => {
        for (const one of arrows) {
          if (one.from === from && !found.has(one.to)) {
            found.add(one.to);
            walk(one.to);
          }
        }
      };
      walk(start);
      return found;
    };
    expect([...reachable('published')]).toEqual(['removed']);
    expect([...reachable('removed')]).toEqual([]);
  });

  it('posts once at the most, whoever moves it however often', () => {
    fc.assert(
      fc.property(anyLife, (moves) => {
        let posted = 0;
        live(moves, (_from, to) => {
          if (to === 'published') posted += 1;
        });
        expect(posted).toBeLessThanOrEqual(1);
      }),
      { numRuns: 2_000 },
    );
  });

  it('leaves uncertain by an answer only', () => {
    // The network's answer, or that of a person who looked.
    const answering = ['reconcile', 'person'];
    for (const actor of actors) {
      expect(movesOf('uncertain', actor)).toEqual(
        answering.includes(actor) ? ['planned', 'published', 'expired'] : [],
      );
    }
  });

  it('begins and ends a claim by publishing only, but for a lease that lapses', () => {
    for (const { from, to, actors: may } of arrows) {
      if (to === 'publishing') expect(may).toEqual(['publish']);
      if (from === 'publishing') {
        expect(may).toEqual(to === 'uncertain' ? ['publish', 'sweep'] : ['publish']);
      }
    }
  });

  it('lets a program change touch nothing that is under way or over', () => {
    const untouched: readonly State[] = [
      'publishing',
      'uncertain',
      'handed-off',
      'published',
      'rejected',
      'removed',
    ];
    for (const state of untouched) expect(movesOf(state, 'plan')).toEqual([]);
    expect(movesOf('planned', 'plan')).toEqual(['held', 'cancelled']);
    expect(movesOf('held', 'plan')).toEqual(['planned', 'cancelled']);
    expect(movesOf('expired', 'plan')).toEqual(['planned']);
  });

  it('brings back what ended only if it was never sent', () => {
    for (const from of ['rejected', 'cancelled', 'expired'] as const) {
      expect(arrow(from, 'planned')?.onlyIfNeverSent).toBe(true);
    }
    expect(arrow('uncertain', 'planned')?.onlyIfNeverSent).toBeUndefined();
  });

  it('takes back that something was sent on a proof alone', () => {
    fc.assert(
      fc.property(anyLife, (moves) => {
        live(moves, (from, to, actor, sentBefore) => {
          if (sentBefore && !sentAfter(from, to, sentBefore)) {
            expect(['publishing', 'uncertain']).toContain(from);
            // A person's word counts as a proof only of what is in doubt.
            const proving = from === 'uncertain' ? ['reconcile', 'person'] : ['publish'];
            expect(proving).toContain(actor);
          }
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it('knows as sent whatever may stand, and what a person was given', () => {
    for (const to of mayStand) expect(sentAfter('planned', to, false)).toBe(true);
    expect(sentAfter('publishing', 'planned', true)).toBe(false);
    expect(sentAfter('uncertain', 'expired', true)).toBe(false);
    expect(sentAfter('handed-off', 'cancelled', true)).toBe(true);
    expect(sentAfter('planned', 'cancelled', false)).toBe(false);
  });
});
