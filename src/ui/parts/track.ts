/** Where a value stands on a slider, and back. Pure. */
export interface Scale {
  readonly min: number;
  readonly max: number;
  /** Equal ways are equal factors instead of equal differences; min must be above 0. */
  readonly logarithmic: boolean;
  readonly whole: boolean;
}

/** Steps of a slider from end to end: finer than anyone can set with a mouse. */
export const TRACK = 1000;

/** 0..TRACK, a whole number. */
export function toTrack(value: number, { min, max, logarithmic }: Scale): number {
  const inside = Math.min(max, Math.max(min, value));
  const part = logarithmic ? Math.log(inside / min) / Math.log(max / min) : (inside - min) / (max - min);
  return Math.round(part * TRACK);
}

/** The value at a place, rounded to three figures so that it can be read and typed again; the ends are exact. */
export function fromTrack(place: number, { min, max, logarithmic, whole }: Scale): number {
  if (place <= 0) return min;
  if (place >= TRACK) return max;
  const part = place / TRACK;
  const value = logarithmic ? min * (max / min) ** part : min + part * (max - min);
  return whole ? Math.round(value) : Number(value.toPrecision(value < 0.1 ? 2 : 3));
}
