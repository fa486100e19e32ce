/** Paints and recipes for the tests of the pure part of src/code. */
import type { ImagePaint, Paint } from '@figma/plugin-typings/plugin-api-standalone';
import { imageHash, jobId } from '../../src/core/ids';
import { STANDARD_PARAMETERS } from '../../src/core/parameters';
import type { Recipe } from '../../src/core/recipe';
import type { PlacementForm } from '../../src/core/target';

export const SOLID: Paint = { type: 'SOLID', color: { r: 1, g: 0, b: 0 }, opacity: 0.5 };

export function image(hash: string, more: Partial<ImagePaint> = {}): ImagePaint {
  return { type: 'IMAGE', scaleMode: 'FILL', imageHash: hash, visible: true, opacity: 1, blendMode: 'NORMAL', ...more };
}

export function recipe(form: PlacementForm, sourceHash: string, resultHash: string): Recipe {
  return {
    v: 1,
    form,
    sourceHash: imageHash(sourceHash),
    resultHash: imageHash(resultHash),
    jobId: jobId('job'),
    work: { kind: 'faces', parameters: STANDARD_PARAMETERS },
    preset: 'Balanced',
    faces: 3,
    credits: 1,
    service: 'Local engine',
    appliedAt: Date.UTC(2026, 10, 22),
  };
}
