/** The ledger's saved pages: what they say together, and how a page is gone on with without writing over anything. */
import { type LedgerPage, pageOf, parseLedgerPage, type Spending, withSpendings } from '../../../core/money/ledger';
import { merged } from '../../../core/money/spendings';
import { ASIDE_KEYS, LEDGER_KEYS, ledgerKey } from '../../../core/records';
import type { SavedRecord } from '../../../protocol/messages';

export interface LedgerReading {
  /** Newest first, each charge once. */
  readonly lines: readonly Spending[];
  /** Pages that cannot be read as a whole, and those put aside before; what can be read of them is in `lines`. */
  readonly damaged: number;
  /** Pages of a newer version of the plugin: nothing of them is in `lines`. */
  readonly newer: number;
}

/** Where pages that could not be read were put aside. */
export const ASIDE_LEDGER_KEYS: string = ASIDE_KEYS + LEDGER_KEYS;

/** From the records under `LEDGER_KEYS` and `ASIDE_LEDGER_KEYS`. */
export function readPages(records: readonly SavedRecord[]): LedgerReading {
  const pages: (readonly Spending[])[] = [];
  let damaged = 0;
  let newer = 0;
  for (const { key, value } of records) {
    const read = parseLedgerPage(value);
    if (key.startsWith(ASIDE_KEYS)) damaged++;
    else if (read.kind === 'page') pages.push(read.page.spendings);
    else if (read.kind === 'newer') newer++;
    else {
      damaged++;
      pages.push(read.left);
    }
  }
  return { lines: merged(pages), damaged, newer };
}

/** The lines by the month of their page. */
export function byPage(lines: readonly Spending[]): ReadonlyMap<string, readonly Spending[]> {
  const pages = new Map<string, Spending[]>();
  for (const line of lines) pages.set(pageOf(line), [...(pages.get(pageOf(line)) ?? []), line]);
  return pages;
}

/** What has to be stored so that a month has these lines, in this order; empty when it has them. */
export function pageWrites(
  records: readonly SavedRecord[],
  month: string,
  lines: readonly Spending[],
  freeKey: (key: string) => string,
): readonly SavedRecord[] {
  const saved = new Map(records.map(({ key, value }) => [key, value]));
  for (let volume = 0; ; volume++) {
    const key = ledgerKey(month, volume);
    const empty: LedgerPage = { v: 1, spendings: [] };
    if (!saved.has(key)) return [{ key, value: withSpendings(empty, lines) }];
    const value = saved.get(key);
    const read = parseLedgerPage(value);
    switch (read.kind) {
      case 'page': {
        const page = withSpendings(read.page, lines);
        return page === read.page ? [] : [{ key, value: page }];
      }
      case 'damaged':
        return [
          { key: freeKey(ASIDE_KEYS + key), value },
          { key, value: withSpendings(withSpendings(empty, read.left), lines) },
        ];
      case 'newer':
    }
  }
}
