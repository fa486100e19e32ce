/** What the parts of the fake share: the line to the host, what the run was started with, and the event lists. */
import type { NodeData } from '../document/node';
import type { GuestSetup } from '../host/calls';
import type { Bridge } from './bridge';

export type Hearer = (...args: readonly unknown[]) => unknown;

export interface Guest {
  readonly bridge: Bridge;
  readonly setup: GuestSetup;
  readonly mixed: symbol;
  /** By event name; page events are `<page id>/nodechange`, the window's are `ui/message`. */
  readonly hearers: Map<string, Hearer[]>;
  readonly notices: Map<number, NoticeCallbacks>;
  readonly state: {
    closed: boolean;
    uiShown: boolean;
    allPagesLoaded: boolean;
    lastNotice: number;
    skipInvisible: boolean;
  };
  readonly fonts: Set<string>;
  /** A fresh object for the layer each time, as in Figma: compare ids, not objects. */
  readonly wrap: (id: string) => object;
  readonly report: (thrown: unknown) => void;
}

export interface NoticeCallbacks {
  readonly action: (() => unknown) | undefined;
  readonly onDequeue: ((reason: string) => unknown) | undefined;
}

/** Every use of the API passes here: nothing works after `closePlugin`. */
export function alive(guest: Guest, member: string): void {
  if (guest.state.closed) throw new Error(`in ${member}: The plugin was closed by figma.closePlugin()`);
}

/** Throws while parameters are being entered, and after the plugin was closed. */
export function mayWrite(guest: Guest, member: string): void {
  alive(guest, member);
  if (guest.setup.query)
    throw new Error(`in ${member}: The document cannot be changed while parameters are being entered`);
}

/** The layer as it is at this moment. Throws Figma's words when it is gone. */
export function data(guest: Guest, id: string, member: string): NodeData {
  alive(guest, member);
  const node = guest.bridge.nodes.get(id);
  if (node !== null) return node;
  const kind = id.startsWith('I') ? 'node (instance sublayer or table cell)' : 'node';
  throw new Error(`in ${member}: The ${kind} with id "${id}" does not exist`);
}

/** The id of a layer object that came back from the plugin. */
export function idOf(member: string, value: unknown): string {
  if (typeof value !== 'object' || value === null)
    throw new Error(`in ${member}: Expected node, got ${value === null ? 'null' : typeof value}`);
  const id: unknown = (value as Record<string, unknown>)['id'];
  if (typeof id !== 'string') throw new Error(`in ${member}: Expected node, got object`);
  return id;
}

/** In place, as Figma freezes what it hands out; bytes stay writable. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value) && !(value instanceof Uint8Array)) {
    Object.freeze(value);
    for (const item of Object.values(value)) deepFreeze(item);
  }
  return value;
}

/** Calls the hearers of an event; what one of them throws, at once or later, is reported and stops no other. */
export function announce(guest: Guest, event: string, ...args: readonly unknown[]): void {
  for (const hear of [...(guest.hearers.get(event) ?? [])]) {
    try {
      const outcome = hear(...args);
      if (outcome instanceof Promise) outcome.catch(guest.report);
    } catch (thrown) {
      guest.report(thrown);
    }
  }
}

/** In the order in which they registered; `once`: until it was called. Throws when `hear` is no function. */
export function listen(guest: Guest, event: string, hear: unknown, member: string, once = false): void {
  alive(guest, member);
  if (typeof hear !== 'function') throw new Error(`in ${member}: Expected callback to be a function`);
  const list = guest.hearers.get(event) ?? [];
  const heard = hear as Hearer;
  const entry: Hearer = once
    ? (...args) => {
        unlisten(guest, event, entry);
        return heard(...args);
      }
    : heard;
  guest.hearers.set(event, [...list, entry]);
}

/** Nothing happens when it was never registered. */
export function unlisten(guest: Guest, event: string, hear: unknown): void {
  guest.hearers.set(
    event,
    (guest.hearers.get(event) ?? []).filter((each) => each !== hear),
  );
}
