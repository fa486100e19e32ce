/** How a batch begins: opened by the user or by a selection, collected by the host, or found as an earlier opening left it. Pure. */
import { type BatchRecord, distinct } from '../../../core/batch';
import type { ImageHash } from '../../../core/ids';
import type { Progress } from '../../../core/job/progress';
import type { SelectionReport } from '../../../protocol/selection';
import type { Ready } from '../state';
import { type Batch, isSeveral, type Row, type RowPlace, selectionKey } from './batch';

export const PREPARING: Progress = { stage: 'preparing', fraction: null, secondsLeft: null };

/** From the press of Restore until the batch is closed, also when all of it is over. */
export const isStarted = (batch: Batch | null): boolean => batch?.phase === 'run';

/** The cap of the batch before is kept, and its form is that of the settings. */
export function opened(state: Ready, scope: Batch['scope']): Ready {
  const batch: Batch = {
    phase: 'collecting',
    scope,
    shown: true,
    rows: [],
    unusable: [],
    at: 0,
    selection: selectionKey(state.selection),
    leftOut: 0,
    cap: state.batch?.cap ?? null,
    form: state.settings.form,
    start: null,
    writing: null,
    problem: null,
    lastOpened: null,
  };
  return { ...state, batch, front: null, cameFrom: 'work', faceEditor: null };
}

/**
 * `at`: unix milliseconds, by which it is judged what is still kept at the service. Layers of one picture become
 * one row.
 */
export function collected(state: Ready, batch: Batch, report: SelectionReport, at: number): Ready {
  if (batch.phase !== 'collecting') return state;
  // Nothing inside what is selected: the selection itself says why.
  if (report.pictures.length === 0 && batch.scope === 'selection') return { ...state, batch: null };
  const places: readonly RowPlace[] = report.pictures.map(({ target, layerName, forms }) => ({
    target,
    layerName,
    forms,
  }));
  const rows = distinct(places).map(({ imageHash, places: all }) => newRow(imageHash, all as readonly RowPlace[]));
  const { unusable, leftOut } = report;
  return { ...state, batch: { ...batch, phase: 'survey', rows, unusable, leftOut, at } };
}

const newRow = (picture: ImageHash, places: readonly RowPlace[]): Row => ({
  picture,
  places,
  found: { state: 'waiting' },
  wanted: null,
  work: { state: 'none' },
});

/** As it was left: what was sent is gone on with, what was not waits for the user's word. */
export function found(
  { jobs }: Ready,
  { record, at, shown }: { readonly record: BatchRecord; readonly at: number; readonly shown: boolean },
): Batch {
  const { id, plan } = record;
  const rows = unapplied(record, jobs).map((entry): Row => {
    const places = entry.places.map((place) => ({ ...place, forms: null }));
    const job = entry.job === null ? undefined : jobs.get(entry.job);
    const row = newRow(entry.imageHash, places);
    if (entry.job === null) return row;
    if (job === undefined) return { ...row, work: { state: 'failed', order: null, error: { code: 'job-unsent' } } };
    const { state, order } = job;
    if (state.name === 'CANCELLED') return { ...row, work: { state: 'cancelled', order, spent: false } };
    return { ...row, work: { state: 'running', order, progress: PREPARING, cancelling: false } };
  });
  return {
    phase: 'run',
    scope: 'selection',
    shown,
    rows,
    unusable: [],
    at,
    selection: '',
    leftOut: 0,
    cap: null,
    form: plan.form,
    start: { id, plan, at, now: at },
    writing: null,
    problem: null,
    lastOpened: null,
  };
}

/** What is on the canvas is over; the rest is still owed to the user. */
export function unapplied({ entries }: BatchRecord, jobs: Ready['jobs']): BatchRecord['entries'] {
  return entries.filter(({ job }) => job === null || jobs.get(job)?.state.name !== 'DONE');
}

/**
 * A selection of several layers opens the batch by itself, for it is what the user came for; one that was begun stays as
 * it is, whatever is selected meanwhile.
 */
export function withSelectedBatch(before: Ready | null, state: Ready): Ready {
  // The host tells of the same selection again whenever something in the document has changed.
  const same = before !== null && selectionKey(before.selection) === selectionKey(state.selection);
  const chosen = !same || before.settings.service === null;
  if (!chosen || state.settings.service === null || state.front !== null || state.faceEditor !== null) return state;
  const { batch } = state;
  if (!isSeveral(state.selection))
    return batch !== null && batch.phase === 'collecting' ? { ...state, batch: null } : state;
  if (batch !== null && (isStarted(batch) || (batch.shown && batch.phase === 'survey'))) return state;
  return opened(state, 'selection');
}
