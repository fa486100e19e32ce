/** Words the user reads that are not errors: stages, corrections, notes, reasons. */
import type { Progress, Stage } from '../job/progress';
import type { Work } from '../job/work';
import { type Correction, type FaceParameters, RANGES } from '../parameters';
import type { PlacementForm } from '../target';

const STAGE_WORDS: { readonly [Name in Stage]: string } = {
  preparing: 'Preparing',
  'in-line': 'Waiting for its turn',
  uploading: 'Uploading',
  queued: 'Queued',
  restoring: 'Restoring',
  downloading: 'Downloading',
  checking: 'Checking',
  looking: 'Looking for your job',
  waiting: 'Waiting for the service',
  cancelling: 'Cancelling',
};

/** "Restoring 60 % \u00b7 about 8 s", "Queued", "Waiting for the service \u00b7 trying again in 8 s". */
export function progressText(progress: Progress, kind: Work['kind'] = 'faces'): string {
  const { stage, fraction, secondsLeft } = progress;
  const words = stage === 'restoring' && kind === 'enhance' ? 'Enhancing' : STAGE_WORDS[stage];
  const share = fraction === null ? '' : ` ${Math.round(Math.min(1, Math.max(0, fraction)) * 100)} %`;
  if (secondsLeft === null) return `${words}${share}`;
  const time = durationText(secondsLeft);
  return `${words}${share} \u00b7 ${stage === 'waiting' ? `trying again in ${time}` : `about ${time}`}`;
}

/** "8 s", "2 min". */
export function durationText(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  return whole < 100 ? `${whole} s` : `${Math.round(whole / 60)} min`;
}

/** Each parameter in photo terms. */
export const PARAMETER_NAMES: { readonly [Name in keyof FaceParameters]: string } = {
  strength: 'Rebuild',
  noiseSigma: 'Noise in the picture',
  blurSigma: 'Blur in the picture',
  noiseSeed: 'Seed',
  referenceUri: 'Reference picture',
};

export const PARAMETER_HELP: { readonly [Name in keyof FaceParameters]: string } = {
  strength: 'How strongly faces are rebuilt. 0 keeps them, 1 rebuilds most.',
  noiseSigma: 'How grainy the picture is. More lets the service invent more skin detail.',
  blurSigma: 'How soft the picture is, in pixels. More lets the service sharpen more.',
  noiseSeed: 'Another number gives another look of the same face.',
  referenceUri:
    'Web address of a clear picture of the same person, for likeness. The service fetches it from there; leave it empty to do without. It stays when you choose another preset, and no preset keeps it.',
};

/** "Rebuild 3 is above 1; 1 is used." */
export function correctionText(correction: Correction): string {
  const { name, from, to } = correction;
  const label = PARAMETER_NAMES[name];
  if (name === 'referenceUri') {
    return 'The reference picture needs an address that starts with http:// or https://; none is used.';
  }
  const range = RANGES[name];
  if (typeof from !== 'number' || !Number.isFinite(from)) return `${label} must be a number; ${to} is used.`;
  if (from > range.max) return `${label} ${from} is above ${range.max}; ${to} is used.`;
  if (from < range.min) return `${label} ${from} is below ${range.min}; ${to} is used.`;
  return `${label} must be a whole number; ${to} is used.`;
}

export const FORM_NAMES: { readonly [Form in PlacementForm]: string } = {
  overlay: 'Overlay',
  replace: 'Replace fill',
  layer: 'New layer',
};

export const FORM_HELP: { readonly [Form in PlacementForm]: string } = {
  overlay: 'A second fill with the faces only. The original stays below, untouched.',
  replace: 'One picture with the restored faces takes the place of the fill. The original stays hidden below it.',
  layer: 'The restored picture lies on a new layer above this one, with the original hidden below it.',
};

/** Notes after placing. The keys are those of the protocol's `PlacementNote`. */
export const PLACEMENT_NOTES = {
  'style-detached': 'The fill is no longer linked to its paint style.',
  'reaches-instances': 'This layer is in a main component: its instances change too.',
  'overlay-replaced': 'The earlier result on this layer was replaced.',
  'tile-adjusted': 'The tile scale was adjusted, so that the pattern keeps its size.',
  'fill-blended': 'The fill is translucent or blended: the original shines through the restored faces.',
  'source-hidden': 'The original fill is hidden, so the result is hidden too.',
  'both-translucent': 'The original below is translucent or blended too: hide one of the two layers.',
  'placed-freely': 'The layer is gone or was changed: the result lies on a new layer in the middle of the view.',
} as const;

/** Why a selected layer cannot be used. The keys are those of the protocol's `UnusableReason`. */
export const UNUSABLE_REASONS = {
  'no-image-fill': 'This layer has no picture in its fill.',
  text: 'Text layers are not supported yet.',
  'mixed-fills': 'This layer has mixed fills; select a layer with one set of fills.',
  video: 'Videos cannot be restored.',
  pattern: 'Pattern fills cannot be restored.',
  'image-missing': 'Figma does not have the picture of this fill.',
  'only-inside': 'The pictures are inside this layer: select them directly.',
  'layer-type': 'Layers of this kind cannot hold a picture.',
} as const;

/** Why a form of the result is not offered. The keys are those of the protocol's `Availability`, without 'yes'. */
export const UNAVAILABLE_REASONS = {
  'in-instance': 'Not inside a component instance.',
  'layer-type': 'Not for this kind of layer.',
  'fill-blended': 'This fill is translucent or blended: the original would shine through.',
} as const;

/** The first row of an exported ledger. */
export const LEDGER_COLUMNS = [
  'Time (UTC)',
  'Layer',
  'File',
  'Preset',
  'Credits',
  'Service',
  'Address',
  'Job',
  // The service's name of the job that it charged beside this one; empty for all others.
  'Charged twice as',
] as const;
