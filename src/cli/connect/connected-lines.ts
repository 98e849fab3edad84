import { networkNames, type Network } from '../../campaign/network.js';
import type { Config } from '../../config/config.js';
import { credentialNamesOf } from '../../config/network-credentials.js';
import { counted } from '../moments.js';
import { plain, type Terminal } from '../terminal.js';
import type { Connection } from './dialogue.js';

/** What came of storing. */
export interface Stored {
  readonly account: string;
  /** Held announcements that go out after all. */
  readonly released: number;
  /** Whether the config has the account. */
  readonly configured: boolean;
}

interface Done {
  readonly config: Config;
  readonly network: Network;
  readonly connection: Connection;
  readonly stored: Stored;
  readonly server?: string;
}

/** What a person reads at the end: whose account it is, what was released, what to write in the config, what comes next. */
export function connectedLines(done: Done, { colours }: Terminal): readonly string[] {
  const { config, network, connection, stored } = done;
  const { handle, name, secrets, warnings } = connection;
  const { account, released } = stored;
  const whose = `@${plain(handle)}${name === undefined ? '' : ` (${plain(name)})`}`;
  const head = secrets
    ? `connected as ${whose} on ${networkNames[network]}`
    : `${whose} on ${networkNames[network]}: nothing was signed in`;
  const overruled = secrets && config.credentials[network] !== undefined;
  return [
    `${colours.green('✓')} ${head}`,
    ...warnings.map((warning) => `${colours.yellow('!')} ${plain(warning)}`),
    ...(overruled
      ? [
          `${colours.yellow('!')} ${credentialNamesOf(network).join(', ')} in the environment wins over what was stored now: take it out there`,
        ]
      : []),
    ...(released > 0 ? [`  ${counted(released, 'held announcement')} released`] : []),
    '',
    ...configLines(done),
    '',
    `${colours.bold('callboard budget')}   shows what the campaign asks of ${plain(account)}, before it goes live`,
    `${colours.bold('callboard doctor')}   looks whether all is well`,
  ];
}

function configLines({ config, network, connection, stored, server }: Done): readonly string[] {
  const { account, configured } = stored;
  if (configured) {
    return [`${config.file} has the account already; it is used from now on.`];
  }
  const settings = Object.entries({
    ...connection.settings,
    ...(server !== undefined && { server }),
  });
  const preview = config.accounts.find(({ account: one }) => one.id === `preview:${network}`);
  const instead = preview ? `, in place of ${preview.account.id}` : '';
  return [
    `Write this under accounts in ${config.file}${instead}:`,
    '',
    ...(settings.length === 0
      ? [`  - ${plain(account)}`]
      : [
          `  - account: ${plain(account)}`,
          ...settings.map(([setting, value]) => `    ${setting}: ${value}`),
        ]),
  ];
}
