/**
 * The account: what it began with and every charge, as lines of JSON in a file that is only ever appended to.
 * A job reserves its credits when it is accepted and is charged when it completes.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Charge {
  /** Unix seconds. */
  readonly at: number;
  readonly processId: string;
  readonly filename: string;
  readonly credits: number;
}

export interface Ledger {
  balance(): { readonly available: number; readonly reserved: number; readonly total: number };
  /** False when there are not enough credits: nothing is reserved then. */
  reserve(processId: string, credits: number): boolean;
  /** Gives a reservation back. */
  release(processId: string): void;
  /** Turns the reservation into a charge; a job that was charged before is not charged again. */
  charge(charge: Charge): void;
  charges(): readonly Charge[];
}

/**
 * `begin`: credits at the beginning, before all charges in the file. Reservations are in memory: the engine makes
 * those of unfinished jobs anew. Throws where the file cannot be read.
 */
export function openLedger(folder: string, begin: number): Ledger {
  const file = join(folder, 'ledger.jsonl');
  const charges = existsSync(file) ? readCharges(readFileSync(file, 'utf8')) : [];
  const charged = new Set(charges.map(({ processId }) => processId));
  const reserved = new Map<string, number>();
  const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, number) => total + number, 0);
  const balance = () => {
    const total = Math.max(0, begin - sum(charges.map(({ credits }) => credits)));
    const held = sum(reserved.values());
    return { available: Math.max(0, total - held), reserved: held, total };
  };
  return {
    balance,
    reserve: (processId, credits) => {
      if (balance().available < credits) return false;
      reserved.set(processId, credits);
      return true;
    },
    release: (processId) => {
      reserved.delete(processId);
    },
    charge: (charge) => {
      reserved.delete(charge.processId);
      if (charged.has(charge.processId)) return;
      appendFileSync(file, `${JSON.stringify(charge)}\n`);
      charged.add(charge.processId);
      charges.push(charge);
    },
    charges: () => [...charges],
  };
}

/** A line that cannot be read (the machine went down while writing) is left out. */
function readCharges(text: string): Charge[] {
  return text.split('\n').flatMap((line) => {
    try {
      const { at, processId, filename, credits } = JSON.parse(line) as Record<string, unknown>;
      if (typeof at !== 'number' || typeof credits !== 'number') return [];
      return typeof processId === 'string' && typeof filename === 'string'
        ? [{ at, processId, filename, credits }]
        : [];
    } catch {
      return [];
    }
  });
}
