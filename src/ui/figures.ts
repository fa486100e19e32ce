/** Numbers as the user reads them, with their units. */
import { creditText } from '../core/words/names';
import type { Face } from '../pixels/face';

/** The longer side of a face, in source pixels: what the service's limits are measured by. */
export function faceSize(face: Face): number {
  return Math.round(Math.max(face.box.width, face.box.height));
}

/** Faces from this size on lose detail with this model. Source: the vendor's page of the model. */
const LARGEST_FACE = 512;
/** Faces smaller than this hold too little of the person. */
const SMALLEST_FACE = 32;

export type Fit = 'fits' | 'large' | 'small';

/** By the longer side, against the sizes that the service names for its model. */
export function fit(face: Face): Fit {
  const size = faceSize(face);
  if (size >= LARGEST_FACE) return 'large';
  return size < SMALLEST_FACE ? 'small' : 'fits';
}

/** "1 face", "3 faces". */
export function facesText(count: number): string {
  return `${count} ${count === 1 ? 'face' : 'faces'}`;
}

/** "96 px", "96–180 px". */
export function sizesText(faces: readonly Face[]): string {
  const sizes = faces.map(faceSize);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  return least === most ? `${least} px` : `${least}–${most} px`;
}

export interface FitHint {
  readonly kind: 'good' | 'warning';
  readonly text: string;
  /** What would do better. */
  readonly suits?: 'enhance';
}

/** What the sizes of the faces mean for the result: a sentence for those that do not suit, or one that all do. */
export function fitHints(faces: readonly Face[]): readonly FitHint[] {
  const large = faces.filter((face) => fit(face) === 'large');
  const small = faces.filter((face) => fit(face) === 'small');
  const who = (some: readonly Face[]): string =>
    faces.length === 1 ? 'The face is' : `${facesText(some.length)} ${some.length === 1 ? 'is' : 'are'}`;
  const it = (some: readonly Face[]): string => (some.length === 1 ? 'it' : 'they');
  const hints: FitHint[] = [];
  if (large.length > 0) {
    hints.push({
      kind: 'warning',
      text: `${who(large)} ${sizesText(large)}. Made for faces under ${LARGEST_FACE} px: ${it(large)} will lose detail. Enhance, or the service’s model Detail Faces, suits better.`,
      suits: 'enhance',
    });
  }
  if (small.length > 0) {
    hints.push({
      kind: 'warning',
      text: `${who(small)} only ${sizesText(small)}: ${it(small)} may become someone else.`,
    });
  }
  if (hints.length > 0) return hints;
  return [{ kind: 'good', text: `${faces.length === 1 ? 'Fits' : 'All fit'}: under ${LARGEST_FACE}\u00a0px.` }];
}

/** "Restore 3 faces · 1 credit", "Restore 3 faces · free". */
export function restoreLabel(faces: number, credits: number): string {
  const price = credits === 0 ? 'free' : creditText(credits);
  return `${faces === 0 ? 'Send anyway' : `Restore ${facesText(faces)}`} · ${price}`;
}

/** "19 Nov". `at`: unix milliseconds. */
export function dayText(at: number): string {
  return new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
}

/** "19 Nov 2026". `at`: unix milliseconds. */
export function dateText(at: number): string {
  return new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
}

/** A parameter's value with as many digits as its slider can tell apart. */
export function valueText(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return String(Number(value.toPrecision(3)));
}

/** `fraction`: 0..1, rounded to whole percents. */
export function percentText(fraction: number): string {
  return `${Math.round(fraction * 100)} %`;
}
