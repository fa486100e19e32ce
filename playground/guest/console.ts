/** The VM's console: arguments as text, one line each call. */
import type { ConsoleLevel } from '../host/calls';
import type { Bridge } from './bridge';

/** `clear` and the other members do nothing or are not there: a person reads the lines, a test counts them. */
export function createConsole(bridge: Bridge): Readonly<Record<string, (...args: readonly unknown[]) => void>> {
  const write =
    (level: ConsoleLevel) =>
    (...args: readonly unknown[]): void => {
      bridge.call('console', 'console.write', { level, text: args.map(shown).join(' ') });
    };
  return {
    log: write('log'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    assert: (condition, ...args) => {
      if (!condition) write('error')('Assertion failed:', ...args);
    },
    clear: () => undefined,
  };
}

/** As a person would read it; never throws. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof Uint8Array) return `Uint8Array(${value.length})`;
  if (typeof value === 'symbol' || typeof value === 'function' || value === undefined) return String(value);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // A circular structure: its kind says enough.
    return Object.prototype.toString.call(value);
  }
}
