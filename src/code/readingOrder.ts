/** The order in which a person reads what lies on a canvas: rows from the top, each from the left. Pure. */

/** Upright, in canvas units, y downwards. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * A row holds what begins less than half a height below its first one; the smaller of the two heights counts, so that
 * a background does not draw everything on it into one row. What has no box comes last; equals keep their order.
 */
export function inReadingOrder<Item>(items: readonly Item[], boxOf: (item: Item) => Box | null): readonly Item[] {
  const placed: { readonly item: Item; readonly box: Box }[] = [];
  const nowhere: Item[] = [];
  for (const item of items) {
    const box = boxOf(item);
    if (box === null) nowhere.push(item);
    else placed.push({ item, box });
  }
  placed.sort((a, b) => a.box.y - b.box.y);
  const rows: (typeof placed)[] = [];
  for (const each of placed) {
    const row = rows[rows.length - 1];
    const first = row?.[0]?.box;
    const low = first !== undefined && each.box.y - first.y < Math.min(first.height, each.box.height) / 2;
    if (row !== undefined && low) row.push(each);
    else rows.push([each]);
  }
  for (const row of rows) row.sort((a, b) => a.box.x - b.box.x);
  return [...rows.flatMap((row) => row.map(({ item }) => item)), ...nowhere];
}
