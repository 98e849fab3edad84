import type { Config } from '../../config/config.js';
import { isLoopback } from '../../site/host-guard.js';
import { fine, warning, type Finding } from './finding.js';

/** What in a valid config is likely a slip. */
export function configFindings({ file, site, web }: Config): readonly Finding[] {
  const leadsHere = isLoopback(new URL(site).hostname.replace(/^\[|\]$/g, ''));
  const slips: Finding[] = [];
  if (leadsHere && !isLoopback(web.host)) {
    slips.push(
      warning(
        'config',
        `the pages are served to everybody (${web.host}), but posts lead to ${site}, which only this machine can open`,
        'Set site to the public address in the config',
      ),
    );
  } else if (!leadsHere && site.startsWith('http:')) {
    slips.push(
      warning('config', `${site} is not encrypted`, 'Serve the site with TLS and write https://'),
    );
  }
  return [fine('config', `${file} is valid`), ...slips];
}

/** Which accounts there are. */
export function accountFindings({ accounts }: Config): readonly Finding[] {
  return accounts.map(({ account, leads }) =>
    fine(
      'accounts',
      `${account.id}: ${account.mode === 'preview' ? 'shown on the local preview page, nothing leaves this machine' : 'live'}; ${leads.map(({ leadTime }) => leadTime).join(', ')}`,
    ),
  );
}
