/** One look of the network at a part of a picture: any place, size and turn; answers in the picture's own pixels. */
import type { Pace } from '../pace';
import { type Candidate, decode } from './decode';
import { type Pyramid, sample, type Window } from './pyramid';
import type { Runner } from './run';

/** What is looked at: a rectangle round a centre, turned by an angle. Source pixels, radians clockwise. */
export interface View {
  readonly x: number;
  readonly y: number;
  /** Source pixels a pixel of the input stands for. */
  readonly step: number;
  readonly angle: number;
  /** The input's size, in its own pixels: multiples of 32. */
  readonly width: number;
  readonly height: number;
}

/** `least`: the score, 0..1, from which a candidate is reported. Candidates still overlap: see `suppress`. */
export async function look(
  runner: Runner,
  pyramid: Pyramid,
  view: View,
  least: number,
  pace: Pace,
): Promise<Candidate[]> {
  const { width, height } = view;
  const window = windowOf(view);
  const grid = await runner.run(
    width,
    height,
    (memory, at) => sample(pyramid, window, width, height, memory, at, pace),
    pace,
  );
  return decode(grid, least).map((candidate) => moved(candidate, window));
}

/** The map from the input's pixels to the picture's. */
function windowOf(view: View): Window {
  const a = view.step * Math.cos(view.angle);
  const b = view.step * Math.sin(view.angle);
  const [halfWidth, halfHeight] = [view.width / 2, view.height / 2];
  return { a, b, x0: view.x - a * halfWidth + b * halfHeight, y0: view.y - b * halfWidth - a * halfHeight };
}

/** The network's boxes are square, so they are the same size in every turn. */
function moved(candidate: Candidate, { a, b, x0, y0 }: Window): Candidate {
  const step = Math.hypot(a, b);
  const x = (px: number, py: number): number => a * px - b * py + x0;
  const y = (px: number, py: number): number => b * px + a * py + y0;
  const points: number[] = [];
  for (let i = 0; i < candidate.points.length; i += 2) {
    const [px, py] = [candidate.points[i]!, candidate.points[i + 1]!];
    points.push(x(px, py), y(px, py));
  }
  return {
    score: candidate.score,
    x: x(candidate.x, candidate.y),
    y: y(candidate.x, candidate.y),
    width: candidate.width * step,
    height: candidate.height * step,
    points,
  };
}
