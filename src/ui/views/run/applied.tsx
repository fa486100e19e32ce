/** The result is on the canvas: what was done, what to know, and the way back. */
import { useEffect, useRef } from 'preact/hooks';
import { creditText, sizeText } from '../../../core/words/names';
import { MONEY } from '../../../core/words/sentences/entry';
import { FORM_NAMES, PLACEMENT_NOTES } from '../../../core/words/words';
import { facesText } from '../../figures';
import { Bitmap } from '../../parts/bitmap';
import { Button } from '../../parts/button';
import { Notice } from '../../parts/notice';
import { Page, Section } from '../../parts/page';
import { spentOn } from '../../store/runs/looks';
import type { AppliedRun } from '../../store/runs/run';
import { LABELS } from '../../words';
import { AlsoEnhance } from '../enhance/alsoEnhance';
import type { Panel } from '../panel';
import { Said } from '../said';
import { Top } from '../top';
import { CanvasHold } from './canvasHold';
import css from './running.module.css';
import { shownResult } from './shownResult';

export function AppliedView({ panel, run }: { readonly panel: Panel; readonly run: AppliedRun }) {
  const { deeds, dispatch } = panel;
  const { placement, review, material, order } = run;
  const done = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (document.hasFocus()) done.current?.focus();
  }, []);
  const adjust = (): void => dispatch({ type: 'adjusting', id: run.id });
  const close = (): void => dispatch({ type: 'run-closed', id: run.id });
  const faces = review.choices.filter(({ on }) => on).length;
  const charged = spentOn(run);
  return (
    <>
      <Top panel={panel} title={order.layerName} back={{ label: LABELS.back, onPress: close }} />
      <Page
        foot={
          <Button kind="main" large wide focusRef={done} onPress={close}>
            {LABELS.done}
          </Button>
        }
      >
        <div class={css['stage']}>
          <Bitmap
            of={`applied ${material.picture.id}`}
            load={() => shownResult(panel, run).load(640)}
            alt={LABELS.after}
            class={css['picture']}
          />
        </div>
        <Section>
          <Notice
            kind="good"
            actions={
              <>
                <CanvasHold panel={panel} nodeId={placement.nodeId} />
                <Button onPress={() => void deeds.show(placement.nodeId)}>{LABELS.showLayer}</Button>
                <Button disabled={run.reverting} onPress={adjust}>
                  {LABELS.adjust}
                </Button>
                <Button disabled={run.reverting} onPress={() => void deeds.revert(run.id)}>
                  {run.reverting ? LABELS.reverting : LABELS.revert}
                </Button>
              </>
            }
          >
            <p class={css['text']}>
              {LABELS.applied}: {FORM_NAMES[placement.form]},{' '}
              {order.work.kind === 'enhance' ? sizeText(review.result.size) : facesText(faces)}
            </p>
            <p>
              {LABELS.appliedText} {charged === 0 ? MONEY.no : LABELS.charged(creditText(charged))}
            </p>
          </Notice>
          {placement.notes.map((note) => (
            <Notice key={note} kind="info">
              {PLACEMENT_NOTES[note]}
            </Notice>
          ))}
          {run.problem !== null && (
            <Notice live kind="error">
              <Said error={run.problem} />
            </Notice>
          )}
        </Section>
        <AlsoEnhance panel={panel} run={run} />
      </Page>
    </>
  );
}
