import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** WCAG 2.2 at its level AA, and what is good beside it; `target-size` is run only where its standard is named. */
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on a page as it stands: the rule, an element, and how to mend it. */
export async function accessibilityFaults(page: Page): Promise<readonly (readonly string[])[]> {
  // Our pages have no frames; to gather what frames have found takes as long as to look.
  const axe = new AxeBuilder({ page }).setLegacyMode().withTags(standards);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes: [node] }) => [
    id,
    node?.html ?? '',
    node?.failureSummary ?? '',
  ]);
}
