/**
 * How long the built panel takes from the first byte of its page to a view that can be used, in the stand-in host: inside
 * its sandboxed frame of null origin, with the plugin's main thread answering. The clock runs in the panel's own frame.
 */
import type { Browser } from 'playwright-core';
// Declares `window.playground`.
import type {} from '../../playground/page/driver';
import { STANDARD_SETTINGS } from '../../src/core/settings';

/** Milliseconds from the start of the frame's document. */
export interface Opening {
  /** Everything above the panel's script is parsed, and the script begins. */
  readonly parsed: number;
  /** The first view stands in the document, with its heading and everything on it that can be pressed. */
  readonly drawn: number;
  /** That view is on the screen. */
  readonly usable: number;
  /** The longest task until then; 0 when none was longer than 50. */
  readonly longest: number;
  /** Processor time of the frame's thread from `parsed` to `usable`: what it would take on a machine that does nothing else. */
  readonly worked: number;
}

type Clock = { -readonly [Name in Exclude<keyof Opening, 'worked'>]: number };

/** Runs in every frame before its page; only the panel's frame is a `srcdoc`. Says its clock on the console at the end: nothing is asked of the frame before. */
function watch(): void {
  if (location.href !== 'about:srcdoc') return;
  const clock: Clock = { parsed: 0, drawn: 0, usable: 0, longest: 0 };
  new PerformanceObserver((list) => {
    for (const { startTime, duration, name } of list.getEntries()) {
      if (name === 'self' && (clock.usable === 0 || startTime < clock.usable)) {
        clock.longest = Math.max(clock.longest, duration);
      }
    }
  }).observe({ type: 'longtask', buffered: true });
  const observer = new MutationObserver(() => {
    const panel = document.getElementById('panel');
    // The parser hands out what changed before it runs a script: the panel's is the last one, without an id.
    if (clock.parsed === 0 && document.querySelector('body > script:not([id])') !== null)
      clock.parsed = performance.mark('panel parsed').startTime;
    if (panel?.querySelector('h1, h2') == null || panel.querySelector('button') === null) return;
    observer.disconnect();
    clock.drawn = performance.now();
    requestAnimationFrame(() => {
      // A message is handed out after the frame is painted.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        clock.usable = performance.mark('panel usable').startTime;
        // A long task is told of in a turn of its own.
        setTimeout(() => console.info(`opening clock ${JSON.stringify(clock)}`), 50);
      };
      port2.postMessage(null);
    });
  });
  observer.observe(document, { childList: true, subtree: true });
}

const CLOCK = 'opening clock ';

/** Opens the panel once in a fresh profile, with the layer of this name selected, or nothing. */
export async function openOnce(browser: Browser, address: string, layer: string | null): Promise<Opening> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  try {
    await context.addInitScript(watch);
    // A person who has chosen a service before.
    await context.addInitScript(
      (settings) => {
        if (location.protocol === 'http:') localStorage.setItem('clientStorage:settings', settings);
      },
      JSON.stringify({ json: JSON.stringify({ ...STANDARD_SETTINGS, service: 'topaz', key: 'not a key' }), bytes: [] }),
    );
    const page = await context.newPage();
    await page.goto(address);
    await page.waitForFunction(() => 'playground' in window);
    await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] });
    const said = page.waitForEvent('console', (message) => message.text().startsWith(CLOCK));
    await page.evaluate((name) => {
      window.playground.select(...(name === null ? [] : [name]));
      void window.playground.run('recover');
    }, layer);
    const clock = JSON.parse((await said).text().slice(CLOCK.length)) as Clock;
    return { ...clock, worked: workOf(await browser.stopTracing()) };
  } finally {
    await context.close();
  }
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
}

/** Milliseconds of the tasks between the two marks, on the thread that set them. */
function workOf(trace: Buffer): number {
  const { traceEvents } = JSON.parse(trace.toString()) as { readonly traceEvents: readonly TraceEvent[] };
  const mark = (name: string): TraceEvent | undefined => traceEvents.find((event) => event.name === name);
  const [from, to] = [mark('panel parsed'), mark('panel usable')];
  if (from === undefined || to === undefined) return Number.NaN;
  return traceEvents
    .filter(({ name, ph, pid, tid }) => /RunTask$/.test(name) && ph === 'X' && pid === from.pid && tid === from.tid)
    .reduce((sum, { ts, dur = 0, tdur = 0 }) => {
      const inside = Math.min(ts + dur, to.ts) - Math.max(ts, from.ts);
      // Of a task that began before the page was parsed only its later part counts.
      return inside <= 0 || dur === 0 ? sum : sum + (tdur * (inside / dur)) / 1000;
    }, 0);
}
