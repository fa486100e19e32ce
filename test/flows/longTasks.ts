/**
 * Tasks that keep a frame's thread busy, as the browser's own `longtask` observer reports them inside that frame, each
 * with the processor time that it took by the browser's trace. On a machine that does other things too, a task lasts
 * longer than it works: only the work is the frame's own doing.
 */
import type { Frame } from 'playwright-core';

export interface LongTask {
  /** Milliseconds from its start to its end. */
  readonly lasted: number;
  /** Milliseconds of processor time. */
  readonly worked: number;
}

export interface LongTasks {
  /** Ends the watching and gives every task of more than 50 ms in the frame. */
  stop(): Promise<readonly LongTask[]>;
}

interface Entry {
  /** 'self' is the frame's own; what its parents did shows as an ancestor's. */
  readonly name: string;
  readonly startTime: number;
  readonly duration: number;
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

const MARK = 'long tasks are watched from here';
/** Milliseconds by which the page's rounded clock and the trace may differ. */
const BLUR = 2;

/** One at a time in a browser. Frames of null origin have a process of their own, whose tasks are all theirs. */
export async function watchLongTasks(frame: Frame): Promise<LongTasks> {
  const browser = frame.page().context().browser();
  if (browser === null) throw new Error('The browser has gone');
  await browser.startTracing(frame.page(), { categories: ['toplevel', 'blink.user_timing'] });
  const begun = await frame.evaluate((mark) => {
    const seen: Entry[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const { name, startTime, duration } of list.getEntries()) seen.push({ name, startTime, duration });
    });
    observer.observe({ type: 'longtask' });
    Object.assign(window, { longTasks: seen });
    return performance.mark(mark).startTime;
  }, MARK);
  return {
    async stop() {
      // Entries are handed out after their task: one more turn brings the last.
      const entries = await frame.evaluate(async () => {
        await new Promise((resolve) => setTimeout(resolve, 100));
        return (window as unknown as { readonly longTasks: readonly Entry[] }).longTasks;
      });
      const trace = JSON.parse((await browser.stopTracing()).toString()) as { readonly traceEvents: TraceEvent[] };
      const mark = trace.traceEvents.find(({ name }) => name === MARK);
      if (mark === undefined) throw new Error('The trace does not show the mark');
      const tasks = trace.traceEvents.filter(
        ({ name, ph, pid, tid }) => /RunTask$/.test(name) && ph === 'X' && pid === mark.pid && tid === mark.tid,
      );
      return entries
        .filter(({ name }) => name === 'self')
        .map(({ startTime, duration }) => {
          const from = mark.ts / 1000 + startTime - begun;
          const worked = tasks
            .filter(({ ts, dur = 0 }) => ts / 1000 >= from - BLUR && (ts + dur) / 1000 <= from + duration + BLUR)
            .map(({ tdur = 0 }) => tdur / 1000);
          return { lasted: duration, worked: Math.max(0, ...worked) };
        });
    },
  };
}
