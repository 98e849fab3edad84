import type { Clock } from '../../clock.js';
import type { Config } from '../../config/config.js';
import type { Context } from '../../context.js';
import { leadsNowhere } from '../../config/public-address.js';
import { accounts, isByHand, isConnected, type AccountState } from '../accounts.js';
import { bothClocks } from '../both-clocks.js';
import { refuseUnfit } from '../budget.js';
import { CallboardError } from '../../errors.js';
import type { Database } from '../../storage/database.js';
import { venueZone } from '../venue-zone.js';
import { failure, fine, warning, type Finding } from './finding.js';

/** Asks every live account's network how it is, and looks whether the campaign may go live. Nothing is found where there is no live account. */
export async function liveAccountFindings(context: Context): Promise<readonly Finding[]> {
  const { accounts: states } = await accounts(context);
  if (states.length === 0) return [];
  const zone = await venueZone(context);
  return [
    ...states.flatMap((state) => findingsOf(state, zone)),
    ...siteFindings(context),
    ...(await clearanceFindings(context)),
    ...standingFindings(context),
  ];
}

/** Before an edition is there: which live accounts are not connected, by the database where there is one and by the environment. */
export async function connectionFindings({
  config,
  clock,
  database,
}: {
  readonly config: Config;
  readonly clock: Clock;
  readonly database?: Database;
}): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for (const rules of config.accounts) {
    const { id, mode, network } = rules.account;
    if (mode !== 'live') continue;
    const connected = database
      ? await isConnected({ config, clock, database }, rules)
      : isByHand(rules) || config.credentials[network] !== undefined;
    if (!connected) found.push(unconnected(id));
  }
  return found;
}

function unconnected(account: string): Finding {
  const [network = ''] = account.split(':');
  const remedy = `Connect it with callboard connect ${network}`;
  return failure('accounts', `${account} is not connected`, remedy);
}

function findingsOf(
  { account, connected, report, parked, restsUntil }: AccountState,
  zone: string,
): Finding[] {
  const [network = ''] = account.split(':');
  const connect = `Connect it with callboard connect ${network}`;
  if (!connected) return [unconnected(account)];
  const found: Finding[] = [];
  if (parked) found.push(failure('accounts', `${account} is parked: ${parked.reason}`, connect));
  if (restsUntil !== undefined) {
    const until = bothClocks(Date.parse(restsUntil), zone);
    const finding = `${account} failed several times or was asked to wait, and rests until ${until}`;
    found.push(warning('accounts', finding, 'Nothing to do: it is tried again by itself'));
  }
  switch (report?.kind) {
    case 'ok': {
      const quotas = report.quotas
        .map(({ name, left, limit }) => `${String(left)} of ${String(limit)} ${name} left`)
        .join(', ');
      const whose = `${account} answers as @${report.handle}${quotas === '' ? '' : `; ${quotas}`}`;
      found.push(fine('accounts', whose));
      found.push(
        ...report.warnings.map((text) =>
          warning('accounts', about(account, text), 'See docs/accounts.md'),
        ),
      );
      break;
    }
    case 'unauthorized':
      if (!parked) found.push(failure('accounts', about(account, report.reason), connect));
      break;
    case 'unknown':
      found.push(
        warning(
          'accounts',
          `${account} could not be asked: ${report.reason}`,
          'Try again in a minute; if it stays so, look at the network’s status page',
        ),
      );
      break;
    case undefined:
      break;
  }
  return found;
}

function siteFindings({ config: { site } }: Context): Finding[] {
  return leadsNowhere(site)
    ? [
        failure(
          'accounts',
          `posts of live accounts would lead to ${site}, where no follower can go`,
          'Set site in the config to the public address of the program site',
        ),
      ]
    : [];
}

async function clearanceFindings(context: Context): Promise<Finding[]> {
  if (leadsNowhere(context.config.site)) return [];
  try {
    await refuseUnfit(context);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof CallboardError)) throw thrown;
    const { place, problem, remedy } = thrown.complaint;
    return [warning('accounts', `${place}: ${problem}`, remedy)];
  }
}

function standingFindings({ config, database }: Context): Finding[] {
  const { webhook, email, smtpUrl } = config.organizer;
  const isTold = webhook !== undefined || (email !== undefined && smtpUrl !== undefined);
  return [
    ...(database.kind === 'embedded'
      ? [
          warning(
            'accounts',
            'live accounts run on the embedded database; a journal keeps a power cut from posting twice, but nothing else survives a broken disk',
            'For a meeting that matters use a Postgres server: see In production in the README',
          ),
        ]
      : []),
    ...(isTold
      ? []
      : [
          warning(
            'accounts',
            'nobody is told when a person is needed',
            'Set organizer.webhook, or organizer.email with CALLBOARD_SMTP_URL',
          ),
        ]),
  ];
}

/** Some networks name the account themselves. */
function about(account: string, sentence: string): string {
  return sentence.startsWith(account) ? sentence : `${account}: ${sentence}`;
}
