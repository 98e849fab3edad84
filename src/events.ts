import type { Network } from './campaign/network.js';
import type { State } from './campaign/announcement.js';
import type { EpochMs } from './program/time.js';

/** What happens while Callboard runs, for whoever shows it: the terminal, the log, a page. Never a way to steer. */
export type CallboardEvent =
  | {
      readonly kind: 'program-imported';
      readonly version: number;
      readonly sessions: number;
      readonly problems: number;
    }
  | { readonly kind: 'program-failed'; readonly message: string }
  | {
      readonly kind: 'replanned';
      readonly added: number;
      readonly moved: number;
      readonly cancelled: number;
      readonly held: number;
      readonly released: number;
    }
  /** A new version of the program says otherwise than so many posts that stand. */
  | { readonly kind: 'posts-outdated'; readonly count: number }
  | {
      readonly kind: 'announcement';
      readonly id: string;
      readonly network: Network;
      readonly leadTime: string;
      readonly to: State;
      readonly at: EpochMs;
      readonly dueAt: EpochMs;
      readonly title: string;
      readonly text?: string;
      readonly permalink?: string;
      readonly reason?: string;
    }
  /** Something that a person should know of. */
  | { readonly kind: 'notice'; readonly notice: string; readonly subject: string }
  /** Somebody wants to sign in, and no mail server is configured: for the terminal only, since the address is a secret. */
  | { readonly kind: 'sign-in-link'; readonly email: string; readonly address: string }
  | { readonly kind: 'queue-lost'; readonly message: string }
  | { readonly kind: 'queue-back' }
  | { readonly kind: 'storage-trouble'; readonly message: string };

/** Listens; a throw is a bug of the listener and reaches nobody else. */
export type EventListener = (event: CallboardEvent) => void;

/** Tells every listener, in the order in which they came. */
export interface Events {
  emit(event: CallboardEvent): void;
  /** Answers the function that ends the listening. */
  on(listener: EventListener): () => void;
}

/** A fresh set of listeners. */
export function createEvents(): Events {
  const listeners = new Set<EventListener>();
  return {
    emit(event) {
      for (const listener of listeners) {
        try {
          listener(event);
        } catch {
          // A page or a terminal that fails to show something must not stop an announcement.
        }
      }
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
