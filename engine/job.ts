/** One job as the engine keeps it: a JSON file in the data folder, and the members of a status answer made from it. */
import { ENHANCE_WIRE, parseEnhance } from '../src/core/enhance';
import { type AskedWork, modelOf } from '../src/core/job/work';
import type { Size } from '../src/core/money/price';
import { ENLARGER_KIND } from './enhance/kind';

export const JOB_STATUSES = ['Pending', 'Processing', 'Completed', 'Cancelled', 'Failed'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];
export type InputFormat = 'jpeg' | 'png' | 'tiff';
const OUTPUT_FORMATS = ['jpeg', 'png', 'tiff'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

export interface EngineJob {
  readonly v: 1;
  /** Counts up from 1 in the order of acceptance; never used twice in a data folder. */
  readonly sequence: number;
  readonly processId: string;
  readonly sourceId: string;
  /** The name the client gave its upload. */
  readonly filename: string;
  readonly input: Size & { readonly format: InputFormat };
  readonly output: Size & { readonly format: OutputFormat };
  readonly work: AskedWork;
  readonly status: JobStatus;
  /** Whole number 0..100. */
  readonly progress: number;
  /** Unix seconds, whole. */
  readonly eta: number;
  readonly creationTime: number;
  readonly modificationTime: number;
  /** Credits it costs, or has cost, on completion. */
  readonly credits: number;
  /** What went wrong with a failed job; null otherwise. */
  readonly message: string | null;
}

/** Such a job never changes again. */
export function isFinished(status: JobStatus): boolean {
  return status === 'Completed' || status === 'Cancelled' || status === 'Failed';
}

/** A status answer. Every member the contract requires, and the optional ones that the engine knows. `kind`: the restorer's. */
export function statusOf(job: EngineJob, kind: string): Record<string, unknown> {
  return {
    process_id: job.processId,
    source_id: job.sourceId,
    filename: job.filename,
    input_format: job.input.format,
    input_height: job.input.height,
    input_width: job.input.width,
    output_format: job.output.format,
    output_height: job.output.height,
    output_width: job.output.width,
    category: job.work.kind === 'faces' ? 'Restore' : 'Enhance',
    model_type: job.work.kind === 'faces' ? kind : ENLARGER_KIND,
    model: modelOf(job.work),
    options_json: JSON.stringify(optionsOf(job.work)),
    crop_to_fill: false,
    status: job.status,
    progress: job.progress,
    eta: job.eta,
    creation_time: job.creationTime,
    modification_time: job.modificationTime,
    credits: job.credits,
    ...(job.message === null ? {} : { message: job.message }),
  };
}

/** The parameters by their wire names. */
function optionsOf(work: AskedWork): Record<string, unknown> {
  if (work.kind === 'faces') {
    const { strength, noiseSigma, blurSigma, noiseSeed, referenceUri } = work.parameters;
    const options = { strength, noise_sigma: noiseSigma, blur_sigma: blurSigma, noise_seed: noiseSeed };
    return referenceUri === null ? options : { ...options, reference_uri: referenceUri };
  }
  const { faceEnhancement, faceStrength, faceCreativity } = work.parameters;
  const faces = {
    [ENHANCE_WIRE.faceStrength]: faceStrength,
    [ENHANCE_WIRE.faceCreativity]: faceCreativity,
  };
  return { [ENHANCE_WIRE.faceEnhancement]: faceEnhancement, ...(faceEnhancement ? faces : {}) };
}

/** A job from a file of the data folder, or null when the file is not one. */
export function parseJob(input: unknown): EngineJob | null {
  if (!isRecord(input) || input['v'] !== 1) return null;
  const { input: source, output, status, message } = input;
  // Folders of before there was other work than faces hold the parameters alone.
  const work = input['work'] ?? { kind: 'faces', parameters: input['parameters'] };
  if (!isSized(source) || !isSized(output) || !isWork(work)) return null;
  const texts = ['processId', 'sourceId', 'filename'].every((name) => typeof input[name] === 'string');
  const numbers = ['sequence', 'progress', 'eta', 'creationTime', 'modificationTime', 'credits'].every((name) =>
    Number.isFinite(input[name]),
  );
  const known = JOB_STATUSES.some((name) => name === status) && (message === null || typeof message === 'string');
  const formats =
    OUTPUT_FORMATS.some((name) => name === source['format']) &&
    OUTPUT_FORMATS.some((name) => name === output['format']);
  // True after the checks above: each member has been looked at.
  return texts && numbers && known && formats ? ({ ...input, work } as unknown as EngineJob) : null;
}

function isWork(work: unknown): work is AskedWork {
  if (!isRecord(work)) return false;
  const { kind, parameters } = work;
  if (kind === 'enhance') return parseEnhance(parameters) !== null;
  if (kind !== 'faces' || !isRecord(parameters)) return false;
  return ['strength', 'noiseSigma', 'blurSigma', 'noiseSeed'].every((name) => Number.isFinite(parameters[name]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isSized(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && Number.isInteger(value['width']) && Number.isInteger(value['height']);
}
