/** The kernel of all resampling: Lanczos with three lobes, widened on reduction so that every source pixel counts. */
const LOBES = 3;

function lanczos(x: number): number {
  if (x === 0) return 1;
  if (x <= -LOBES || x >= LOBES) return 0;
  const t = Math.PI * x;
  return (LOBES * Math.sin(t) * Math.sin(t / LOBES)) / (t * t);
}

/** For each target pixel the first source pixel and `count` weights that add up to 1. */
export interface Taps {
  readonly count: number;
  readonly first: Int32Array;
  readonly weights: Float32Array;
}

/** `target` pixels over the stretch `offset .. offset + span` of a line of `source` pixels. Past the ends the line goes on with its last pixel. */
export function lanczosTaps(source: number, offset: number, span: number, target: number): Taps {
  const step = span / target;
  const widen = Math.max(1, step);
  const reach = LOBES * widen;
  const count = Math.min(source, Math.ceil(reach * 2) + 1);
  const first = new Int32Array(target);
  const weights = new Float32Array(target * count);
  for (let i = 0; i < target; i++) {
    const centre = offset + (i + 0.5) * step - 0.5;
    const low = Math.ceil(centre - reach);
    const high = Math.floor(centre + reach);
    const start = Math.min(Math.max(0, low), source - count);
    first[i] = start;
    let sum = 0;
    for (let k = low; k <= high; k++) {
      const weight = lanczos((k - centre) / widen);
      const at = Math.min(Math.max(0, k), source - 1) - start;
      const slot = i * count + Math.min(Math.max(0, at), count - 1);
      weights[slot] = weights[slot]! + weight;
      sum += weight;
    }
    for (let k = 0; k < count; k++) weights[i * count + k] = weights[i * count + k]! / sum;
  }
  return { count, first, weights };
}
