/** The host's end: one handler for each call. A handler that throws has a bug; the panel hears `unexpected`, not the throw. */
import { failed } from '../core/result';
import { type Answer, type Ask, type CallName, type HostEvent, PROTOCOL_VERSION, parseEnvelope } from './messages';
import type { Port } from './port';

export type Handlers = { readonly [Name in CallName]: (ask: Ask<Name>) => Promise<Answer<Name>> };

export interface Served {
  announce(event: HostEvent): void;
  close(): void;
}

/**
 * Calls are answered side by side, in whatever order they are done; a handler that needs an order keeps it itself.
 * After `close` nothing is heard.
 */
export function serve(port: Port, handlers: Handlers): Served {
  const answer = async (name: CallName, ask: unknown): Promise<Answer<CallName>> => {
    const known = Object.keys(handlers).includes(name);
    // Both ends are built from one table: the ask of a call has that call's type.
    const handler = handlers[name] as (ask: unknown) => Promise<Answer<CallName>>;
    if (!known) return failed({ code: 'unexpected', detail: `No handler for ${name}` });
    try {
      return await handler(ask);
    } catch (thrown) {
      return failed({ code: 'unexpected', detail: String(thrown) });
    }
  };
  const stop = port.listen((message) => {
    const envelope = parseEnvelope(message);
    if (envelope === null || envelope.kind !== 'call') return;
    const { id, name, ask } = envelope;
    void answer(name, ask).then((reply) => {
      port.post({ recoverFaces: PROTOCOL_VERSION, kind: 'reply', id, answer: reply });
    });
  });
  return {
    announce(event) {
      port.post({ recoverFaces: PROTOCOL_VERSION, kind: 'event', event });
    },
    close: stop,
  };
}
