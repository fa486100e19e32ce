/** Several pictures go on, or wait, behind another view. */
import { Button } from '../../parts/button';
import { Notice } from '../../parts/notice';
import { type Batch, isApplied } from '../../store/batch/batch';
import { survey } from '../../store/batch/sums';
import type { Ready } from '../../store/state';
import { LABELS } from '../../words';
import { BATCH } from '../../words/batch';
import type { Panel } from '../panel';

export function BatchNotice({ panel: { state, dispatch, deeds } }: { readonly panel: Panel }) {
  const { batch } = state;
  if (batch === null || batch.shown) return null;
  const { kind, text } = line(state, batch);
  const over = kind === 'over' || batch.phase !== 'run';
  return (
    <Notice
      live
      kind={kind === 'ready' ? 'good' : 'info'}
      actions={
        <>
          <Button
            label={BATCH.about(LABELS.show, BATCH.title)}
            onPress={() => dispatch({ type: 'batch-shown', shown: true })}
          >
            {LABELS.show}
          </Button>
          {over && (
            <Button label={BATCH.about(LABELS.dismiss, BATCH.title)} onPress={() => void deeds.batch.close()}>
              {LABELS.dismiss}
            </Button>
          )}
        </>
      }
    >
      <p>{BATCH.behind(text)}</p>
    </Notice>
  );
}

function line(state: Ready, batch: Batch): { readonly kind: 'going' | 'ready' | 'over'; readonly text: string } {
  if (batch.phase === 'collecting') return { kind: 'going', text: BATCH.collecting };
  if (batch.phase === 'survey') {
    const { searched, pictures, chosen } = survey(state, batch);
    return {
      kind: 'going',
      text: searched < pictures ? BATCH.searching(searched, pictures) : BATCH.restore(chosen.length),
    };
  }
  const running = batch.rows.filter(({ work }) => work.state === 'running').length;
  const ready = batch.rows.filter(({ work }) => work.state === 'ready' && !isApplied(work)).length;
  const failed = batch.rows.filter(({ work }) => work.state === 'failed').length;
  if (running > 0) return { kind: 'going', text: BATCH.running(ready, ready + running) };
  if (ready > 0) return { kind: 'ready', text: BATCH.reviewed(ready) };
  return failed > 0 ? { kind: 'going', text: BATCH.failed(failed) } : { kind: 'over', text: LABELS.done };
}
