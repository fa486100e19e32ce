/**
 * The result beside the original, and every choice that is still free: which faces, how strong, in which form. Where the
 * layer is gone or shows another picture the result can only go onto a new layer, and can be compared with that picture.
 */
import { useEffect, useState } from 'preact/hooks';
import { sizeText } from '../../../core/words/names';
import { LARGEST_SIDE } from '../../../pixels/limits';
import { percentText } from '../../figures';
import { Button, IconButton } from '../../parts/button';
import { Compare, type Look } from '../../parts/compare/compare';
import { names } from '../../parts/names';
import { Notice } from '../../parts/notice';
import { Page, Section } from '../../parts/page';
import { isOfBatch } from '../../store/batch/reviewed';
import { type LostPlace, lostPlace } from '../../store/runs/lost';
import type { ReviewRun } from '../../store/runs/run';
import { LABELS } from '../../words';
import { BATCH } from '../../words/batch';
import { AlsoEnhance } from '../enhance/alsoEnhance';
import { EnhancedStrip } from '../enhance/strip';
import { DrawFaces } from '../faces/draw';
import { FacesStrip } from '../faces/strip';
import { ReviewedLooks } from '../looks/looks';
import type { Panel } from '../panel';
import { Said } from '../said';
import { Top } from '../top';
import { FormChoice } from './formChoice';
import css from './review.module.css';
import { shownResult } from './shownResult';
import { useHold } from './useHold';

interface ReviewProps {
  readonly panel: Panel;
  readonly run: ReviewRun;
}

export function ReviewView({ panel, run }: ReviewProps) {
  const { deeds, dispatch } = panel;
  const { review, order } = run;
  const none = !review.choices.some(({ on }) => on);
  const notes = notesOf(run);
  const lost = lostPlace(run);
  // One of several: it is written together with the others, and here only kept or not.
  const picture = isOfBatch(panel.state.batch, run) ? order.target.imageHash : null;
  const decide = (on: boolean): void => {
    if (picture !== null) dispatch({ type: 'batch-keep', picture, on });
    dispatch({ type: 'run-shown', id: null });
  };
  const apply = (): void => {
    if (picture !== null) decide(true);
    else void (lost === null ? deeds.apply(run.id) : deeds.apply(run.id, 'layer'));
  };
  const [drawing, setDrawing] = useState<'no' | 'now' | 'over'>('no');
  useEnter(() => drawing !== 'now' && apply());
  // An undo brings the layer's picture back, and with it all forms of the result.
  useEffect(() => {
    if (lost !== null) void deeds.look(run.id);
  }, [panel.state.selection]);
  if (drawing === 'now') return <DrawFaces panel={panel} run={run} onDone={() => setDrawing('over')} />;
  return (
    <>
      <Top
        panel={panel}
        title={order.layerName}
        back={{ label: LABELS.back, onPress: () => dispatch({ type: 'run-shown', id: null }) }}
      />
      <Page
        foot={
          <>
            {lost !== null && <Lost panel={panel} run={run} error={lost} />}
            {run.problem !== null && run.problem !== lost && (
              <Notice live kind="error">
                <Said error={run.problem} />
              </Notice>
            )}
            {none && <p class={css['quiet']}>{LABELS.noFaceOn}</p>}
            <div class={css['buttons']}>
              <Button large onPress={() => (picture === null ? void deeds.discard(run.id) : decide(false))}>
                {picture === null ? LABELS.discard : BATCH.discardResult}
              </Button>
              <Button kind="main" large wide disabled={none || run.applying} onPress={apply}>
                {run.applying
                  ? LABELS.applying
                  : picture !== null
                    ? BATCH.keepResult
                    : lost === null
                      ? LABELS.apply
                      : LABELS.newLayer}
              </Button>
            </div>
          </>
        }
      >
        <Stage panel={panel} run={run} drawn={drawing === 'over'} onDraw={() => setDrawing('now')} />
        {order.work.kind === 'faces' && <ReviewedLooks panel={panel} run={run} />}
        {notes.length > 0 && (
          <Section>
            {notes.map((note) => (
              <p key={note} class={css['quiet']}>
                {note}
              </p>
            ))}
          </Section>
        )}
        {lost === null && <FormChoice panel={panel} run={run} />}
        {picture === null && <AlsoEnhance panel={panel} run={run} />}
      </Page>
    </>
  );
}

