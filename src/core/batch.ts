/**
 * Several pictures restored together, as it is written down: which layers wait for which job, so that a batch that was
 * interrupted still reaches all of them. A picture that several layers show is one entry, one job and one credit.
 */
import {
  type BatchId,
  batchId,
  type FileId,
  fileId,
  type ImageHash,
  imageHash,
  type JobId,
  jobId,
  nodeId,
} from './ids';
import { type FaceParameters, parseParameters } from './parameters';
import { PLACEMENT_FORMS, type PlacementForm, type Target } from './target';

export interface BatchEntry {
  readonly imageHash: ImageHash;
  /** Null until its job is made, and for good when it is left out. */
  readonly job: JobId | null;
  /** Every place that shows the picture, in the order of the selection; at least one. */
  readonly places: readonly BatchPlace[];
}

export interface BatchPlace {
  readonly target: Target;
  readonly layerName: string;
}

/** Chosen once, before the first picture is sent: whatever is set later is for what comes later. */
export interface BatchPlan {
  readonly parameters: FaceParameters;
  /** Name of the preset, or null when the parameters were set by hand. */
  readonly preset: string | null;
  readonly form: PlacementForm;
  /** Which service it is for. */
  readonly address: string;
}

export interface BatchRecord {
  readonly v: 1;
  readonly id: BatchId;
  readonly fileId: FileId;
  readonly plan: BatchPlan;
  readonly entries: readonly BatchEntry[];
  /** Unix milliseconds. */
  readonly createdAt: number;
}

/** One entry for each distinct picture, in the order in which they first appear. */
export function distinct(places: readonly BatchPlace[]): readonly Omit<BatchEntry, 'job'>[] {
  const entries = new Map<ImageHash, BatchPlace[]>();
  for (const place of places) {
    const known = entries.get(place.target.imageHash);
    if (known === undefined) entries.set(place.target.imageHash, [place]);
    else known.push(place);
  }
  return [...entries].map(([hash, all]) => ({ imageHash: hash, places: all }));
}

/**
 * The entries that stay when they may cost no more than the cap together; null = no cap. What is too much is left out
 * from the end: nothing that costs comes after the first that was left out. What is free always stays.
 */
export function withinCap<Entry extends { readonly credits: number }>(
  entries: readonly Entry[],
  cap: number | null,
): readonly Entry[] {
  if (cap === null) return entries;
  let sum = 0;
  return entries.filter(({ credits }) => {
    sum += credits;
    return credits === 0 || sum <= cap;
  });
}

/** A batch from saved data, or null when it is not one. */
export function parseBatch(input: unknown): BatchRecord | null {
  const saved = record(input);
  if (saved === null || saved['v'] !== 1) return null;
  const { id, fileId: file, entries, createdAt } = saved;
  const plan = parsePlan(saved['plan']);
  if (plan === null) return null;
  if (typeof id !== 'string' || typeof file !== 'string' || !Array.isArray(entries)) return null;
  if (typeof createdAt !== 'number' || !Number.isFinite(createdAt)) return null;
  const parsed = entries.map((entry: unknown) => parseEntry(entry, fileId(file)));
  if (parsed.some((entry) => entry === null)) return null;
  return { v: 1, id: batchId(id), fileId: fileId(file), plan, entries: parsed as BatchEntry[], createdAt };
}

function parsePlan(input: unknown): BatchPlan | null {
  const saved = record(input);
  const numbers = record(saved?.['parameters']);
  if (saved === null || numbers === null) return null;
  const { preset, address } = saved;
  const form = PLACEMENT_FORMS.find((known) => known === saved['form']);
  const { parameters, corrections } = parseParameters(numbers);
  if (corrections.length > 0 || form === undefined || typeof address !== 'string') return null;
  if (preset !== null && typeof preset !== 'string') return null;
  return { parameters, preset, form, address };
}

function parseEntry(input: unknown, file: FileId): BatchEntry | null {
  const saved = record(input);
  if (saved === null) return null;
  const { imageHash: hash, job, places } = saved;
  if (typeof hash !== 'string' || (job !== null && typeof job !== 'string') || !Array.isArray(places)) return null;
  const parsed = places.map((place: unknown) => parsePlace(place, file, imageHash(hash)));
  if (parsed.length === 0 || parsed.some((place) => place === null)) return null;
  return { imageHash: imageHash(hash), job: job === null ? null : jobId(job), places: parsed as BatchPlace[] };
}

function parsePlace(input: unknown, file: FileId, hash: ImageHash): BatchPlace | null {
  const saved = record(input);
  const target = record(saved?.['target']);
  if (saved === null || target === null || typeof saved['layerName'] !== 'string') return null;
  const { nodeId: node, paintIndex } = target;
  if (typeof node !== 'string' || !Number.isInteger(paintIndex) || (paintIndex as number) < 0) return null;
  if (target['fileId'] !== file || target['imageHash'] !== hash) return null;
  return {
    target: { fileId: file, nodeId: nodeId(node), paintIndex: paintIndex as number, imageHash: hash },
    layerName: saved['layerName'],
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
}
