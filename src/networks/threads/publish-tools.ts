import type { ContainerOptions } from './container-request.js';
import type { ContainerTools } from './containers.js';
import type { SightOptions } from './sighting.js';

/** What publishing needs. */
export interface PublishTools extends SightOptions, ContainerTools, ContainerOptions {
  /** The longest that one `publish` may take, in milliseconds. */
  readonly timeoutMs: number;
}

/** Belief: when to come back, in milliseconds, where Threads says that it was too much and not until when. */
export const throttledMs = 30_000;
