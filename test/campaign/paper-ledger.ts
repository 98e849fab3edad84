import type { HoldReason, State } from '../../src/campaign/announcement.js';
import type { PlanChange } from '../../src/campaign/replan.js';
import type { StandingAnnouncement } from '../../src/campaign/standing.js';

/** A ledger on paper: what stands, and what `apply` of the real one does to it. */
export interface PaperLedger {
  readonly standing: Map<string, StandingAnnouncement>;
  apply(changes: readonly PlanChange[]): void;
  put(id: string, change: Partial<StandingAnnouncement>): void;
}

/** The states in which an announcement may still lead to a post. */
export const live: readonly State[] = ['planned', 'held', 'publishing', 'uncertain', 'handed-off'];

/** Opens an empty one. */
export function paperLedger(): PaperLedger {
  const standing = new Map<string, StandingAnnouncement>();

  function put(id: string, change: Partial<StandingAnnouncement>): void {
    const one = standing.get(id);
    if (one === undefined) throw new Error(`the ledger has no ${id}`);
    standing.set(id, { ...one, ...change });
  }

  function expect(id: string, states: readonly State[]): void {
    const state = standing.get(id)?.state;
    if (state === undefined || !states.includes(state)) {
      throw new Error(`${id} is ${state ?? 'not there'}, not ${states.join(' or ')}`);
    }
  }

  function hold(id: string, holdReason: HoldReason): void {
    expect(id, ['planned', 'held']);
    put(id, { state: 'held', holdReason });
  }

  function applyOne(change: PlanChange): void {
    switch (change.kind) {
      case 'add': {
        const { held, ...row } = change.announcement;
        if (standing.has(row.id)) throw new Error(`${row.id} is there already`);
        standing.set(row.id, { ...row, state: 'planned' });
        if (held !== undefined) hold(row.id, held);
        return;
      }
      case 'move': {
        expect(change.id, ['planned', 'held']);
        const { dueAt, expiresAt, template } = change;
        put(change.id, { dueAt, expiresAt, template });
        return;
      }
      case 'revive': {
        expect(change.id, ['expired', 'cancelled']);
        const { dueAt, expiresAt, template } = change;
        put(change.id, { state: 'planned', dueAt, expiresAt, template });
        return;
      }
      case 'cancel':
        expect(change.id, ['planned', 'held']);
        put(change.id, { state: 'cancelled', cancelledBy: 'plan' });
        return;
      case 'hold':
        hold(change.id, change.reason);
        return;
      case 'release':
        expect(change.id, ['held']);
        put(change.id, { state: 'planned' });
    }
  }

  return {
    standing,
    put,
    apply: (changes) => {
      changes.forEach(applyOne);
    },
  };
}
