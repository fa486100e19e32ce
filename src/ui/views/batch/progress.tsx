/** While pictures are being restored, and after: how far, what it cost, what failed, and the results onto the canvas. */
import { useEffect } from 'preact/hooks';
import { creditText } from '../../../core/words/names';
import { explain } from '../../../core/words/sentences';
import { durationText } from '../../../core/words/words';
import { Button } from '../../parts/button';
import { Coin } from '../../parts/coin';
import { Notice } from '../../parts/notice';
import { Section } from '../../parts/page';
import { ProgressBar } from '../../parts/progressBar';
import type { Batch } from '../../store/batch/batch';
import { applicable, type Progressed, progressed, retryable, written } from '../../store/batch/sums';
import { remedies } from '../../store/remedies';
import { LABELS } from '../../words';
import { BATCH } from '../../words/batch';
import { Said } from '../said';
import type { BatchProps } from './batch';
import css from './survey.module.css';

/** More layers than fit would only repeat the same reasons. */
const REFUSED_SHOWN = 5;

export function BatchProgress({ panel, batch }: BatchProps) {
  const sums = progressed(batch);
  const { dispatch } = panel;
  return (
    <Section>
      {sums.running > 0 && (
        <>
          <p class={css['sum']}>
            {BATCH.running(sums.ready, sums.started)}
            {sums.secondsLeft !== null && (
              <span class={css['quiet']}> · {BATCH.left(durationText(sums.secondsLeft))}</span>
            )}
          </p>
          <ProgressBar label={BATCH.progress} fraction={sums.fraction} />
        </>
      )}
      <p class={css['quiet']} role="status">
        {said(sums)}
      </p>
      {sums.running > 0 && <p class={css['quiet']}>{BATCH.leave}</p>}
      <Refused panel={panel} batch={batch} />
      {batch.problem !== null && (
        <Notice
          live
          kind="error"
          actions={
            <>
              {remedies(batch.problem).includes('settings') && (
                <Button onPress={() => dispatch({ type: 'page', page: 'settings' })}>{LABELS.settings}</Button>
              )}
              <Button onPress={() => dispatch({ type: 'batch-problem', error: null })}>{LABELS.dismiss}</Button>
            </>
          }
        >
          <Said error={batch.problem} />
        </Notice>
      )}
    </Section>
  );
}

/** Read out when it changes: a result, a failure, a charge. */
function said(sums: Progressed): string {
  return [
    ...(sums.running === 0 && sums.ready > 0 ? [BATCH.reviewed(sums.ready)] : []),
    ...(sums.failed > 0 ? [BATCH.failed(sums.failed)] : []),
    ...(sums.cancelled > 0 ? [BATCH.cancelled(sums.cancelled)] : []),
    (sums.running > 0 ? BATCH.chargedSoFar : BATCH.charged)(creditText(sums.charged)),
  ].join(' ');
}

function Refused({ panel, batch }: BatchProps) {
  const sums = written(batch);
  const refused = refusedPlaces(batch);
  if (sums.layers === 0 && refused.length === 0) return null;
  return (
    <>
      {sums.layers > 0 && (
        <Notice live kind="good">
          {BATCH.applied(sums.layers)}
        </Notice>
      )}
      {refused.length > 0 && (
        <Notice
          live
          kind="warning"
          actions={
            sums.misplaced > 0 && (
              <Button disabled={batch.writing !== null} onPress={() => void panel.deeds.batch.placeAsNewLayers()}>
                {BATCH.newLayers(sums.misplaced)}
              </Button>
            )
          }
        >
          <p>{BATCH.refused(refused.length)}</p>
          {refused.slice(0, REFUSED_SHOWN).map(({ key, name, why }) => (
            <p key={key}>
              {name}: {why}
            </p>
          ))}
          {refused.length > REFUSED_SHOWN && <p>{BATCH.more(refused.length - REFUSED_SHOWN)}</p>}
        </Notice>
      )}
    </>
  );
}

function refusedPlaces({ rows }: Batch) {
  return rows.flatMap(({ work, places }) =>
    work.state !== 'ready'
      ? []
      : work.placed.flatMap((placed, index) => {
          const place = places[index];
          if (placed.state !== 'refused' || place === undefined) return [];
          const { nodeId, paintIndex } = place.target;
          return [{ key: `${nodeId} ${paintIndex}`, name: place.layerName, why: explain(placed.error).happened }];
        }),
  );
}

export function BatchProgressFoot({ panel, batch }: BatchProps) {
  const { state, deeds } = panel;
  const sums = progressed(batch);
  const retry = retryable(state, batch);
  const apply = applicable(batch);
  const onCanvas = written(batch).layers;
  const { writing } = batch;
  const applyAll = (): void => void deeds.batch.applyAll();
  useEnter(apply.results > 0 && sums.running === 0 && writing === null ? applyAll : null);
  if (writing !== null) {
    const { what, done, of } = writing;
    const text = what === 'applying' ? BATCH.applying(done, of) : BATCH.reverting(done, of);
    return (
      <>
        <p role="status">{text}</p>
        <ProgressBar label={text} fraction={of === 0 ? 0 : done / of} />
      </>
    );
  }
  return (
    <>
      {retry.rows.length > 0 && (
        <Button large wide onPress={() => void deeds.batch.retry(null)}>
          {retry.credits > 0 && <Coin />} {BATCH.retryFailed(retry.rows.length, creditText(retry.credits))}
        </Button>
      )}
      <div class={css['buttons']}>
        {sums.running > 0 && (
          <Button large wide disabled={sums.cancelling} onPress={() => deeds.batch.cancel(null)}>
            {sums.cancelling ? LABELS.cancelling : BATCH.cancelAll}
          </Button>
        )}
        {onCanvas > 0 && (
          <Button large wide onPress={() => void deeds.batch.revertAll()}>
            {BATCH.revertAll}
          </Button>
        )}
        {sums.running === 0 && apply.results === 0 && (
          <Button kind="main" large wide onPress={() => void deeds.batch.close()}>
            {BATCH.done}
          </Button>
        )}
      </div>
      {apply.results > 0 && (
        <Button kind={sums.running > 0 ? 'plain' : 'main'} large wide onPress={applyAll}>
          {BATCH.apply(apply.results, apply.layers)}
        </Button>
      )}
    </>
  );
}

/** Enter applies from anywhere but a control that has a meaning for it. */
function useEnter(apply: (() => void) | null): void {
  useEffect(() => {
    const heard = (event: KeyboardEvent): void => {
      if (apply === null || event.key !== 'Enter' || event.defaultPrevented || event.repeat) return;
      const at = event.target instanceof Element ? event.target.closest('button, input, select, summary, a') : null;
      if (at === null) apply();
    };
    window.addEventListener('keydown', heard);
    return () => window.removeEventListener('keydown', heard);
  });
}
