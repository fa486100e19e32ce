/** An engine on free ports and a folder of its own, with a restorer whose pace the test sets. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { onTestFinished } from 'vitest';
import { type Engine, startEngine } from '../../engine/engine';
import type { EngineOptions, SeenRequest } from '../../engine/options';
import { Cancelled, type Restorer } from '../../engine/restorer';
import { rgbaImage } from '../../src/pixels/image';

/** A restorer that waits for the test before it hands the picture back as it is. */
export interface SlowRestorer extends Restorer {
  /** Jobs begun so far. */
  readonly begun: () => number;
  /** Lets the running job, or the next one, go to its end. */
  finish(): void;
  /** Makes the running job, or the next one, fail. */
  fail(): void;
}

export function slowRestorer(): SlowRestorer {
  let begun = 0;
  let orders: ('finish' | 'fail')[] = [];
  return {
    kind: 'a test restorer',
    begun: () => begun,
    finish: () => orders.push('finish'),
    fail: () => orders.push('fail'),
    restore: async ({ picture, scale }, { onProgress, isCancelled }) => {
      begun += 1;
      onProgress(0.5);
      for (;;) {
        if (isCancelled()) throw new Cancelled();
        const [order, ...rest] = orders;
        orders = rest;
        if (order === 'fail') throw new Error('out of order, on purpose');
        if (order === 'finish') {
          const { width, height } = picture.image;
          const image = scale === 1 ? picture.image : rgbaImage(width * scale, height * scale);
          return { image, faces: 0 };
        }
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    },
  };
}

/** Finishes every job at once. */
export function quickRestorer(): Restorer {
  return {
    kind: 'a test restorer',
    restore: async ({ picture, scale }) => {
      const { width, height } = picture.image;
      return { image: scale === 1 ? picture.image : rgbaImage(width * scale, height * scale), faces: 0 };
    },
  };
}

export interface Running {
  readonly engine: Engine;
  readonly folder: string;
  readonly seen: readonly SeenRequest[];
  readonly log: readonly string[];
  call(path: string, init?: RequestInit): Promise<Response>;
  json(path: string, init?: RequestInit): Promise<Json>;
}

// biome-ignore lint/suspicious/noExplicitAny: answers are read member by member in assertions, which fail by themselves
export type Json = any;

export const KEY = 'k-secret-123';

export async function runEngine(options: Partial<EngineOptions> = {}): Promise<Running> {
  const folder = options.data ?? (await newFolder());
  const seen: SeenRequest[] = [];
  const log: string[] = [];
  const started = await startEngine({
    restorer: quickRestorer(),
    onRequest: (request) => seen.push(request),
    log: (line) => log.push(line),
    ...options,
    data: folder,
  });
  if (!started.ok) throw new Error(`The engine did not start: ${JSON.stringify(started.error)}`);
  const engine = started.value;
  onTestFinished(() => engine.close());
  const call = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(engine.address + path, { ...init, headers: { 'X-API-Key': KEY, ...init.headers } });
  return { engine, folder, seen, log, call, json: async (path, init) => (await call(path, init)).json() };
}

export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'engine-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A small PNG, another picture for another `shade`. */
export function picture(shade = 100, width = 6, height = 4): Uint8Array {
  const data = Uint8Array.from({ length: width * height * 4 }, (_, at) => (at % 4 === 3 ? 255 : (shade + at) % 256));
  return encode({ width, height, data, channels: 4, depth: 8 });
}

export function formOf(
  fields: Readonly<Record<string, string>>,
  file?: Uint8Array,
  name = 'portrait~abc-1.png',
): FormData {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) form.set(key, value);
  if (file !== undefined) form.set('image', new Blob([new Uint8Array(file)]), name);
  return form;
}

export const SUBMIT = '/image/v1/restore-gen/async';

/** Submits and gives the process id. */
export async function submit(
  { json }: Running,
  fields: Readonly<Record<string, string>> = {},
  file: Uint8Array = picture(),
  name?: string,
): Promise<string> {
  const answer = await json(SUBMIT, { method: 'POST', body: formOf({ model: 'Faces', ...fields }, file, name) });
  if (typeof answer.process_id !== 'string') throw new Error(`Not accepted: ${JSON.stringify(answer)}`);
  return answer.process_id;
}

/** Waits until the job says one of these. */
export async function until({ json }: Running, id: string, ...statuses: readonly string[]): Promise<Json> {
  for (;;) {
    const job = await json(`/image/v1/status/${id}`);
    if (statuses.includes(job.status)) return job;
    if (['Failed', 'Cancelled', 'Completed'].includes(job.status))
      throw new Error(`The job is ${job.status}: ${job.message}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
