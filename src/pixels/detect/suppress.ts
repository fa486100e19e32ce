/** Many candidates of one face become one: weighted non-maximum suppression, as BlazeFace's authors blend them. */
import type { Candidate } from './decode';

/** Overlap (intersection over union) from which two candidates are the same face. */
export const SAME_FACE = 0.3;

/** Intersection over union, 0..1. */
export function overlap(a: Candidate, b: Candidate): number {
  const width = Math.min(a.x + a.width / 2, b.x + b.width / 2) - Math.max(a.x - a.width / 2, b.x - b.width / 2);
  const height = Math.min(a.y + a.height / 2, b.y + b.height / 2) - Math.max(a.y - a.height / 2, b.y - b.height / 2);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (a.width * a.height + b.width * b.height - width * height);
}

/** Best first; each is the mean of the group weighted by score, with the group's best score. */
export function suppress(candidates: readonly Candidate[], same = SAME_FACE): Candidate[] {
  const left = [...candidates].sort((a, b) => b.score - a.score);
  const kept: Candidate[] = [];
  while (left.length > 0) {
    const best = left[0]!;
    const group = left.filter((candidate) => candidate === best || overlap(best, candidate) > same);
    kept.push(blend(group));
    for (const candidate of group) left.splice(left.indexOf(candidate), 1);
  }
  return kept;
}

/** The mean weighted by score, with the first one's score. */
export function blend(group: readonly Candidate[]): Candidate {
  const total = group.reduce((sum, { score }) => sum + score, 0);
  const mean = (of: (candidate: Candidate) => number): number =>
    group.reduce((sum, candidate) => sum + (of(candidate) * candidate.score) / total, 0);
  return {
    score: group[0]!.score,
    x: mean(({ x }) => x),
    y: mean(({ y }) => y),
    width: mean(({ width }) => width),
    height: mean(({ height }) => height),
    points: group[0]!.points.map((_, index) => mean(({ points }) => points[index]!)),
  };
}
