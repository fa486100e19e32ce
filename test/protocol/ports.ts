/** Two ports that face each other, and what went through them. */
import type { Port } from '../../src/protocol/port';

export interface Wire {
  readonly panel: Port;
  readonly host: Port;
  /** Everything that was posted, in order. */
  readonly messages: unknown[];
  /** Puts somebody else's message on the wire, towards both ends. */
  inject(message: unknown): void;
}

/** Messages are copied as a real boundary copies them. */
export function wire(): Wire {
  const hearers = { panel: new Set<(message: unknown) => void>(), host: new Set<(message: unknown) => void>() };
  const messages: unknown[] = [];
  const deliver = (to: 'panel' | 'host', message: unknown): void => {
    const copy: unknown = structuredClone(message);
    queueMicrotask(() => {
      for (const hear of hearers[to]) hear(copy);
    });
  };
  const port = (own: 'panel' | 'host', other: 'panel' | 'host'): Port => ({
    post: (message) => {
      messages.push(message);
      deliver(other, message);
    },
    listen: (hear) => {
      hearers[own].add(hear);
      return () => hearers[own].delete(hear);
    },
  });
  return {
    panel: port('panel', 'host'),
    host: port('host', 'panel'),
    messages,
    inject: (message) => {
      deliver('panel', message);
      deliver('host', message);
    },
  };
}

export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
