/**
 * The local engine, with jobs that take as long as they are planned to. Who sent a job and which one it is, is told by
 * the size of its picture: every job of every client has one of its own. Counts each request by the client's key, and
 * notes when each job is ready.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine } from '../../engine/engine';
import { Cancelled, type Restorer } from '../../engine/restorer';
import { type Speed, timeLeft } from '../../engine/speed';
import { rgbaImage } from '../../src/pixels/image';
import { NO_PACE } from '../../src/pixels/pace';
import { encodePng } from '../../src/pixels/png/encode';
import { sleep } from './network';
import type { PlannedJob } from './plan';

export interface BenchService {
  readonly address: string;
  /** The picture that client `index` sends for a job. The result is this picture again. */
  picture(client: number, job: PlannedJob): Promise<Uint8Array>;
  /** Monotonic milliseconds at which the job was completed; null before. */
  readyAt(client: number, job: PlannedJob): number | null;
  /** Requests so far that carry this key, and downloads of results of jobs sent with it. */
  requests(client: number): number;
  /** The same, by what they ask for. */
  kinds(client: number): ReadonlyMap<string, number>;
  keyOf(client: number): string;
  /** Charges so far. */
  charges(): number;
  close(): Promise<void>;
}

const SMALLEST = 64;

/** `telling`: jobs report how far they are, and the service corrects its estimate by it. */
export async function startService(jobs: readonly PlannedJob[], telling: boolean): Promise<BenchService> {
  const data = mkdtempSync(join(tmpdir(), 'bench-client-'));
  const size = (client: number, { number }: PlannedJob) => ({ width: SMALLEST + number, height: SMALLEST + client });
  const jobOf = ({ width }: { readonly width: number }): PlannedJob => {
    const job = jobs[width - SMALLEST];
    if (job === undefined) throw new Error(`No job has a picture of ${width} px`);
    return job;
  };
  const ready = new Map<string, number>();
  const nameOf = ({ width, height }: { readonly width: number; readonly height: number }): string =>
    `${width} x ${height}`;
  const counts = new Map<number, Map<string, number>>();
  const count = (client: number, kind: string): void => {
    const kinds = counts.get(client) ?? new Map<string, number>();
    counts.set(client, kinds.set(kind, (kinds.get(kind) ?? 0) + 1));
  };
  const speed: Speed = {
    expect: (input) => jobOf(input).expected,
    measured: (input) => void ready.set(nameOf(input), performance.now()),
    left: (input, elapsed, fraction) => timeLeft(jobOf(input).expected, elapsed, fraction),
  };
  const started = await startEngine({
    data,
    parallel: Number.POSITIVE_INFINITY,
    credits: 1_000_000,
    speed,
    restorer: planned(jobOf, telling),
    onRequest: ({ headers, method, path }) => {
      const key = headers['x-api-key'];
      if (typeof key === 'string') {
        count(Number(key.replace('client-', '')), kindOf(method, path));
        return;
      }
      const [, , processId] = path.split('/');
      const job = started.ok ? started.value.jobs().find((one) => one.processId === processId) : undefined;
      if (job !== undefined) count(job.input.height - SMALLEST, 'bytes');
    },
  });
  if (!started.ok) throw new Error(`The engine did not start: ${started.error}`);
  const engine = started.value;
  engine.warm();
  return {
    address: engine.address,
    picture: (client, job) => {
      const { width, height } = size(client, job);
      const image = rgbaImage(width, height);
      image.data.forEach((_, at) => {
        image.data[at] = at % 4 === 3 ? 255 : (at * 7 + job.number * 31 + client * 101) % 256;
      });
      return encodePng(image, null, NO_PACE);
    },
    readyAt: (client, job) => ready.get(nameOf(size(client, job))) ?? null,
    requests: (client) => [...(counts.get(client)?.values() ?? [])].reduce((sum, number) => sum + number, 0),
    kinds: (client) => counts.get(client) ?? new Map(),
    keyOf: (client) => `client-${client}`,
    charges: () => engine.charges().length,
    async close() {
      await engine.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

function kindOf(method: string, path: string): string {
  if (method === 'POST') return 'submit';
  if (path.includes('/credits/')) return 'balance';
  if (path.includes('/download/')) return 'link';
  return /\/status\/[^/]+$/.test(path) ? 'status' : 'list';
}

function planned(jobOf: (input: { readonly width: number }) => PlannedJob, telling: boolean): Restorer {
  return {
    kind: 'Benchmark: gives the picture back after the planned time',
    async restore({ picture, scale }, { onProgress, isCancelled }) {
      if (scale !== 1) throw new Error('Only for results of the input size');
      const { actual, steps } = jobOf(picture.image);
      const begun = performance.now();
      let share = 0;
      for (const [index, step] of steps.entries()) {
        share += step;
        await sleep(Math.max(0, begun + share * actual * 1000 - performance.now()), null);
        if (isCancelled()) throw new Cancelled();
        if (telling) onProgress((index + 1) / steps.length);
      }
      return { image: picture.image, faces: 0 };
    },
  };
}
