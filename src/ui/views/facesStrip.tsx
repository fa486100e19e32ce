/** The faces of a result: each can be left out or mixed with the original. Nothing here costs anything. */
import { useState } from 'preact/hooks';
import { faceSize, percentText } from '../figures';
import { Checkbox } from '../parts/checkbox';
import { FaceCrop } from '../parts/faceCrop';
import { names } from '../parts/names';
import { Section } from '../parts/page';
import { Slider } from '../parts/slider';
import type { ReviewRun } from '../store/run';
import { LABELS } from '../words';
import css from './facesStrip.module.css';
import type { Panel } from './panel';

const CROP = 80;
/** Above this much change inside a face it may look like another person; 0..1. */
const LARGE_CHANGE = 0.5;

export interface FacesStripProps {
  readonly panel: Panel;
  readonly run: ReviewRun;
  readonly onLook: (x: number, y: number) => void;
}

export function FacesStrip({ panel, run, onLook }: FacesStripProps) {
  const { dispatch, studio } = panel;
  const { review, material, id } = run;
  const [shown, setShown] = useState(0);
  const { choices } = review;
  const whole = choices.length === 1 && choices[0]?.face.score === 0;
  const choice = choices[shown];
  return (
    <Section title={whole ? LABELS.wholePicture : LABELS.faces}>
      {!whole && (
        <ul class={css['strip']}>
          {choices.map(({ face, on }, index) => (
            <li key={`${material.picture.id} ${index}`} class={names(css['face'], index === shown && css['shown'])}>
              <button
                type="button"
                class={css['look']}
                aria-label={LABELS.lookAt(index + 1, faceSize(face))}
                aria-pressed={index === shown}
                title={LABELS.lookAt(index + 1, faceSize(face))}
                onClick={() => {
                  setShown(index);
                  onLook(face.box.x + face.box.width / 2, face.box.y + face.box.height / 2);
                }}
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
                <span class={css['size']}>{faceSize(face)} px</span>
              </Checkbox>
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

const changed = ({ review }: ReviewRun, index: number): boolean => (review.result.change[index] ?? 0) > LARGE_CHANGE;

/** A percentage typed without its sign, and what lies outside, become what can be meant. */
function inRange(blend: number): number {
  if (!Number.isFinite(blend)) return 1;
  return Math.min(1, Math.max(0, blend > 1 ? blend / 100 : blend));
}

const common = (blends: readonly number[]): number => blends.reduce((sum, blend) => sum + blend, 0) / blends.length;
