/**
 * The second look: each proposal again, from so near and so upright that the network is at its best, and the mean of
 * both opinions. Coffee beans and galaxies look like a face from afar only; faces look like faces from near as well.
 */
import type { Pace } from '../pace';
import type { Candidate } from './decode';
import { upwards } from './fullFace';
import { look } from './look';
import type { Pyramid } from './pyramid';
import type { Runner } from './run';
import { blend, overlap, SAME_FACE } from './suppress';

/** Side of the input, in pixels, and how much of it the proposal's square fills: chosen by `npm run bench:faces`. */
const SIDE = 128;
const FILLED = 0.65;
/** What is too weak here to say even where the face is. */
const FAINT = 0.05;

/** The proposal with its score averaged and its place as seen from near; half its score when it is not seen there. */
export async function verified(runner: Runner, pyramid: Pyramid, first: Candidate, pace: Pace): Promise<Candidate> {
  const up = upwards(first.points);
  const view = {
    x: first.x,
    y: first.y,
    step: first.width / (SIDE * FILLED),
    angle: Math.atan2(up.x, -up.y),
    width: SIDE,
    height: SIDE,
  };
  const seen = (await look(runner, pyramid, view, FAINT, pace)).filter((second) => overlap(second, first) > SAME_FACE);
  if (seen.length === 0) return { ...first, score: first.score / 2 };
  const best = Math.max(...seen.map(({ score }) => score));
  const place = blend(seen.filter(({ score }) => score >= best / 2));
  return { ...place, score: (first.score + best) / 2 };
}
