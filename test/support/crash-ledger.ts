import type { Claim, Ledger } from '../../src/publish/ports.js';

/**
 * A ledger whose claim is switched off: it lets everybody through and writes nothing down before the request; the announcement is
 * claimed and settled in one go when the network has answered. Without a kill and with one worker all goes well.
 */
export function withoutClaim(ledger: Ledger): Ledger {
  const pretended = new WeakMap<Claim, Parameters<Ledger['claim']>[0]>();
  return {
    ...ledger,
    claim: (request) => {
      const { announcement, frozen, now, leaseMs } = request;
      const claim = { token: 'none', announcement, frozen, leaseUntil: now + leaseMs };
      pretended.set(claim, request);
      return Promise.resolve({ ok: true, claim });
    },
    async settle(claim, settlement, now) {
      const request = pretended.get(claim);
      const real = request && (await ledger.claim(request));
      return real?.ok === true && ledger.settle(real.claim, settlement, now);
    },
  };
}
