/** setTimeout and its kin. The host keeps the clock; here are only the callbacks. */
import type { Bridge } from './bridge';

export interface Timers {
  fire(id: number): void;
  readonly globals: {
    setTimeout(callback: unknown, milliseconds?: unknown, ...args: readonly unknown[]): number;
    setInterval(callback: unknown, milliseconds?: unknown, ...args: readonly unknown[]): number;
    clearTimeout(id: unknown): void;
    clearInterval(id: unknown): void;
  };
}

/** `report` hears what a callback throws: it ends nothing but that callback. */
export function createTimers(bridge: Bridge, report: (thrown: unknown) => void): Timers {
  let last = 0;
  const open = new Map<number, { readonly act: () => unknown; readonly repeat: boolean }>();
  const set =
    (repeat: boolean, name: string) =>
    (callback: unknown, delay: unknown, ...args: readonly unknown[]): number => {
      if (typeof callback !== 'function') throw new TypeError(`in ${name}: Expected callback to be a function`);
      const id = ++last;
      open.set(id, { act: () => (callback as (...given: readonly unknown[]) => unknown)(...args), repeat });
      bridge.call(name, 'timer.set', { id, milliseconds: Math.max(0, Number(delay) || 0), repeat });
      return id;
    };
  const clear = (id: unknown): void => {
    if (typeof id !== 'number' || !open.delete(id)) return;
    bridge.call('clearTimeout', 'timer.clear', { id });
  };
  return {
    fire(id) {
      const timer = open.get(id);
      if (timer === undefined) return;
      if (!timer.repeat) open.delete(id);
      try {
        const outcome = timer.act();
        if (outcome instanceof Promise) outcome.catch(report);
      } catch (thrown) {
        report(thrown);
      }
    },
    globals: {
      setTimeout: set(false, 'setTimeout'),
      setInterval: set(true, 'setInterval'),
      clearTimeout: clear,
      clearInterval: clear,
    },
  };
}
