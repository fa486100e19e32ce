/** Where a value stands on a slider, and back. Pure. */
export interface Scale {
  readonly min: number;
  readonly max: number;
  /** Equal ways are equal factors instead of equal differences; min must be above 0. */
  readonly logarithmic: boolean;
  readonly whole: boolean;
}

/** The length of a slider, in its own units. */
export const TRACK = 1000;

/** How far one press of an arrow key goes: far enough that the rounded value always changes. */
export function stepOf({ min, max, logarithmic, whole }: Scale): number {
  if (whole) return TRACK / (max - min);
  return logarithmic ? 5 : 10;
}

/** 0..TRACK. */
export function toTrack(value: number, { min, max, logarithmic }: Scale): number {
  const inside = Math.min(max, Math.max(min, value));
  const part = logarithmic ? Math.log(inside / min) / Math.log(max / min) : (inside - min) / (max - min);
  return part * TRACK;
}

/** The value at a place, rounded to three figures so that it can be read and typed again; the ends are exact. */
export function fromTrack(place: number, { min, max, logarithmic, whole }: Scale): number {
  if (place <= 0) return min;
  if (place >= TRACK) return max;
  const part = place / TRACK;
  const value = logarithmic ? min * (max / min) ** part : min + part * (max - min);
  return whole ? Math.round(value) : Number(value.toPrecision(3));
}
