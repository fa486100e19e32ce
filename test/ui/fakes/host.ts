/** A host behind the real protocol: answers by default, remembers what it was asked, and can be told to refuse. */
import { nodeId } from '../../../src/core/ids';
import { failed, ok } from '../../../src/core/result';
import { sameTarget } from '../../../src/core/target';
import { connect, type Host } from '../../../src/protocol/connect';
import type { Answer, Ask, CallName, HostEvent, SharedRecord } from '../../../src/protocol/messages';
import type { Port } from '../../../src/protocol/port';
import { type Handlers, serve } from '../../../src/protocol/serve';
import { type Given, selected, opening as standardOpening } from './data';

export interface FakeHost {
  readonly host: Host;
  /** Every call so far, in order. */
  readonly calls: readonly { readonly name: CallName; readonly ask: unknown }[];
  asks<Name extends CallName>(name: Name): readonly Ask<Name>[];
  /** From now on the call is answered so. */
  answer<Name extends CallName>(name: Name, answer: Answer<Name> | ((ask: Ask<Name>) => Answer<Name>)): void;
  announce(event: HostEvent): void;
  /** The host's storage as it stands, by key: shared by the hosts that are given the same one. */
  readonly saved: Map<string, unknown>;
  /** What the document carries for everybody, by key. */
  readonly document: Map<string, SharedRecord>;
}

/** Two ends; what one posts the other hears in a later turn, as copies, as it is across frames. */
export function portPair(): readonly [Port, Port] {
  const hearers: readonly Set<(message: unknown) => void>[] = [new Set(), new Set()];
  const end = (own: number): Port => ({
    post(message) {
      const copy: unknown = structuredClone(message);
      queueMicrotask(() => {
        for (const hear of hearers[1 - own] ?? []) hear(copy);
      });
    },
    listen(hear) {
      hearers[own]?.add(hear);
      return () => hearers[own]?.delete(hear);
    },
  });
  return [end(0), end(1)];
}

/** `saved`: a storage that other windows of the user share. */
export function fakeHost(given: Given = {}, saved = new Map<string, unknown>()): FakeHost {
  for (const { key, value } of standardOpening(given).records) if (!saved.has(key)) saved.set(key, value);
  const under = (prefixes: readonly string[]) =>
    [...saved]
      .filter(([key]) => prefixes.some((prefix) => key.startsWith(prefix)))
      .map(([key, value]) => ({ key, value: structuredClone(value) }));
  const document = new Map(standardOpening(given).shared.map((record) => [record.key, record]));
  const carried = (prefixes: readonly string[]) =>
    [...document.values()]
      .filter(({ key }) => prefixes.some((prefix) => key.startsWith(prefix)))
      .map((record) => structuredClone(record));
  const calls: { readonly name: CallName; readonly ask: unknown }[] = [];
  const answers = new Map<CallName, (ask: never) => unknown>();
  const [inner, outer] = portPair();
  const standard: { readonly [Name in CallName]: (ask: Ask<Name>) => Answer<Name> } = {
    'panel.open': ({ records, shared }) =>
      ok({ ...standardOpening(given), records: under(records), shared: carried(shared) }),
    'panel.resize': () => ok(null),
    'panel.show': () => ok(null),
    'panel.close': () => ok(null),
    'selection.read': () => ok(standardOpening(given).selection),
    'thumbnail.read': () => ok(new Uint8Array([9])),
    'picture.read': ({ target }) => ok({ bytes: new TextEncoder().encode(target.nodeId), imageHash: target.imageHash }),
    'pictures.collect': () => ok(standardOpening(given).selection),
    'target.look': ({ target }) => {
      const shown = given.selection?.pictures.find((picture) => sameTarget(picture.target, target));
      return ok({ state: 'same', now: shown ?? selected(target.nodeId, { target }) });
    },
    'undo.split': () => ok(null),
    'result.place': ({ target, form }) =>
      ok({
        nodeId: form === 'layer' ? nodeId('new layer') : target.nodeId,
        form,
        resultHash: target.imageHash,
        notes: [],
      }),
    'result.revert': () => ok(null),
    'result.compare': () => ok(null),
    'results.find': () => ok({ results: [], leftOut: 0, unread: 0 }),
    'layer.show': () => ok(null),
    'file.keep': () => ok(null),
    'record.read': ({ prefix }) => ok(under([prefix])),
    'record.save': ({ key, value }) => {
      saved.set(key, value);
      return ok(null);
    },
    'record.forget': ({ key }) => {
      saved.delete(key);
      return ok(null);
    },
    'shared.read': ({ prefix }) => ok(carried([prefix])),
    'shared.save': ({ key, value }) => {
      const written = { key, value, by: 'You', at: 5000 + document.size };
      document.set(key, written);
      return ok(written);
    },
    'shared.forget': ({ key }) => {
      document.delete(key);
      return ok(null);
    },
    'notice.progress': () => ok(null),
    'notice.show': () => ok(null),
    'link.open': () => ok(null),
  };
  const handler = (name: CallName) => async (ask: unknown) => {
    calls.push({ name, ask });
    const answer = (answers.get(name) ?? standard[name]) as (ask: unknown) => unknown;
    return answer(ask);
  };
  const names = Object.keys(standard) as CallName[];
  // Each name gets the handler made for it: the table above has exactly the protocol's names.
  const handlers = Object.fromEntries(names.map((name) => [name, handler(name)])) as unknown as Handlers;
  const served = serve(inner, handlers);
  return {
    host: connect(outer, { giveUp: () => new Promise(() => undefined) }),
    calls,
    saved,
    document,
    asks: <Name extends CallName>(name: Name) =>
      calls.filter((call) => call.name === name).map((call) => call.ask as Ask<Name>),
    answer(name, answer) {
      answers.set(name, typeof answer === 'function' ? (answer as (ask: never) => unknown) : () => answer);
    },
    announce: served.announce,
  };
}

export const refused = failed({ code: 'storage-full' } as const);
