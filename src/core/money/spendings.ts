/** What the ledger adds up to: in one file, in all, and month by month. */
import type { FileId } from '../ids';
import { chargeKey, type Spending } from './ledger';

/** The lines of all pages, newest first. A charge that stands on two pages is counted once. */
export function merged(pages: readonly (readonly Spending[])[]): readonly Spending[] {
  const lines = new Map(pages.flat().map((line) => [chargeKey(line), line]));
  return [...lines.values()].sort((one, other) => other.at - one.at || (chargeKey(one) < chargeKey(other) ? -1 : 1));
}

/** Credits. */
export function total(lines: readonly Spending[]): number {
  return lines.reduce((sum, { credits }) => sum + credits, 0);
}

/** By the file's own id, so a renamed file keeps its lines. The order stays. */
export function inFile(lines: readonly Spending[], file: FileId): readonly Spending[] {
  return lines.filter((line) => line.file === file);
}

export interface Month {
  /** As `monthOf` names it. */
  readonly name: string;
  readonly credits: number;
  readonly lines: readonly Spending[];
}

/** In the order in which the months first appear. `monthOf`: the name of a line's month, where the reader lives. */
export function byMonth(lines: readonly Spending[], monthOf: (at: number) => string): readonly Month[] {
  const months = new Map<string, Spending[]>();
  for (const line of lines) {
    const name = monthOf(line.at);
    const known = months.get(name);
    if (known === undefined) months.set(name, [line]);
    else known.push(line);
  }
  return [...months].map(([name, all]) => ({ name, credits: total(all), lines: all }));
}
