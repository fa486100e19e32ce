/** Several pictures at once: what they cost before, how they go on, and what becomes of the results. */
import { useEffect, useRef } from 'preact/hooks';
import type { Job } from '../../../core/job/job';
import { Button } from '../../parts/button';
import { Page, Section } from '../../parts/page';
import type { Batch, Row } from '../../store/batch/batch';
import { facesOf, isWanted, priceOfRetry, quote, survey } from '../../store/batch/sums';
import type { Ready } from '../../store/state';
import { BATCH } from '../../words/batch';
import type { Panel } from '../panel';
import { Behind } from '../run/behind';
import { Top } from '../top';
import css from './batch.module.css';
import { BatchProgress, BatchProgressFoot } from './progress';
import { BatchRow, type BatchRowProps } from './row';
import { BatchSurvey, BatchSurveyFoot } from './survey';

export interface BatchProps {
  readonly panel: Panel;
  readonly batch: Batch;
}

export function BatchView({ panel, batch }: BatchProps) {
  const back = { label: BATCH.back, onPress: () => panel.dispatch({ type: 'batch-shown', shown: false }) };
  const surveying = batch.phase !== 'run';
  const isEmpty = batch.phase === 'survey' && batch.rows.length === 0;
  const discarded = batch.writing === null && batch.rows.some(({ work }) => work.state === 'ready' && !work.keep);
  const list = useRef<HTMLUListElement>(null);
  // Back from one of the rows: the focus goes where it was.
  useEffect(() => {
    const at = shown(batch).findIndex(({ picture }) => picture === batch.lastOpened);
    if (document.hasFocus() && document.activeElement === document.body) placeIn(list.current?.children[at])?.focus();
  }, []);
  return (
    <>
      <Top panel={panel} title={BATCH.title} back={back} />
      <Page
        foot={
          isEmpty ? null : surveying ? (
            <BatchSurveyFoot panel={panel} batch={batch} />
          ) : (
            <BatchProgressFoot panel={panel} batch={batch} />
          )
        }
      >
        <Behind panel={panel} />
        {surveying ? <BatchSurvey panel={panel} batch={batch} /> : <BatchProgress panel={panel} batch={batch} />}
        {batch.rows.length > 0 && (
          <Section title={BATCH.pictures} aside={discarded && <KeepAll panel={panel} />}>
            <ul class={css['list']} ref={list} onKeyDown={moveBetweenRows}>
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

const KeepAll = ({ panel: { dispatch } }: { readonly panel: Panel }) => (
  <Button onPress={() => dispatch({ type: 'batch-keep', picture: null, on: true })}>{BATCH.keepAll}</Button>
);

/** What each row shows, worked out here: a row draws itself only when one of these changes. */
function rowsOf({ state, deeds, dispatch }: Panel, batch: Batch): readonly BatchRowProps[] {
  const surveying = batch.phase !== 'run';
  const beyond = surveying ? survey(state, batch).beyond : NONE;
  const busy = batch.writing !== null;
  return shown(batch).map((row) => {
    const cost = row.found.state === 'known' && surveying ? quote(state, batch, row.found) : null;
    return {
      row,
      faces: row.work.state === 'ready' ? row.work.faces : facesOf(state, row),
      price: row.work.state === 'failed' ? priceOfRetry(state, batch, row) : (cost?.credits ?? null),
      checked: row.found.state === 'known' && cost?.underWay !== true && isWanted(state, row),
      away: cost?.underWay ? 'under-way' : null,
      beyond: surveying && beyond.has(row.picture),
      surveying,
      busy,
      job: jobOf(state, row),
      deeds: deeds.batch,
      dispatch,
    };
  });
}

const NONE: ReadonlySet<Row['picture']> = new Set();

/** Once it has been started, only what was meant to be restored. */
const shown = ({ phase, rows }: Batch): readonly Row[] =>
  phase === 'run' ? rows.filter(({ work }) => work.state !== 'none') : rows;

const jobOf = ({ jobs }: Ready, { work }: Row): Job | null =>
  work.state === 'failed' && work.order !== null ? (jobs.get(work.order.id) ?? null) : null;

/** Arrow keys go from row to row, as Tab does through all there is in them. */
function moveBetweenRows(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const { target, currentTarget } = event;
  if (!(target instanceof HTMLElement)) return;
  const rows = [...currentTarget.children];
  const at = rows.findIndex((row) => row.contains(target));
  const next = rows[at + (event.key === 'ArrowDown' ? 1 : -1)];
  const place = placeIn(next);
  if (place === null) return;
  event.preventDefault();
  place.focus();
}

const placeIn = (row: Element | undefined): HTMLElement | null =>
  row?.querySelector<HTMLElement>('input:not(:disabled)') ?? row?.querySelector<HTMLElement>('button') ?? null;
