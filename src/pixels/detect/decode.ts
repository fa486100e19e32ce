/**
 * From the network's numbers to faces, in the input's pixels.
 * Source: MediaPipe, modules/face_detection/face_detection_full_range.pbtxt and tensors_to_detections_calculator:
 * one fixed anchor in the middle of each cell, offsets and sizes in input pixels, score through a sigmoid.
 */
import type { Grid } from './run';

/** A possible face: centre, size and six points, all in the same pixels; score 0..1. */
export interface Candidate {
  readonly score: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** x, y of right eye, left eye, nose, mouth, right ear, left ear: the subject's own sides. */
  readonly points: readonly number[];
}

/** Pixels of the input a cell stands for, on each side. */
const CELL = 4;
const POINTS = 6;

/** Every cell whose score reaches `least`. */
export function decode(grid: Grid, least: number): Candidate[] {
  const found: Candidate[] = [];
  for (let row = 0, at = 0; row < grid.height; row++) {
    for (let column = 0; column < grid.width; column++, at += grid.channels) {
      const score = sigmoid(grid.data[at]!);
      if (score < least) continue;
      const x = (column + 0.5) * CELL;
      const y = (row + 0.5) * CELL;
      const points: number[] = [];
      for (let i = 0; i < POINTS; i++) {
        points.push(x + grid.data[at + 5 + 2 * i]!, y + grid.data[at + 6 + 2 * i]!);
      }
      found.push({
        score,
        x: x + grid.data[at + 1]!,
        y: y + grid.data[at + 2]!,
        width: grid.data[at + 3]!,
        height: grid.data[at + 4]!,
        points,
      });
    }
  }
  return found;
}

function sigmoid(raw: number): number {
  return 1 / (1 + Math.exp(-raw));
}
