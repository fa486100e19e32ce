/** How much memory a process of the browser holds and has held, from the system's own account (Linux). */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Browser, Frame, Page } from 'playwright-core';

export interface Held {
  /** Bytes in physical memory now, and the most since `forgetPeak`. */
  readonly now: number;
  readonly peak: number;
}

/** Elsewhere there is no such account. */
export const isMeasurable = (): boolean => existsSync('/proc/self/clear_refs');

export function heldBy(pid: number): Held {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const bytes = (name: string): number => 1024 * Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]);
  return { now: bytes('VmRSS'), peak: bytes('VmHWM') };
}

/** The peak begins anew with what is held now. */
export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** The process that runs a frame's script and its workers. */
export async function processOf(browser: Browser, page: Page, frame: Frame): Promise<number> {
  const mark = `process ${Math.random()}`;
  await browser.startTracing(page, { categories: ['blink.user_timing'] });
  await frame.evaluate((name) => void performance.mark(name), mark);
  const trace = JSON.parse((await browser.stopTracing()).toString()) as {
    readonly traceEvents: readonly { readonly name: string; readonly pid: number }[];
  };
  const found = trace.traceEvents.find(({ name }) => name === mark);
  if (found === undefined) throw new Error('The trace does not show the mark');
  return found.pid;
}
