import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EngineJob } from '../../engine/job';
import { openLedger } from '../../engine/ledger';
import { createQueue, type Outcome } from '../../engine/queue';
import { createSpeeds } from '../../engine/speed';
import { openStore } from '../../engine/store';
import { runTask } from '../../engine/worker/task';
import { STANDARD_PARAMETERS } from '../../src/core/parameters';
import { newFolder, picture, quickRestorer } from './running';

const JOB: EngineJob = {
  v: 1,
  sequence: 1,
  processId: 'one',
  sourceId: 'source',
  filename: 'a.png',
  input: { width: 1000, height: 1000, format: 'png' },
  output: { width: 1000, height: 1000, format: 'png' },
  work: { kind: 'faces', parameters: STANDARD_PARAMETERS },
  status: 'Pending',
  progress: 0,
  eta: 0,
  creationTime: 0,
  modificationTime: 0,
  credits: 1,
  message: null,
};

/** A queue whose work ends when the test says so, stopped or not. */
async function openQueue() {
  const folder = await newFolder();
  const store = openStore(folder);
  const ledger = openLedger(folder, 10);
  let end: (outcome: Outcome) => void = () => undefined;
  let tell: (fraction: number) => void = () => undefined;
  const work = (_: EngineJob, onProgress: (fraction: number) => void) => {
    tell = onProgress;
    return { outcome: new Promise<Outcome>((resolve) => (end = resolve)), stop: () => undefined };
  };
  const queue = createQueue(
    store,
    ledger,
    createSpeeds(),
    work,
    () => 1000,
    () => undefined,
    1,
  );
  ledger.reserve('one', 1);
  queue.add(JOB);
  const finish = async (outcome: Outcome) => {
    end(outcome);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { store, ledger, queue, finish, tell: (fraction: number) => tell(fraction) };
}

describe('a result that comes after the job was cancelled', () => {
  it('is thrown away and not charged', async () => {
    const { store, ledger, queue, finish } = await openQueue();
    expect(queue.cancel('one')).toBe(true);
    await finish({ kind: 'restored' });
    expect(store.get('one')?.status).toBe('Cancelled');
    expect(ledger.charges()).toEqual([]);
    expect(ledger.balance()).toEqual({ available: 10, reserved: 0, total: 10 });
  });

  it('does not bring a deleted job back', async () => {
    const { store, ledger, queue, finish } = await openQueue();
    queue.cancel('one');
    store.delete('one');
    await finish({ kind: 'restored' });
    expect(store.get('one')).toBeNull();
    expect(ledger.charges()).toEqual([]);
  });
});

describe('progress', () => {
  it('never goes back, never says 100 early, and says nothing of a job that is over', async () => {
    const { store, queue, tell } = await openQueue();
    tell(0.5);
    tell(0.3);
    expect(store.get('one')?.progress).toBe(50);
    tell(1);
    expect(store.get('one')?.progress).toBe(99);
    queue.cancel('one');
    const cancelled = store.get('one');
    tell(1);
    expect(store.get('one')).toBe(cancelled);
  });
});

describe('a task that was cancelled at its very end', () => {
  it('leaves no result behind', async () => {
    const folder = await newFolder();
    await mkdir(join(folder, 'out'));
    await writeFile(join(folder, 'in'), picture());
    const task = {
      source: join(folder, 'in'),
      result: join(folder, 'out', 'result'),
      format: 'png',
      work: { kind: 'faces', parameters: STANDARD_PARAMETERS, scale: 1 },
    } as const;
    const run = (cancelled: boolean) =>
      runTask(quickRestorer(), task, { onProgress: () => undefined, isCancelled: () => cancelled });
    expect(await run(true)).toEqual({ ok: false, error: 'cancelled' });
    expect(await readdir(join(folder, 'out'))).toEqual([]);
    expect(await run(false)).toEqual({ ok: true, value: { faces: 0 } });
    expect(await readdir(join(folder, 'out'))).toEqual(['result']);
  });
});
