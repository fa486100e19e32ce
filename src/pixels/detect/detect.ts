/**
 * Finds the faces of a picture. The network is looked through at several sizes of the whole picture (it knows faces
 * of about 10 to 200 input pixels), every proposal is looked at again from near, and the two opinions are averaged.
 * Pure: Node, a worker and the panel's own thread give the same faces.
 */
import type { Face } from '../face';
import type { RgbaImage } from '../image';
import { createPace, NO_PACE, type Pace } from '../pace';
import type { Candidate } from './decode';
import { fullFace, upwards } from './fullFace';
import { look, type View } from './look';
import type { Network } from './network';
import { buildPyramid, type Pyramid } from './pyramid';
import { type Runner, startRunner } from './run';
import { suppress } from './suppress';
import { verified } from './verify';

export interface DetectOptions {
  readonly signal?: AbortSignal;
  /** Awaited between slices of about 8 ms, so that a UI thread stays fluent. Without it nothing is yielded. */
  readonly pause?: () => Promise<void>;
  /** What the first, quick looks found, if anything, before the closer one whose answer is the whole. */
  readonly onFirst?: (faces: readonly Face[]) => void;
  /** Score from which a face is reported, 0.25..1; `THRESHOLD` unless told. */
  readonly threshold?: number;
}

/** Long sides of the input, in pixels, for the looks that every picture gets. */
const SIDES = [128, 256, 512] as const;
/** A closer look for the small faces of pictures with a side of more pixels than `above`; below there is nothing to see. */
const CLOSER = [
  { above: 512, side: 1024 },
  { above: 256, side: 768 },
] as const;
/** Room round the picture, in parts of its sides on each one: without it faces that fill a picture are not seen. */
const MARGIN = 0.1;
/** Score from which a face is reported. */
export const THRESHOLD = 0.45;
/** Score from which a place is looked at again, and at most how many such places, the best. */
const PROPOSAL = 0.25;
const PROPOSALS = 100;
/** Source pixels: a smaller square holds no face that anybody could restore, but often looks like one. */
const SMALLEST = 5;
/** While no upright face is this certain, the picture is also looked at from its sides and upside down. */
const CERTAIN = 0.6;
/** Looking four ways is four chances to be wrong: a turned face needs this score, and a higher one than any upright. */
const TURNED_THRESHOLD = 0.5;

/** The faces, best first. Rejects only when aborted. */
export async function detectFaces(
  image: RgbaImage,
  network: Network,
  options: DetectOptions = {},
): Promise<readonly Face[]> {
  options.signal?.throwIfAborted();
  const pace =
    options.pause === undefined ? NO_PACE : createPace(options.signal ?? null, () => performance.now(), options.pause);
  const pyramid = await buildPyramid(image, pace);
  const runner = startRunner(network);
  const search = (sides: readonly number[], turn: number): Promise<Candidate[]> =>
    searchAt(runner, pyramid, image, sides, turn, pace);

  const threshold = options.threshold ?? THRESHOLD;
  let found = reportable(await search(SIDES, 0), threshold);
  const closer = CLOSER.find(({ above }) => Math.max(image.width, image.height) > above);
  if (closer !== undefined) {
    if (found.length > 0) options.onFirst?.(found.map(fullFace));
    found = suppress([...found, ...reportable(await search([closer.side], 0), threshold)]);
  }
  const upright = Math.max(0, ...found.filter(isUpright).map(({ score }) => score));
  if (upright < CERTAIN) {
    for (const turn of [1, 2, 3]) {
      found = suppress([...found, ...reportable(await search(SIDES, turn), Math.max(TURNED_THRESHOLD, upright))]);
    }
  }
  return found.map(fullFace);
}

/** Within 60 degrees: faces of a picture that lies on its side say so themselves. */
function isUpright(candidate: Candidate): boolean {
  return upwards(candidate.points).y < -0.5;
}

function reportable(candidates: readonly Candidate[], least: number): Candidate[] {
  return candidates.filter(({ score, width }) => score >= least && width >= SMALLEST);
}

/** Looks at the whole picture at each side, turned by so many quarters, and again at each proposal. */
async function searchAt(
  runner: Runner,
  pyramid: Pyramid,
  image: RgbaImage,
  sides: readonly number[],
  turn: number,
  pace: Pace,
): Promise<Candidate[]> {
  const proposals: Candidate[] = [];
  for (const side of sides)
    proposals.push(...(await look(runner, pyramid, wholeView(image, side, turn), PROPOSAL, pace)));
  const again: Candidate[] = [];
  for (const proposal of suppress(proposals).slice(0, PROPOSALS)) {
    again.push(await verified(runner, pyramid, proposal, pace));
  }
  return suppress(again);
}

/** The whole picture with its margin; the long side fills `side` input pixels. */
function wholeView(image: RgbaImage, side: number, turn: number): View {
  const room = 1 + 2 * MARGIN;
  const step = (Math.max(image.width, image.height) * room) / side;
  const [across, down] = turn % 2 === 1 ? [image.height, image.width] : [image.width, image.height];
  const whole = (pixels: number): number => Math.max(32, Math.ceil((pixels * room) / step / 32 - 1e-9) * 32);
  const angle = (turn * Math.PI) / 2;
  return { x: image.width / 2, y: image.height / 2, step, angle, width: whole(across), height: whole(down) };
}
