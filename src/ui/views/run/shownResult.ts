/** What a review shows as "after": the faces laid into the picture, or the whole picture as it was enhanced. */
import type { Size } from '../../../core/money/price';
import type { AppliedRun, ReviewRun } from '../../store/runs/run';
import type { Panel } from '../panel';

export interface ShownResult {
  /** In whose pixels it is looked at: an enlarged picture shows more than the original has. */
  readonly size: Size;
  readonly load: (longSide: number) => Promise<ImageBitmap>;
  /** Names what is shown, so that it is drawn anew only when a choice changes. */
  readonly of: string;
}

/** `load` takes the long side in pixels; whoever asked closes the bitmap. */
export function shownResult({ studio }: Pick<Panel, 'studio'>, run: ReviewRun | AppliedRun): ShownResult {
  const { order, material, review } = run;
  const { picture } = material;
  const choices = review.choices.map(({ resultId, on, blend }) => `${resultId}:${on ? blend : 'off'}`);
  const of = `${picture.id} ${choices.join(' ')}`;
  const whole = order.work.kind === 'enhance' ? review.choices[0] : undefined;
  if (whole === undefined) {
    return { size: picture.size, load: (longSide) => studio.preview(picture.id, review.choices, longSide), of };
  }
  const { resultId, blend } = whole;
  return {
    size: review.result.size,
    load: (longSide) => studio.wholePreview(picture.id, { resultId, blend }, longSide),
    of,
  };
}
