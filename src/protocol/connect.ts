/** The panel's end: `host.call(...)` asks and waits, `host.onEvent(...)` hears announcements. */
import { failed } from '../core/result';
import { type Answer, type Ask, type CallName, type HostEvent, PROTOCOL_VERSION, parseEnvelope } from './messages';
import type { Port } from './port';

export interface Host {
  /** Never rejects: a host that is gone answers `host-silent` when `giveUp` settles the wait. */
  call<Name extends CallName>(name: Name, ask: Ask<Name>): Promise<Answer<Name>>;
  onEvent(hear: (event: HostEvent) => void): () => void;
  close(): void;
}

export interface Waiting {
  /** Resolves when an unanswered call of this name should be given up; never, for calls that may take long. */
  giveUp(name: CallName): Promise<void>;
}

/**
 * Listens at once. Replies to calls that were given up, and whatever carries another tag or version, are dropped.
 */
export function connect(port: Port, waiting: Waiting): Host {
  let lastId = 0;
  const open = new Map<number, (answer: Answer<CallName>) => void>();
  const hearers = new Set<(event: HostEvent) => void>();
  const stop = port.listen((message) => {
    const envelope = parseEnvelope(message);
    if (envelope === null) return;
    if (envelope.kind === 'event') for (const hear of hearers) hear(envelope.event);
    if (envelope.kind !== 'reply') return;
    const settle = open.get(envelope.id);
    open.delete(envelope.id);
    // The reply to a call has that call's answer type: `serve` answers by the same table.
    settle?.(envelope.answer as Answer<CallName>);
  });
  return {
    call<Name extends CallName>(name: Name, ask: Ask<Name>): Promise<Answer<Name>> {
      const id = ++lastId;
      return new Promise<Answer<Name>>((resolve) => {
        open.set(id, resolve as (answer: Answer<CallName>) => void);
        port.post({ recoverFaces: PROTOCOL_VERSION, kind: 'call', id, name, ask });
        void waiting.giveUp(name).then(() => {
          if (open.delete(id)) resolve(failed({ code: 'host-silent' }) as Answer<Name>);
        });
      });
    },
    onEvent(hear) {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    close() {
      stop();
      for (const settle of open.values()) settle(failed({ code: 'host-silent' }));
      open.clear();
      hearers.clear();
    },
  };
}
