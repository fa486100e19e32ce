/** Whether the place that a result was made for is still what it was. */
import type { ErrorOf } from '../../../core/errors';
import type { ReviewRun } from './run';

export type LostPlace = ErrorOf<'layer-gone'> | ErrorOf<'layer-changed'>;

/** Why the result can only go onto a new layer; null while its own place takes it. What Apply met last counts most. */
export function lostPlace({ problem, standing }: Pick<ReviewRun, 'problem' | 'standing'>): LostPlace | null {
  if (problem?.code === 'layer-gone' || problem?.code === 'layer-changed') return problem;
  switch (standing?.state) {
    case 'gone':
      return { code: 'layer-gone' };
    case 'changed':
      return { code: 'layer-changed' };
    default:
      return null;
  }
}
