/** What "Also enhance the picture" will be asked to do, and for which picture. Pure. */
import {
  corrected as correctedNumber,
  ENHANCE_RANGES,
  type EnhanceModel,
  type EnhanceNumber,
  type EnhanceParameters,
  MOST_SIDE,
  outputOf,
} from '../../../core/enhance';
import type { JobId } from '../../../core/ids';
import type { Size } from '../../../core/money/price';

/** How large the result is to be: so many times the picture, or so many pixels on its long side. */
export type EnhanceSize =
  | { readonly kind: 'times'; readonly times: (typeof TIMES)[number] }
  | { readonly kind: 'long'; readonly pixels: number };

export const TIMES = [1, 2, 4] as const;

export interface EnhanceDraft {
  readonly model: EnhanceModel;
  /** Null: as fits. The service recovers the faces too, unless that has been done before. */
  readonly faces: boolean | null;
  readonly faceStrength: number;
  readonly faceCreativity: number;
  readonly size: EnhanceSize;
  /** A long side that was typed and could not be taken as it was. */
  readonly correction: { readonly from: number; readonly to: number } | null;
}

export interface EnhanceState {
  /** What the selection's main button does. */
  readonly mode: 'faces' | 'enhance';
  /** The run whose restored faces are to be in the picture that is enhanced; the panel shows it. Null: no such run. */
  readonly after: JobId | null;
  /** The picture is being put together. */
  readonly preparing: boolean;
  readonly draft: EnhanceDraft;
}

export const FIRST_ENHANCE: EnhanceState = {
  mode: 'faces',
  after: null,
  preparing: false,
  draft: {
    model: 'Standard V2',
    faces: null,
    faceStrength: ENHANCE_RANGES.faceStrength.standard,
    faceCreativity: ENHANCE_RANGES.faceCreativity.standard,
    size: { kind: 'times', times: 2 },
    correction: null,
  },
};

export type EnhanceAction =
  | { readonly type: 'enhance-mode'; readonly mode: EnhanceState['mode'] }
  /** Opens the view for a run whose faces are restored; null closes it. */
  | { readonly type: 'enhance-after'; readonly id: JobId | null }
  | { readonly type: 'enhance-preparing'; readonly preparing: boolean }
  | { readonly type: 'enhance-model'; readonly model: EnhanceModel }
  | { readonly type: 'enhance-faces'; readonly on: boolean }
  | { readonly type: 'enhance-number'; readonly name: EnhanceNumber; readonly value: number }
  | { readonly type: 'enhance-times'; readonly times: (typeof TIMES)[number] }
  /** `source`: the picture that it is for. */
  | { readonly type: 'enhance-long'; readonly pixels: number; readonly source: Size };

/** Numbers outside their ranges become the nearest allowed; only that of the long side is said. */
export function updateEnhance(state: EnhanceState, action: EnhanceAction): EnhanceState {
  const { draft } = state;
  const drafted = (change: Partial<EnhanceDraft>): EnhanceState => ({ ...state, draft: { ...draft, ...change } });
  switch (action.type) {
    case 'enhance-mode':
      return { ...state, mode: action.mode };
    case 'enhance-after':
      return { ...state, after: action.id, preparing: false };
    case 'enhance-preparing':
      return { ...state, preparing: action.preparing };
    case 'enhance-model':
      return drafted({ model: action.model });
    case 'enhance-faces':
      return drafted({ faces: action.on });
    case 'enhance-number':
      return drafted({ [action.name]: correctedNumber(action.name, action.value) });
    case 'enhance-times':
      return drafted({ size: { kind: 'times', times: action.times }, correction: null });
    case 'enhance-long': {
      const from = action.pixels;
      const to = longSideOf(outputOf(action.source, from));
      return drafted({ size: { kind: 'long', pixels: to }, correction: from === to ? null : { from, to } });
    }
  }
}

/** Whether the service recovers the faces as well. `restored`: they are restored already. */
export function recoversFaces({ faces }: EnhanceDraft, restored: boolean): boolean {
  return faces ?? !restored;
}

/** `source`: the picture's pixels. `restored`: its faces are restored already. */
export function enhanceParameters(draft: EnhanceDraft, source: Size, restored: boolean): EnhanceParameters {
  const { model, faceStrength, faceCreativity } = draft;
  return {
    model,
    faceEnhancement: recoversFaces(draft, restored),
    faceStrength,
    faceCreativity,
    output: outputFor(draft.size, source),
  };
}

/** Pixels, in the source's proportions and within what the service makes and Figma holds. */
export function outputFor(size: EnhanceSize, source: Size): Size {
  return outputOf(source, size.kind === 'times' ? longSideOf(source) * size.times : size.pixels);
}

/** True when the size wished for is more than Figma holds. */
export function isCapped(size: EnhanceSize, source: Size): boolean {
  return size.kind === 'times' && longSideOf(source) * size.times > MOST_SIDE;
}

const longSideOf = ({ width, height }: Size): number => Math.max(width, height);