/** Nothing of the document is written over: what there is instead, and what it looks like. */
function Lost({ panel, run, error }: ReviewProps & { readonly error: LostPlace }) {
  const { deeds, dispatch } = panel;
  const other = run.standing?.state === 'changed' && run.standing.now !== null;
  return (
    <Notice
      live
      kind={run.problem === error ? 'error' : 'warning'}
      actions={
        error.code === 'layer-changed' && (
          <>
            {run.now !== null ? (
              <Button onPress={() => dispatch({ type: 'run-now', id: run.id, picture: null })}>
                {LABELS.compareOriginal}
              </Button>
            ) : (
              other && <Button onPress={() => void deeds.compare(run.id)}>{LABELS.compareBoth}</Button>
            )}
            <Button onPress={() => void deeds.show(run.order.target.nodeId)}>{LABELS.showLayer}</Button>
          </>
        )
      }
    >
      <Said error={error} />
    </Notice>
  );
}

/** What to know before choosing. */
function notesOf({ order, resumed, review: { result } }: ReviewRun): readonly string[] {
  const tooLarge = Math.max(result.size.width, result.size.height) > LARGEST_SIDE;
  return [
    ...(resumed ? [LABELS.resumed] : []),
    ...(result.wholeFrameChanged && order.work.kind === 'faces' ? [LABELS.wholeFrame] : []),
    ...(tooLarge ? [LABELS.scaledToFit(sizeText(result.size), LARGEST_SIDE)] : []),
  ];
}

interface StageProps extends ReviewProps {
  readonly drawn: boolean;
  readonly onDraw: () => void;
}

function Stage({ panel, run, drawn, onDraw }: StageProps) {
  const { studio } = panel;
  const { picture } = run.material;
  const before = run.now ?? picture;
  const shown = shownResult(panel, run);
  const [look, setLook] = useState<Look | null>(null);
  const [zoom, setZoom] = useState<number | null>(null);
  const hold = useHold();
  const lookTo = (to: Look['to']): void => setLook((before) => ({ to, turn: (before?.turn ?? 0) + 1 }));
  return (
    <>
      <div class={css['stage']} style={`--shape: ${picture.size.height / picture.size.width}`}>
        <Compare
          words={
            run.now === null
              ? { before: LABELS.before, after: LABELS.after, divider: LABELS.divider, picture: LABELS.comparison }
              : { before: LABELS.layerNow, after: LABELS.after, divider: LABELS.dividerNow, picture: LABELS.comparison }
          }
          picture={shown.size}
          before={(longSide) => studio.bitmap(before.id, longSide)}
          beforeOf={String(before.id)}
          after={shown.load}
          afterOf={shown.of}
          original={hold.held}
          look={look}
          onZoom={setZoom}
        />
      </div>
      <div class={css['tools']}>
        <Button kind={zoom === null ? 'plain' : 'quiet'} tip={LABELS.fitKey} onPress={() => lookTo('whole')}>
          {LABELS.fit}
        </Button>
        <Button kind={zoom === null ? 'quiet' : 'plain'} tip={LABELS.fullKey} onPress={() => lookTo('full')}>
          {zoom === null ? LABELS.full : percentText(zoom)}
        </Button>
        <span class={names(css['space'])} />
        <span {...hold.handlers}>
          <IconButton
            icon="eye"
            label={run.now === null ? LABELS.holdOriginal : LABELS.holdNow}
            pressed={hold.held}
            onPress={() => undefined}
          />
        </span>
      </div>
      {run.order.work.kind === 'enhance' ? (
        <EnhancedStrip panel={panel} run={run} />
      ) : (
        <FacesStrip panel={panel} run={run} onLook={(x, y) => lookTo({ x, y })} onAdd={onDraw} added={drawn} />
      )}
    </>
  );
}

/** Enter applies from anywhere but a control that has a meaning for it. */
function useEnter(apply: () => void): void {
  useEffect(() => {
    const heard = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || event.defaultPrevented || event.repeat) return;
      const at = event.target instanceof Element ? event.target.closest('button, input, select, summary, a') : null;
      if (at === null || (at instanceof HTMLInputElement && at.type !== 'text')) apply();
    };
    window.addEventListener('keydown', heard);
    return () => window.removeEventListener('keydown', heard);
  });
}
