import { isDeepStrictEqual } from 'node:util';
import type { NetworkMemory } from '../../src/publish/publisher.js';

/** What an account remembers, in this process, by the rules of the port; `kept` is what is remembered, as JSON by name. */
export function memoryForTest(kept = new Map<string, string>()): NetworkMemory {
  return {
    read: (name) => {
      const text = kept.get(name);
      return Promise.resolve(text === undefined ? undefined : (JSON.parse(text) as unknown));
    },
    write: (name, value) => {
      kept.set(name, JSON.stringify(value));
      return Promise.resolve();
    },
    swap: (name, before, value) => {
      const text = kept.get(name);
      const isSame = isDeepStrictEqual(text === undefined ? undefined : JSON.parse(text), before);
      if (isSame) kept.set(name, JSON.stringify(value));
      return Promise.resolve(isSame);
    },
    forget: (name) => {
      kept.delete(name);
      return Promise.resolve();
    },
  };
}
