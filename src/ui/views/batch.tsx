/** Several pictures at once: what they cost before, how they go on, and what becomes of the results. */

import { spentIn } from '../../core/spent';
import { Page, Section } from '../parts/page';
import type { Batch, Row } from '../store/batch';
import { facesOf, isWanted, quote, survey } from '../store/batchSums';
import type { Ready } from '../store/state';
import { BATCH } from '../words';
import css from './batch.module.css';
import { BatchProgress, BatchProgressFoot } from './batchProgress';
import { BatchRow, type BatchRowProps } from './batchRow';
import { BatchSurvey, BatchSurveyFoot } from './batchSurvey';
import { Behind } from './behind';
import type { Panel } from './panel';
import { Top } from './top';

export interface BatchProps {
  readonly panel: Panel;
  readonly batch: Batch;
}

export function BatchView({ panel, batch }: BatchProps) {
  const back = { label: BATCH.back, onPress: () => panel.dispatch({ type: 'batch-shown', shown: false }) };
  const surveying = batch.phase !== 'run';
  return (
    <>
      <Top panel={panel} title={BATCH.title} back={back} />
      <Page
        foot={
          surveying ? (
            <BatchSurveyFoot panel={panel} batch={batch} />
          ) : (
            <BatchProgressFoot panel={panel} batch={batch} />
          )
        }
      >
        <Behind panel={panel} />
        {surveying ? <BatchSurvey panel={panel} batch={batch} /> : <BatchProgress panel={panel} batch={batch} />}
        {batch.rows.length > 0 && (
          <Section title={BATCH.pictures}>
            <ul class={css['list']} onKeyDown={moveBetweenRows}>
              {rowsOf(panel, batch).map((props) => (
                <BatchRow key={props.row.picture} {...props} />
              ))}
            </ul>
          </Section>
        )}
      </Page>
    </>
  );
}

/** What each row shows, worked out here: a row draws itself only when one of these changes. */
function rowsOf({ state, deeds, dispatch }: Panel, batch: Batch): readonly BatchRowProps[] {
  const surveying = batch.phase !== 'run';
  const { beyond } = survey(state, batch);
  const busy = batch.writing !== null;
  return shown(batch).map((row) => {
    const cost = row.found.state === 'known' && surveying ? quote(state, batch, row.found) : null;
    return {
      row,
      faces: row.work.state === 'ready' ? row.work.faces : facesOf(state, row),
      price: cost?.credits ?? null,
      checked: row.found.state === 'known' && cost?.underWay !== true && isWanted(state, row),
      away: cost?.underWay ? 'under-way' : null,
      beyond: surveying && beyond.has(row.picture),
      surveying,
      busy,
      spent: spentOn(state, row),
      focused: false,
      deeds: deeds.batch,
      dispatch,
    };
  });
}

/** Once it has been started, only what was meant to be restored. */
const shown = ({ phase, rows }: Batch): readonly Row[] =>
  phase === 'run' ? rows.filter(({ work }) => work.state !== 'none') : rows;

function spentOn({ jobs }: Ready, { work }: Row) {
  const job = work.state === 'failed' && work.order !== null ? jobs.get(work.order.id) : undefined;
  return job === undefined ? undefined : spentIn(job.state);
}

/** Arrow keys go from row to row, as Tab does through all there is in them. */
function moveBetweenRows(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const { target, currentTarget } = event;
  if (!(target instanceof HTMLElement)) return;
  const rows = [...currentTarget.children];
  const at = rows.findIndex((row) => row.contains(target));
  const next = rows[at + (event.key === 'ArrowDown' ? 1 : -1)];
  const place = next?.querySelector<HTMLElement>('input:not(:disabled)') ?? next?.querySelector<HTMLElement>('button');
  if (place === null || place === undefined) return;
  event.preventDefault();
  place.focus();
}
