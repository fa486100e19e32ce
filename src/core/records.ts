/**
 * The keys of everything that this machine remembers for a user, in the host's private storage (5 MB in all, no image
 * bytes, nothing of it ever goes into a document). What each holds stands with its parser: `settings`, `parseJob`,
 * `batch`, `ledger`, `lease`, `presetList`.
 */
import type { BatchId, FileId, JobId } from './ids';

export const SETTINGS_KEY = 'settings';
/** One's own presets, all in one. */
export const PRESETS_KEY = 'presets';
export const JOB_KEYS = 'job:';
export const BATCH_KEYS = 'batch:';
export const LEDGER_KEYS = 'ledger:';
const LEASE_KEYS = 'lease:';
/** What could not be read is kept under this, by its old key, until the user throws it away. */
export const ASIDE_KEYS = 'unreadable:';

export const jobKey = (id: JobId): string => JOB_KEYS + id;
export const batchKey = (id: BatchId): string => BATCH_KEYS + id;
/**
 * One entry a month (UTC), so that saving one line never rewrites years: `ledger:2026-11`. `volume` counts from 0 and
 * goes on beside pages that a newer version of the plugin has written: `ledger:2026-11~1`.
 */
export const ledgerKey = (month: string, volume: number): string =>
  LEDGER_KEYS + month + (volume === 0 ? '' : `~${volume}`);
/**
 * A lease is held for one document: jobs are only ever gone on with in their own document, so windows that show
 * different documents do not stand in each other's way.
 */
export const leaseKey = (file: FileId): string => LEASE_KEYS + file;
