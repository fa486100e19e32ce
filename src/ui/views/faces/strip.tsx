/** The faces of a result: each can be left out or mixed with the original. Nothing here costs anything. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { FaceChoice } from '../../../pixels/studio';
import { faceSize, fit, percentText } from '../../figures';
import { Button } from '../../parts/button';
import { Checkbox } from '../../parts/checkbox';
import { FaceCrop } from '../../parts/faceCrop';
import { names } from '../../parts/names';
import { Section } from '../../parts/page';
import { Slider } from '../../parts/slider';
import { openLooks, setIn } from '../../store/runs/looks';
import { isWhole, type ReviewRun } from '../../store/runs/run';
import { LABELS } from '../../words';
import { LOOKS } from '../../words/looks';
import { AllFrom, FaceLooks } from '../looks/table';
import type { Panel } from '../panel';
import css from './strip.module.css';
import { useFaceKeys } from './useFaceKeys';

const CROP = 80;
/** Above this much change inside a face it may look like another person; 0..1. */
export const LARGE_CHANGE = 0.5;

export interface FacesStripProps {
  readonly panel: Panel;
  readonly run: ReviewRun;
  readonly onLook: (x: number, y: number) => void;
  /** To mark a face that nobody had marked before. */
  readonly onAdd: () => void;
  /** The user comes back from there: the focus goes where it was. */
  readonly added: boolean;
}

export function FacesStrip({ panel, run, onLook, onAdd, added }: FacesStripProps) {
  const { dispatch, studio } = panel;
  const { review, material, id } = run;
  const [shown, setShown] = useState(0);
  const { choices } = review;
  const whole = isWhole(choices);
  // From the moment that another look is asked for, so that nothing moves when it comes.
  const several = setIn(panel.state.runs, run.order).length > 1;
  const add = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (added) add.current?.focus({ preventScroll: true });
  }, []);
  const choice = choices[shown];
  const [looked, setLooked] = useState<number | null>(null);
  const look = (index: number): void => {
    const box = choices[index]?.face.box;
    if (box === undefined) return;
    setShown(index);
    setLooked(index);
    onLook(box.x + box.width / 2, box.y + box.height / 2);
  };
  useFaceKeys(whole ? 0 : choices.length, looked, look);
  return (
    <Section
      title={whole ? LABELS.wholePicture : LABELS.faces}
      aside={
        <Button focusRef={add} disabled={run.applying} onPress={onAdd}>
          {LOOKS.addFace}
        </Button>
      }
    >
      {several && <AllFrom panel={panel} run={run} />}
      {whole && several && choice !== undefined && (
        <FaceLooks
          panel={panel}
          run={run}
          face={0}
          choice={choice}
          isLargeChange={() => false}
          onTake={() => undefined}
        />
      )}
      {!whole && (
        <ul class={names(several ? css['rows'] : css['strip'])}>
          {choices.map(({ face, on }, index) => (
            <li key={`${material.picture.id} ${index}`} class={names(css['face'], index === shown && css['shown'])}>
              <button
                type="button"
                class={css['look']}
                aria-label={LABELS.lookAt(index + 1, faceSize(face))}
                aria-pressed={index === shown}
                title={`${LABELS.lookAt(index + 1, faceSize(face))}. ${LABELS.lookKeys}`}
                onClick={() => look(index)}
              >
                <FaceCrop
                  number={index + 1}
                  of={`${material.picture.id} ${index}`}
                  load={() => studio.crop(material.picture.id, face, CROP)}
                  off={!on}
                  warning={changed(run, index)}
                />
              </button>
              <Checkbox
                label={`${LABELS.keep} ${index + 1}`}
                checked={on}
                disabled={run.applying}
                onChange={(checked) => dispatch({ type: 'choice', id, face: index, change: { on: checked } })}
              >
                <span class={css['size']}>
                  {faceSize(face)} px
                  {fit(face) !== 'fits' && <span class={css['hint']}> {LOOKS[fit(face) as 'large' | 'small']}</span>}
                </span>
              </Checkbox>
              {several && (
                <FaceLooks
                  panel={panel}
                  run={run}
                  face={index}
                  choice={choices[index] as FaceChoice}
                  isLargeChange={({ result }) => (result.change[index] ?? 0) > LARGE_CHANGE}
                  onTake={() => setShown(index)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {choices.some((_, index) => changed(run, index)) && <p class={css['quiet']}>{LABELS.largeChange}</p>}
      {choices.length > 1 && (
        <Slider
          label={LABELS.blendAll}
          value={common(choices.map(({ blend }) => blend))}
          min={0}
          max={1}
          standard={1}
          text={percentText}
          hint={LABELS.blendHelp}
          disabled={run.applying}
          onChange={(blend) => dispatch({ type: 'blend-all', id, blend: inRange(blend) })}
        />
      )}
      {choice !== undefined && (
        <Slider
          label={whole ? LABELS.blend : LABELS.blendFace(shown + 1)}
          value={choice.blend}
          min={0}
          max={1}
          standard={1}
          text={percentText}
          hint={LABELS.blendHelp}
          ends={[LABELS.original, LABELS.restored]}
          disabled={run.applying || !choice.on}
          onChange={(blend) => dispatch({ type: 'choice', id, face: shown, change: { blend: inRange(blend) } })}
        />
      )}
    </Section>
  );
}

/** In the look that the face is taken from. */
const changed = (run: ReviewRun, index: number): boolean => {
  const look = openLooks(run).find(({ result }) => result.id === run.review.choices[index]?.resultId);
  return (look?.result.change[index] ?? 0) > LARGE_CHANGE;
};

/** A percentage typed without its sign, and what lies outside, become what can be meant. */
export function inRange(blend: number): number {
  if (!Number.isFinite(blend)) return 1;
  return Math.min(1, Math.max(0, blend > 1 ? blend / 100 : blend));
}

const common = (blends: readonly number[]): number => blends.reduce((sum, blend) => sum + blend, 0) / blends.length;
