/**
 * The data folder: `jobs/<id>.json`, `sources/<id>` (uploads as they came), `results/<id>`, the ledger and the secret
 * that signs links. What is 7 days old is deleted, as the service does.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EngineJob, isFinished, parseJob } from './job';

const RETENTION_SECONDS = 7 * 24 * 3600;

export interface Store {
  /** Newest first. */
  list(): readonly EngineJob[];
  get(processId: string): EngineJob | null;
  /** Written to disk before it returns. */
  put(job: EngineJob): void;
  /** In memory only: for progress, which a restart need not remember. */
  note(job: EngineJob): void;
  delete(processId: string): void;
  /** Deletes what is older than 7 days and is not being worked on. */
  expire(nowSeconds: number): void;
  nextSequence(): number;
  sourceFile(sourceId: string): string;
  resultFile(processId: string): string;
  /** Where an upload is streamed to before it is known to be a picture. */
  incomingFile(sourceId: string): string;
  readonly secret: Uint8Array;
}

/**
 * Makes the folder when it is not there. Records that cannot be read are left where they are and ignored. Throws
 * where it cannot be written to; two stores on one folder are the caller's to prevent (`lock`).
 */
export function openStore(folder: string): Store {
  const place = (kind: string, name: string): string => join(folder, kind, name);
  for (const kind of ['jobs', 'sources', 'results']) mkdirSync(join(folder, kind), { recursive: true });
  // What was being uploaded when the engine stopped is nobody's.
  rmSync(join(folder, 'incoming'), { recursive: true, force: true });
  mkdirSync(join(folder, 'incoming'));
  const jobs = new Map<string, EngineJob>();
  for (const name of readdirSync(join(folder, 'jobs'))) {
    const job = readJob(place('jobs', name));
    if (job !== null) jobs.set(job.processId, job);
  }
  let last = Math.max(0, ...[...jobs.values()].map(({ sequence }) => sequence));
  const remove = (processId: string): void => {
    const job = jobs.get(processId);
    if (job === undefined) return;
    jobs.delete(processId);
    rmSync(place('jobs', `${processId}.json`), { force: true });
    rmSync(place('results', processId), { force: true });
    const shared = [...jobs.values()].some(({ sourceId }) => sourceId === job.sourceId);
    if (!shared) rmSync(place('sources', job.sourceId), { force: true });
  };
  return {
    list: () => [...jobs.values()].sort((a, b) => b.sequence - a.sequence),
    get: (processId) => jobs.get(processId) ?? null,
    put: (job) => {
      jobs.set(job.processId, job);
      const file = place('jobs', `${job.processId}.json`);
      writeFileSync(`${file}.new`, JSON.stringify(job));
      renameSync(`${file}.new`, file);
    },
    note: (job) => {
      jobs.set(job.processId, job);
    },
    delete: remove,
    expire: (now) => {
      for (const job of [...jobs.values()]) {
        if (isFinished(job.status) && now - job.creationTime > RETENTION_SECONDS) remove(job.processId);
      }
    },
    nextSequence: () => {
      last += 1;
      return last;
    },
    sourceFile: (sourceId) => place('sources', sourceId),
    resultFile: (processId) => place('results', processId),
    incomingFile: (sourceId) => place('incoming', sourceId),
    secret: readSecret(join(folder, 'secret')),
  };
}

function readJob(file: string): EngineJob | null {
  if (!file.endsWith('.json')) return null;
  try {
    return parseJob(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Cut off or not ours: the rest of the folder lives on.
    return null;
  }
}

/** Kept, so that links outlive a restart. */
function readSecret(file: string): Uint8Array {
  if (existsSync(file)) {
    const bytes = readFileSync(file);
    if (bytes.length === 32) return bytes;
  }
  const bytes = randomBytes(32);
  writeFileSync(file, bytes, { mode: 0o600 });
  return bytes;
}
