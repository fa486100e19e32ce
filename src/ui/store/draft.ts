/** What the next run will be asked to do: a preset, and what the user changed of it. */
import {
  type Correction,
  corrected,
  correctedReference,
  type FaceParameters,
  type NumberParameter,
  sameParameters,
} from '../../core/parameters';
import { BALANCED, type Preset } from '../../core/presets/presets';

export interface Draft {
  /** As it was when it was chosen or last read. */
  readonly preset: Preset;
  readonly parameters: FaceParameters;
  /** What was typed and could not be taken as it was, until the same value is set again. */
  readonly corrections: readonly Correction[];
}

export const FIRST_DRAFT: Draft = { preset: BALANCED, parameters: BALANCED.parameters, corrections: [] };

/** True while the parameters are no longer those of the preset that is shown. */
export function isChanged(draft: Draft): boolean {
  return !sameParameters({ ...draft.parameters, referenceUri: null }, draft.preset.parameters);
}

/** The reference picture belongs to the person, not to the preset: it stays. */
export function withPreset(draft: Draft, preset: Preset): Draft {
  const parameters = { ...preset.parameters, referenceUri: draft.parameters.referenceUri };
  return { ...draft, preset, parameters, corrections: without(draft, null) };
}

/** The nearest allowed value is taken, and the correction is said until the parameter is set again. */
export function withNumber(draft: Draft, name: NumberParameter, from: number): Draft {
  const to = corrected(name, from);
  return {
    ...draft,
    parameters: { ...draft.parameters, [name]: to },
    corrections: to === from ? without(draft, name) : [...without(draft, name), { name, from, to }],
  };
}

/** Takes an address as typed; empty means none. What is no http(s) address is refused and said. */
export function withReference(draft: Draft, text: string): Draft {
  const referenceUri = correctedReference(text);
  const refused = referenceUri === null && text.trim() !== '';
  const rest = without(draft, 'referenceUri');
  return {
    ...draft,
    parameters: { ...draft.parameters, referenceUri },
    corrections: refused ? [...rest, { name: 'referenceUri', from: text, to: null }] : rest,
  };
}

/** The corrections without those of one parameter; with null, only those of the reference stay. */
function without(draft: Draft, name: Correction['name'] | null): readonly Correction[] {
  return draft.corrections.filter((known) => (name === null ? known.name === 'referenceUri' : known.name !== name));
}
