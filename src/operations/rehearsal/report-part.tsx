import type { Child, FC } from 'hono/jsx';
import { networks, type Network } from '../../campaign/network.js';
import type { Rehearsal } from './rehearse.js';

/** A section of the report. */
export type Part = FC<{ readonly rehearsal: Rehearsal }>;

/** What may be wider than the page scrolls by itself, also by keyboard. */
export const Scroll: FC<{ readonly label: string; readonly children?: Child }> = ({
  label,
  children,
}) => (
  <div class="scroll" tabindex={0} role="region" aria-label={label}>
    {children}
  </div>
);

/** The networks that the campaign announces on. */
export function used(result: Rehearsal['result']): readonly Network[] {
  return networks.filter((network) => result.networks[network] !== undefined);
}

/**
 * A part of a whole, for a width.
 *
 * @example percent(1, 3) // '33.3%'
 */
export function percent(part: number, whole: number): string {
  return `${((part / Math.max(1, whole)) * 100).toFixed(1)}%`;
}

/**
 * A count with its thousands apart.
 *
 * @example number(14320) // '14,320'
 */
export function number(count: number): string {
  return count.toLocaleString('en-GB');
}
