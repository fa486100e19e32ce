/**
 * Several looks at the same faces: the same picture and settings with other seeds, each a job of its own with its own
 * charge. A set is named by its first job; the others point to it.
 */
import { type JobId, jobId } from '../ids';
import { RANGES } from '../parameters';
import type { JobOrder, Look } from './job';
import type { FacesWork, Work } from './work';

/** More could not be told apart at a glance. */
export const MOST_LOOKS = 6;

/** The set that an order belongs to: a job on its own is a set of one. */
export function setOf({ id, look }: Pick<JobOrder, 'id' | 'look'>): JobId {
  return look?.of ?? id;
}

/** Where it stands in its set, from 0. */
export function placeOf({ look }: Pick<JobOrder, 'look'>): number {
  return look?.place ?? 0;
}

/** "A" for the first. */
export function lookLetter(place: number): string {
  return String.fromCharCode(65 + place);
}

/** Null for work that has no seed. */
export function seedOf(work: Work): number | null {
  return work.kind === 'faces' ? work.parameters.noiseSeed : null;
}

/** `seed`: a whole number 1..2000; not checked here. */
export function withSeed(work: FacesWork, seed: number): FacesWork {
  return { ...work, parameters: { ...work.parameters, noiseSeed: seed } };
}

/** Every seed there is, beginning with `first` and going round: the same order each time. */
export function* seedsFrom(first: number): Generator<number, void, void> {
  const { min, max } = RANGES.noiseSeed;
  for (let seed = first; seed <= max; seed++) yield seed;
  for (let seed = min; seed < first; seed++) yield seed;
}

/** The first place of a set, below `MOST_LOOKS`, that nothing stands at; null when it is full. */
export function freePlace(taken: Iterable<number>): number | null {
  const known = new Set(taken);
  for (let place = 0; place < MOST_LOOKS; place++) if (!known.has(place)) return place;
  return null;
}

/** A look from a saved record; null when it is not exactly one. */
export function parseLook(saved: unknown): Look | null {
  if (typeof saved !== 'object' || saved === null) return null;
  const { of, place } = saved as Record<string, unknown>;
  if (typeof of !== 'string' || of === '' || of.length > 64) return null;
  if (!Number.isInteger(place) || (place as number) < 0 || (place as number) >= MOST_LOOKS) return null;
  return { of: jobId(of), place: place as number };
}
