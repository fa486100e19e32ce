/**
 * Runs first in each fresh VM: builds the `figma` object on the one host function, and leaves the global scope as
 * Figma documents it. The only file here that acts when it is evaluated.
 */
import type { GuestSetup } from '../host/calls';
import { createBridge, type RawHost, readTurn } from './bridge';
import { createConsole, shown } from './console';
import { figmaObject } from './figma';
import { announce, type Guest } from './guest';
import { nodeObject } from './nodeMembers';
import { createTimers } from './timers';
import { take } from './turns';

interface Global {
  __host?: RawHost;
  __setup?: string;
  __dispatch?: (json: string, ...buffers: ArrayBuffer[]) => void;
  [name: string]: unknown;
}

const scope = globalThis as unknown as Global;
const setup = JSON.parse(scope.__setup as string) as GuestSetup;
const bridge = createBridge(scope.__host as RawHost);
delete scope.__host;
delete scope.__setup;

const console = createConsole(bridge);
const report = (thrown: unknown): void => console['error']?.(`Uncaught ${shown(thrown)}`);
const timers = createTimers(bridge, report);

const guest: Guest = {
  bridge,
  setup,
  mixed: Symbol('figma.mixed'),
  hearers: new Map(),
  notices: new Map(),
  fonts: new Set(),
  state: { closed: false, uiShown: false, allPagesLoaded: false, lastNotice: setup.lastNotice, skipInvisible: false },
  wrap: (id) => {
    return nodeObject(guest, id, bridge.nodes.get(id)?.type ?? 'RECTANGLE');
  },
  report,
};

const close = (message: string | null): void => {
  if (guest.state.closed) return;
  // The handlers of `close` may still use what answers at once.
  announce(guest, 'close');
  guest.state.closed = true;
  bridge.call('closePlugin', 'plugin.close', { message });
};

const notHere = (name: string) => (): never => {
  throw new Error(`${name} exists in Figma but is not implemented by this host`);
};

Object.assign(scope, timers.globals, {
  console,
  fetch: notHere('fetch'),
  figma: figmaObject(guest, close),
});
if (setup.html !== null) Object.assign(scope, { __html__: setup.html, __uiFiles__: { main: setup.html } });

// Seen missing in Figma as late as February 2025; this engine has it.
Reflect.deleteProperty(Object, 'hasOwn');

Object.defineProperty(scope, '__dispatch', {
  value: (json: string, ...buffers: ArrayBuffer[]) => {
    bridge.nodes.before('turn');
    take(guest, timers, readTurn(json, buffers));
  },
});
