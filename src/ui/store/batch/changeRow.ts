/** One row of a batch changed, or the work of all; a batch in which nothing changes is the same one. Pure. */
import type { ImageHash } from '../../../core/ids';
import type { Batch, Row, Work } from './batch';

/** `next` gives the row itself back for no change. */
export function withRow(batch: Batch, picture: ImageHash, next: (row: Row) => Row): Batch {
  const rows = batch.rows.map((row) => (row.picture === picture ? next(row) : row));
  return rows.every((row, index) => row === batch.rows[index]) ? batch : { ...batch, rows };
}

/** The work of one row alone. */
export const withWork = (batch: Batch, picture: ImageHash, next: (work: Work) => Work): Batch =>
  eachWork(batch, picture, next);

/** Null: every row. */
export function eachWork(batch: Batch, picture: ImageHash | null, next: (work: Work) => Work): Batch {
  const rows = batch.rows.map((row) => {
    if (picture !== null && row.picture !== picture) return row;
    const work = next(row.work);
    return work === row.work ? row : { ...row, work };
  });
  return rows.every((row, index) => row === batch.rows[index]) ? batch : { ...batch, rows };
}
