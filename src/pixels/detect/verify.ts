/**
 * The second look: each proposal again, upright, once from near and once from a step back, and the mean of the
 * opinions. Coffee beans and galaxies look like a face from one distance only; faces do from every one.
 */
import type { Pace } from '../pace';
import type { Candidate } from './decode';
import { upwards } from './fullFace';
import { look } from './look';
import type { Pyramid } from './pyramid';
import type { Runner } from './run';
import { blend, overlap, SAME_FACE } from './suppress';

/** Side of the input, in pixels. */
const SIDE = 96;
/**
 * How much of it the proposal's square fills. From near detail counts, from a step back noise vanishes. On 71 pictures,
 * most of them damaged, at 0.1 (0.2) false alarms each: near alone finds 88 (91) % of the faces, the step back alone
 * 93.5 (95.4) %, both 93.5 (96.3) %, no second look 87 (89) %.
 */
const FILLED = [0.65, 0.3] as const;
/** What is too weak here to say even where the face is. */
const FAINT = 0.05;

/** The proposal with its score averaged and its place as seen from near; half its score when it is not seen there. */
export async function verified(runner: Runner, pyramid: Pyramid, first: Candidate, pace: Pace): Promise<Candidate> {
  const up = upwards(first.points);
  const angle = Math.atan2(up.x, -up.y);
  const seen: Candidate[] = [];
  let second = 0;
  for (const filled of FILLED) {
    const step = first.width / (SIDE * filled);
    const view = { x: first.x, y: first.y, step, angle, width: SIDE, height: SIDE };
    const found = (await look(runner, pyramid, view, FAINT, pace)).filter((face) => overlap(face, first) > SAME_FACE);
    second += Math.max(0, ...found.map(({ score }) => score)) / FILLED.length;
    seen.push(...found);
  }
  const best = Math.max(0, ...seen.map(({ score }) => score));
  const place = seen.length === 0 ? first : blend(seen.filter(({ score }) => score >= best / 2));
  return { ...place, score: (first.score + second) / 2 };
}
