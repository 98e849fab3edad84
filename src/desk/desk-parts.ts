import type { Addresses } from '../site/addresses.js';
import type { AssetAddresses } from '../site/assets.js';
import type { WebContext } from '../site/web-context.js';

/** What the routes of the desk share with those of the program site. */
export interface DeskParts {
  readonly context: WebContext;
  readonly assets: AssetAddresses;
  readonly addresses: Addresses;
}
