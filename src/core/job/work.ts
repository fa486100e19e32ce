/** What the service is asked to do with a picture: restore its faces, or enhance the whole of it. */
import { type EnhanceParameters, enhanceFields, parseEnhance } from '../enhance';
import { type JobId, jobId } from '../ids';
import { type FaceParameters, NUMBER_PARAMETERS, parseParameters, RANGES, REFERENCE_WIRE_NAME } from '../parameters';

export type Work = FacesWork | EnhanceWork;

export interface FacesWork {
  readonly kind: 'faces';
  readonly parameters: FaceParameters;
}

export interface EnhanceWork {
  readonly kind: 'enhance';
  readonly parameters: EnhanceParameters;
  /** The restored faces that were laid on the picture before it was sent; null: the picture as it is in the layer. */
  readonly after: RestoredFaces | null;
}

/** As the service sees it: where the picture comes from is our own matter. */
export type AskedWork = FacesWork | Omit<EnhanceWork, 'after'>;

/** Enough to make the same picture once more while the service keeps the results. */
export interface RestoredFaces {
  /** Jobs whose results it is made of; at least one. All are of the same picture and the same faces. */
  readonly jobs: readonly JobId[];
  /** For each face, in the picture's order: which of the jobs it is from, and its opacity over the original, 0..1. */
  readonly faces: readonly (readonly [job: number, blend: number])[];
}

/** More would take more of a record than `RECORD_EXTRAS` leaves them; 40 faces and their jobs do not. */
export const MOST_RESTORED = 40;

export const FACES_MODEL = 'Faces';

/** The service's name of the model that does it. */
export function modelOf(work: AskedWork): string {
  return work.kind === 'faces' ? FACES_MODEL : work.parameters.model;
}

/** Where it is handed in, under the service's address. */
export const SUBMIT_PATHS: { readonly [Kind in Work['kind']]: string } = {
  faces: '/image/v1/restore-gen/async',
  enhance: '/image/v1/enhance/async',
};

/** What is asked for, as the service takes it: name and text of each field, in an order that never changes. */
export function workFields(work: AskedWork): readonly (readonly [name: string, text: string])[] {
  if (work.kind === 'enhance') return enhanceFields(work.parameters);
  const { parameters } = work;
  const reference = parameters.referenceUri === null ? [] : [[REFERENCE_WIRE_NAME, parameters.referenceUri] as const];
  return [
    ['model', FACES_MODEL],
    ...NUMBER_PARAMETERS.map((name) => [RANGES[name].wire, String(parameters[name])] as const),
    ...reference,
  ];
}

/** Work from a saved record; null when it is not exactly work. */
export function parseWork(input: unknown): Work | null {
  if (typeof input !== 'object' || input === null) return null;
  const { kind, parameters: saved, after: before } = input as Record<string, unknown>;
  if (kind === 'faces') return parseFaces(saved);
  const parameters = kind === 'enhance' ? parseEnhance(saved) : null;
  if (parameters === null) return null;
  if (before === null) return { kind: 'enhance', parameters, after: null };
  const after = parseRestored(before);
  return after === null ? null : { kind: 'enhance', parameters, after };
}

/** Before there was other work than faces, records held the parameters alone. */
export function parseFaces(saved: unknown): FacesWork | null {
  if (typeof saved !== 'object' || saved === null || Array.isArray(saved)) return null;
  const { parameters, corrections } = parseParameters(saved);
  return corrections.length > 0 ? null : { kind: 'faces', parameters };
}

function parseRestored(input: unknown): RestoredFaces | null {
  if (typeof input !== 'object' || input === null) return null;
  const { jobs, faces } = input as Record<string, unknown>;
  if (!Array.isArray(jobs) || !Array.isArray(faces)) return null;
  if (jobs.length === 0 || jobs.length > MOST_RESTORED || faces.length > MOST_RESTORED) return null;
  if (!jobs.every((job) => typeof job === 'string' && job.length <= 64)) return null;
  const isFace = (face: unknown): face is [number, number] => {
    if (!Array.isArray(face) || face.length !== 2) return false;
    const [job, blend]: readonly unknown[] = face;
    return Number.isInteger(job) && jobs[job as number] !== undefined && typeof blend === 'number' && isShare(blend);
  };
  if (!faces.every(isFace)) return null;
  return { jobs: jobs.map(jobId), faces: faces.map(([job, blend]) => [job, blend]) };
}

const isShare = (value: number): boolean => value >= 0 && value <= 1;
