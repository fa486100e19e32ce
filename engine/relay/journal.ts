/**
 * Whose job is whose. What is about to be sent is written down first, by a hash of the name that its upload carries:
 * a job whose answer was lost, with the relay or without, is known again in the service's list by that name.
 */
import { createHash } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTag } from '../../src/core/job/tag';
import { openLines, readLines } from './lines';

type Line =
  | { readonly kind: 'sending' | 'refused'; readonly at: number; readonly person: string; readonly claim: string }
  | { readonly kind: 'job'; readonly at: number; readonly person: string; readonly claim: string; readonly id: string }
  | { readonly kind: 'over'; readonly at: number; readonly id: string };

export interface RelayJob {
  readonly id: string;
  readonly person: string;
  /** Unix milliseconds of its acceptance, as far as the relay knows. */
  readonly at: number;
}

export interface Journal {
  /** False when the name belongs to somebody else: then nothing may be sent under it. */
  sending(person: string, claim: string): boolean;
  refused(person: string, claim: string): void;
  accepted(person: string, claim: string, id: string): void;
  /** Null: none that the relay knows of. */
  owner(id: string): string | null;
  /** Whose an unknown job in the service's list is, by its name. */
  claimant(fileName: string): { readonly person: string; readonly claim: string } | null;
  /** True while it is open what became of a submission of this person. */
  isOpen(person: string): boolean;
  /** Jobs that are not known to have ended, oldest first. */
  running(): readonly RelayJob[];
  over(id: string): void;
  close(): void;
}

/** Milliseconds: a day longer than the service keeps a job. */
const KEPT = 8 * 86_400_000;

/** The name without what a service may have put around it; hashed, for it begins with the layer's name. */
export function claimOf(fileName: string): string {
  const tag = parseTag(fileName);
  const text = tag === null ? `name ${fileName}` : `tag ${tag.token}-${tag.attempt}`;
  return createHash('sha256').update(text).digest('hex');
}

/** Lines older than 8 days are dropped on opening. Throws where the folder cannot be written to. */
export function openJournal(folder: string, now: () => number): Journal {
  const file = join(folder, 'journal.jsonl');
  const old = readLines(file)
    .map(parseLine)
    .filter((line) => line !== null && line.at > now() - KEPT);
  // Rewritten without what the service has forgotten; a crash in between leaves the old one.
  writeFileSync(`${file}.new`, old.map((line) => `${JSON.stringify(line)}\n`).join(''), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  const lines = openLines(file);
  const claims = new Map<string, { readonly person: string; readonly open: boolean }>();
  const jobs = new Map<string, RelayJob>();
  const running = new Map<string, RelayJob>();
  const take = (line: Line): void => {
    switch (line.kind) {
      case 'sending':
        claims.set(line.claim, { person: line.person, open: true });
        break;
      case 'refused':
        claims.set(line.claim, { person: line.person, open: false });
        break;
      case 'job': {
        claims.set(line.claim, { person: line.person, open: false });
        const job = { id: line.id, person: line.person, at: line.at };
        jobs.set(line.id, job);
        running.set(line.id, job);
        break;
      }
      case 'over':
        running.delete(line.id);
    }
  };
  for (const line of old) if (line !== null) take(line);
  const write = (line: Line): void => {
    lines.append(line);
    take(line);
  };
  return {
    sending: (person, claim) => {
      const holder = claims.get(claim);
      if (holder !== undefined && holder.person !== person) return false;
      write({ kind: 'sending', at: now(), person, claim });
      return true;
    },
    refused: (person, claim) => write({ kind: 'refused', at: now(), person, claim }),
    accepted: (person, claim, id) => {
      if (!jobs.has(id)) write({ kind: 'job', at: now(), person, claim, id });
    },
    owner: (id) => jobs.get(id)?.person ?? null,
    claimant: (fileName) => {
      // Only the plugin's own names cannot be guessed: by another name a stranger's job could be had.
      if (parseTag(fileName) === null) return null;
      const claim = claimOf(fileName);
      const holder = claims.get(claim);
      return holder === undefined ? null : { person: holder.person, claim };
    },
    isOpen: (person) => [...claims.values()].some((claim) => claim.open && claim.person === person),
    running: () => [...running.values()],
    over: (id) => {
      if (running.has(id)) write({ kind: 'over', at: now(), id });
    },
    close: lines.close,
  };
}

function parseLine(input: unknown): Line | null {
  const { kind, at, person, claim, id } = (input ?? {}) as Record<string, unknown>;
  if (typeof at !== 'number') return null;
  if (kind === 'over') return typeof id === 'string' ? { kind, at, id } : null;
  if (typeof person !== 'string' || typeof claim !== 'string') return null;
  if (kind === 'sending' || kind === 'refused') return { kind, at, person, claim };
  return kind === 'job' && typeof id === 'string' ? { kind, at, person, claim, id } : null;
}
