/**
 * What a layer remembers of the result it carries: kept in the layer's plugin data, so it travels with copies.
 * It never holds a key, a link or a job's state.
 */
import { type ImageHash, imageHash, type JobId, jobId } from './ids';
import { parseWork, type Work } from './job/work';
import { parseParameters } from './parameters';
import { PLACEMENT_FORMS, type PlacementForm } from './target';

export interface Recipe {
  readonly v: 1;
  readonly form: PlacementForm;
  /** The original picture, which Revert puts back. */
  readonly sourceHash: ImageHash;
  /** The picture we added. Revert removes exactly the paint that carries it. */
  readonly resultHash: ImageHash;
  readonly jobId: JobId;
  readonly work: Work;
  /** Of the looks that faces were taken from, where there are several; `jobId` and `work` are the first one's. */
  readonly seeds?: readonly number[];
  /** As in the order: the preset's name, or an enhancement's model; null when the parameters were set by hand. */
  readonly preset: string | null;
  /** How many restored faces it shows; 0 for a picture that was enhanced as a whole. */
  readonly faces: number;
  readonly credits: number;
  /** Which service did it, in the user's words: "Topaz Labs", "Local engine". */
  readonly service: string;
  /** Unix milliseconds. */
  readonly appliedAt: number;
}

/** What the UI knows of a recipe; the hashes are the host's to add. */
export type RecipeDraft = Omit<Recipe, 'v' | 'form' | 'sourceHash' | 'resultHash'>;

/** A recipe from saved data, or null when it is not one. */
export function parseRecipe(input: unknown): Recipe | null {
  if (typeof input !== 'object' || input === null) return null;
  const saved = input as Record<string, unknown>;
  const form = PLACEMENT_FORMS.find((known) => known === saved['form']);
  const { sourceHash, resultHash, jobId: job } = saved;
  if (saved['v'] !== 1 || form === undefined) return null;
  if (typeof sourceHash !== 'string' || typeof resultHash !== 'string' || typeof job !== 'string') return null;
  const number = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);
  return {
    v: 1,
    form,
    sourceHash: imageHash(sourceHash),
    resultHash: imageHash(resultHash),
    jobId: jobId(job),
    // Layers that were written before there was other work than faces carry the parameters alone.
    work: parseWork(saved['work']) ?? { kind: 'faces', parameters: parseParameters(saved['parameters']).parameters },
    ...(Array.isArray(saved['seeds']) ? { seeds: saved['seeds'].filter(Number.isInteger) } : {}),
    preset: typeof saved['preset'] === 'string' ? saved['preset'] : null,
    faces: number(saved['faces']),
    credits: number(saved['credits']),
    service: typeof saved['service'] === 'string' ? saved['service'] : '',
    appliedAt: number(saved['appliedAt']),
  };
}
