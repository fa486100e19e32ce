/** Every face as every look makes it: which look it is taken from is chosen face by face, or for all at once. Free. */
import { useId } from 'preact/hooks';
import { lookLetter, placeOf, seedOf } from '../../../core/job/looks';
import type { FaceChoice } from '../../../pixels/studio';
import { faceSize } from '../../figures';
import { Button } from '../../parts/button';
import { FaceCrop } from '../../parts/faceCrop';
import { names } from '../../parts/names';
import { openLooks } from '../../store/runs/looks';
import { isWhole, type OpenLook, type ReviewRun } from '../../store/runs/run';
import { LOOKS } from '../../words/looks';
import type { Panel } from '../panel';
import css from './table.module.css';

/** Pixels of a crop: sharp on screens with two pixels a unit. */
const CROP = 80;

interface LooksProps {
  readonly panel: Panel;
  readonly run: ReviewRun;
}

/** Takes every face from one look. */
export function AllFrom({ panel, run }: LooksProps) {
  const { choices } = run.review;
  const looks = openLooks(run);
  if (looks.length < 2 || choices.length < 2) return null;
  return (
    <fieldset class={css['all']} aria-label={LOOKS.allFrom}>
      <span class={css['quiet']} aria-hidden="true">
        {LOOKS.allFrom}
      </span>
      {looks.map(({ order, result }) => {
        const all = choices.every(({ resultId }) => resultId === result.id);
        return (
          <Button
            key={order.id}
            pressed={all}
            label={LOOKS.takeAll(placeOf(order), seedOf(order.work))}
            disabled={run.applying}
            onPress={() => panel.dispatch({ type: 'look-all', id: run.id, resultId: result.id })}
          >
            {lookLetter(placeOf(order))}
          </Button>
        );
      })}
    </fieldset>
  );
}

export interface FaceLooksProps extends LooksProps {
  /** Index of the face. */
  readonly face: number;
  readonly choice: FaceChoice;
  readonly isLargeChange: (look: OpenLook) => boolean;
  /** The face is what the user is busy with. */
  readonly onTake: () => void;
}

/** One face as each look makes it. */
export function FaceLooks({ panel, run, face, choice, isLargeChange, onTake }: FaceLooksProps) {
  const name = useId();
  const looks = openLooks(run);
  const { material, review, applying } = run;
  const label = isWhole(review.choices) ? LOOKS.wholeFrom : LOOKS.faceFrom(face + 1, faceSize(choice.face));
  return (
    <div class={css['looks']} role="radiogroup" aria-label={label}>
      {looks.map((look) => {
        const { order, result } = look;
        const taken = choice.resultId === result.id;
        const words = LOOKS.take(placeOf(order), seedOf(order.work), isLargeChange(look));
        return (
          <label key={order.id} class={names(css['look'], taken && css['taken'])} title={words}>
            <input
              type="radio"
              name={name}
              class={css['input']}
              checked={taken}
              disabled={applying}
              aria-label={words}
              onChange={() => {
                onTake();
                panel.dispatch({ type: 'choice', id: run.id, face, change: { resultId: result.id } });
              }}
            />
            <FaceCrop
              number={lookLetter(placeOf(order))}
              of={`${material.picture.id} ${result.id} ${face}`}
              load={() =>
                panel.studio.crop(material.picture.id, choice.face, CROP, [
                  { face: choice.face, resultId: result.id, on: true, blend: 1 },
                ])
              }
              off={!choice.on}
              warning={isLargeChange(look)}
            />
          </label>
        );
      })}
    </div>
  );
}
