/** The spend log: who, when, how many credits, at completion. No picture, no name of one, no key, no token. */
import { join } from 'node:path';
import { openLines, readLines } from './lines';

export interface Spend {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly person: string;
  readonly processId: string;
  readonly credits: number;
}

export interface Spending {
  /** Once a job: a second time is left out. */
  record(spend: Spend): void;
  /** Credits on the UTC day of this time (unix milliseconds). */
  on(person: string, time: number): number;
  close(): void;
}

/** `spend.jsonl` in this folder, made when it is not there. Throws where it cannot be written to. */
export function openSpending(folder: string): Spending {
  const file = join(folder, 'spend.jsonl');
  const spent = readLines(file).flatMap(parseSpend);
  const known = new Set(spent.map(({ processId }) => processId));
  const lines = openLines(file);
  return {
    record: (spend) => {
      if (known.has(spend.processId)) return;
      lines.append(spend);
      known.add(spend.processId);
      spent.push(spend);
    },
    on: (person, time) => {
      const day = new Date(time).toISOString().slice(0, 10);
      let sum = 0;
      for (const { at, person: who, credits } of spent) if (who === person && at.startsWith(day)) sum += credits;
      return sum;
    },
    close: lines.close,
  };
}

function parseSpend(input: unknown): Spend[] {
  const { at, person, processId, credits } = (input ?? {}) as Record<string, unknown>;
  if (typeof at !== 'string' || typeof person !== 'string') return [];
  return typeof processId === 'string' && typeof credits === 'number' ? [{ at, person, processId, credits }] : [];
}
