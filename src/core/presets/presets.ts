/** The presets every user starts with. Own and shared presets have the same shape. */
import { type PresetId, presetId } from '../ids';
import { type FaceParameters, STANDARD_PARAMETERS } from '../parameters';

export interface Preset {
  readonly id: PresetId;
  readonly name: string;
  /** One line: when to take it. */
  readonly hint: string;
  readonly parameters: FaceParameters;
}

const preset = (id: string, name: string, hint: string, parameters: Partial<FaceParameters>): Preset => ({
  id: presetId(id),
  name,
  hint,
  parameters: { ...STANDARD_PARAMETERS, ...parameters },
});

export const BALANCED: Preset = preset('balanced', 'Balanced', 'The model’s own defaults: a good start', {});

export const BUILT_IN_PRESETS: readonly Preset[] = [
  preset('realistic', 'Realistic', 'Stays close to the person: likeness before detail', {
    strength: 0.55,
    noiseSigma: 0.008,
    blurSigma: 0.25,
  }),
  BALANCED,
  preset('creative', 'Creative', 'Rebuilds most: detail before likeness', {
    strength: 1,
    noiseSigma: 0.03,
    blurSigma: 0.8,
  }),
  preset('old-scan', 'Old scan', 'Grain, dust and soft focus of old prints', {
    strength: 0.85,
    noiseSigma: 0.06,
    blurSigma: 0.6,
  }),
  preset('heavy-jpeg', 'Heavy JPEG', 'Blocks and ringing of a picture saved too often', {
    strength: 0.9,
    noiseSigma: 0.025,
    blurSigma: 1,
  }),
];
