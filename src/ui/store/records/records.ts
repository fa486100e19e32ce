/**
 * What this machine remembers, as the panel understands it. Whatever cannot be read is left as it is and counted:
 * a newer version may still understand it, and nothing here writes over it.
 */
import { type BatchRecord, parseBatch } from '../../../core/batch';
import type { BatchId, JobId } from '../../../core/ids';
import type { Job } from '../../../core/job/job';
import { parseJob } from '../../../core/job/parseJob';
import { ASIDE_KEYS, BATCH_KEYS, JOB_KEYS, PRESETS_KEY, SETTINGS_KEY } from '../../../core/records';
import { parseSettings, type Settings } from '../../../core/settings';
import type { SavedRecord } from '../../../protocol/messages';

/** What is asked for with the opening. */
export const OPENING_RECORDS: readonly string[] = [SETTINGS_KEY, PRESETS_KEY, JOB_KEYS, BATCH_KEYS, ASIDE_KEYS];

export interface Remembered {
  readonly settings: Settings;
  readonly jobs: ReadonlyMap<JobId, Job>;
  readonly batches: ReadonlyMap<BatchId, BatchRecord>;
  /** Jobs and batches, and what was put aside before. */
  readonly unreadable: number;
  /** Jobs and batches that a newer version of the plugin has written. */
  readonly newer: number;
}

/** Settings that cannot be read are the standard ones; the presets of the records are read elsewhere. */
export function parseRecords(records: readonly SavedRecord[]): Remembered {
  const jobs = new Map<JobId, Job>();
  const batches = new Map<BatchId, BatchRecord>();
  let settings: unknown = null;
  let unreadable = 0;
  let newer = 0;
  const count = (value: unknown): void => {
    if (isNewer(value)) newer++;
    else unreadable++;
  };
  for (const { key, value } of records) {
    if (key === SETTINGS_KEY) settings = value;
    else if (key.startsWith(JOB_KEYS)) {
      const job = parseJob(value);
      // A record under another job's key would be lost at that job's next save.
      if (job === null || key !== JOB_KEYS + job.id) count(value);
      else jobs.set(job.id, job);
    } else if (key.startsWith(BATCH_KEYS)) {
      const batch = parseBatch(value);
      if (batch === null || key !== BATCH_KEYS + batch.id) count(value);
      else batches.set(batch.id, batch);
    } else if (key.startsWith(ASIDE_KEYS)) count(value);
  }
  return { settings: parseSettings(settings), jobs, batches, unreadable, newer };
}

/** The jobs alone: what another window has written meanwhile. */
export function parseJobs(records: readonly SavedRecord[]): ReadonlyMap<JobId, Job> {
  return parseRecords(records.filter(({ key }) => key.startsWith(JOB_KEYS))).jobs;
}

/**
 * The settings record when saving would lose something of it: it is no object, or of a newer version. Null when it can
 * be written over.
 */
export function irreplaceable(records: readonly SavedRecord[]): SavedRecord | null {
  const saved = records.find(({ key }) => key === SETTINGS_KEY);
  if (saved === undefined || saved.value === null || saved.value === undefined) return null;
  const plain = typeof saved.value === 'object' && (saved.value as Record<string, unknown>)['v'] === 1;
  return plain ? null : saved;
}

function isNewer(value: unknown): boolean {
  const version = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)['v'] : null;
  return typeof version === 'number' && version > 1;
}
