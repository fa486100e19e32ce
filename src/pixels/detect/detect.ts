/**
 * Finds the faces of a picture. The network is looked through at several sizes of the whole picture (it knows faces
 * of about 10 to 200 input pixels), every proposal is looked at again from near, and the two opinions are averaged.
 * Pure: Node, a worker and the panel's own thread give the same faces.
 */
import type { Face } from '../face';
import type { RgbaImage } from '../image';
import { createPace, NO_PACE, type Pace } from '../pace';
import type { Candidate } from './decode';
import { fullFace } from './fullFace';
import { look, type View } from './look';
import type { Network } from './network';
import { buildPyramid, type Pyramid } from './pyramid';
import { type Runner, startRunner } from './run';
import { suppress } from './suppress';

export interface DetectOptions {
  readonly signal?: AbortSignal;
  /** Awaited between slices of about 8 ms, so that a UI thread stays fluent. Without it nothing is yielded. */
  readonly pause?: () => Promise<void>;
  /** For large pictures: what the first, quick looks found, before the closer one that the answer includes. */
  readonly onFirst?: (faces: readonly Face[]) => void;
}

/** Long sides of the input, in pixels, for the looks that every picture gets. */
const SIDES = [128, 256, 512] as const;
const LARGE_SIDE = 1024;
/** Score from which a face is reported. */
export const THRESHOLD = 0.4;
/** Score from which a place is looked at again. */
const PROPOSAL = 0.25;

/** The faces, best first. Rejects only when aborted. */
export async function detectFaces(
  image: RgbaImage,
  network: Network,
  options: DetectOptions = {},
): Promise<readonly Face[]> {
  options.signal?.throwIfAborted();
  const keepPace =
    options.pause === undefined ? NO_PACE : createPace(options.signal ?? null, () => performance.now(), options.pause);
  const pyramid = await buildPyramid(image, keepPace);
  const runner = startRunner(network);
  let found = await search(runner, pyramid, image, SIDES, 0, keepPace);
  if (Math.max(image.width, image.height) > 512) {
    options.onFirst?.(reported(found));
    found = suppress([...found, ...(await search(runner, pyramid, image, [LARGE_SIDE], 0, keepPace))]);
  }
  for (let turn = 1; turn < 4 && reported(found).length === 0; turn++) {
    found = await search(runner, pyramid, image, SIDES, (turn * Math.PI) / 2, keepPace);
  }
  return reported(found);
}

function reported(candidates: readonly Candidate[]): Face[] {
  return candidates.filter(({ score }) => score >= THRESHOLD).map(fullFace);
}

async function search(
  runner: Runner,
  pyramid: Pyramid,
  image: RgbaImage,
  sides: readonly number[],
  angle: number,
  keepPace: Pace,
): Promise<Candidate[]> {
  const proposals: Candidate[] = [];
  for (const side of sides) {
    proposals.push(...(await look(runner, pyramid, wholeView(image, side, angle), PROPOSAL, keepPace)));
  }
  return suppress(proposals);
}

/** The whole picture with a margin, its long side on `side` input pixels. */
function wholeView(image: RgbaImage, side: number, angle: number): View {
  const step = (Math.max(image.width, image.height) * 1.2) / side;
  const turned = Math.abs(Math.sin(angle)) > 0.5;
  const [across, down] = turned ? [image.height, image.width] : [image.width, image.height];
  const whole = (pixels: number): number => Math.max(32, Math.ceil((pixels * 1.2) / step / 32 - 1e-9) * 32);
  return { x: image.width / 2, y: image.height / 2, step, angle, width: whole(across), height: whole(down) };
}
