/** One picture of a batch: chosen before, watched while it runs, kept or not after. Space checks it, Enter opens it. */
import { Component } from 'preact';
import type { Job } from '../../../core/job/job';
import { spentIn } from '../../../core/money/spent';
import { creditText, sizeText } from '../../../core/words/names';
import { explain } from '../../../core/words/sentences';
import { progressText } from '../../../core/words/words';
import type { Face } from '../../../pixels/face';
import { facesText } from '../../figures';
import { Button } from '../../parts/button';
import { Coin } from '../../parts/coin';
import { Icon } from '../../parts/icon';
import { names } from '../../parts/names';
import { ProgressBar } from '../../parts/progressBar';
import { Still } from '../../parts/still';
import type { Action } from '../../store/action';
import { isApplied, MOST_CROPS, type ReadyWork, type Row } from '../../store/batch/batch';
import type { BatchDeeds } from '../../store/batch/deeds';
import { mayCost, remedies } from '../../store/remedies';
import { LABELS } from '../../words';
import { BATCH } from '../../words/batch';
import css from './row.module.css';

export interface BatchRowProps {
  readonly row: Row;
  readonly faces: readonly Face[];
  /** What it would cost now; null while that is not known. */
  readonly price: number | null;
  readonly checked: boolean;
  /** Why it cannot be checked, or nothing. */
  readonly away: 'under-way' | null;
  /** Checked, but left out by the limit. */
  readonly beyond: boolean;
  readonly surveying: boolean;
  readonly busy: boolean;
  /** The record of a job that failed: it says what is known of the credit. */
  readonly job: Job | null;
  readonly deeds: BatchDeeds;
  readonly dispatch: (action: Action) => void;
}

/** Drawn only when something of it has changed: a batch has many. */
export class BatchRow extends Component<BatchRowProps> {
  override shouldComponentUpdate(next: BatchRowProps): boolean {
    const keys = Object.keys(next) as (keyof BatchRowProps)[];
    return keys.some((key) => next[key] !== this.props[key]);
  }

  override render() {
    const { row, deeds } = this.props;
    const name = nameOf(row);
    return (
      <li class={css['row']}>
        <Check {...this.props} name={name} />
        <Look row={row} />
        <div class={css['facts']}>
          <button type="button" class={css['name']} title={BATCH.open(name)} onClick={() => deeds.openRow(row.picture)}>
            {name}
          </button>
          <State {...this.props} />
        </div>
        <Cancel {...this.props} name={name} />
        <Crops {...this.props} name={name} />
      </li>
    );
  }
}

type Named = BatchRowProps & { readonly name: string };

export function nameOf({ places }: Row): string {
  return BATCH.layersOf(places[0]?.layerName ?? '', places.length);
}

/** Nothing to choose while it runs, and once it is on the canvas. */
function Check({ row, name, checked, away, surveying, busy, deeds, dispatch }: Named) {
  const { work, picture } = row;
  const ready = work.state === 'ready' && !isApplied(work);
  if (!surveying && !ready) return <span class={css['check']} />;
  const choosing = surveying && row.found.state === 'known' && away === null;
  const change = (on: boolean): void =>
    dispatch(ready ? { type: 'batch-keep', picture, on } : { type: 'batch-wanted', picture, on });
  return (
    <label class={css['check']}>
      <input
        type="checkbox"
        checked={ready ? work.keep : checked}
        disabled={busy || !(ready || choosing)}
        aria-label={ready ? BATCH.keep(name) : BATCH.check(name)}
        onChange={(event) => change(event.currentTarget.checked)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.repeat) return;
          // The row's own Enter: it must not also press the main button, which may cost credits.
          event.preventDefault();
          deeds.openRow(picture);
        }}
      />
    </label>
  );
}

function Look({ row: { found } }: { readonly row: Row }) {
  return (
    <span class={css['look']}>
      {found.state === 'known' ? (
        <Still bitmap={found.look} class={css['picture']} />
      ) : (
        found.state === 'unusable' && <Icon name="warning" />
      )}
    </span>
  );
}

function State(props: BatchRowProps) {
  const { row, job } = props;
  const { work } = row;
  switch (work.state) {
    case 'none':
      return <p class={css['quiet']}>{surveyText(props)}</p>;
    case 'running':
      return (
        <>
          <p class={css['quiet']}>{work.cancelling ? LABELS.cancelling : progressText(work.progress)}</p>
          <ProgressBar label={LABELS.progress} fraction={work.progress.fraction ?? 0} />
        </>
      );
    case 'ready': {
      return (
        <>
          <p class={css['quiet']}>{readyText(work)}</p>
          {work.problem !== null && <p class={css['bad']}>{explain(work.problem).happened}</p>}
        </>
      );
    }
    case 'failed': {
      const { happened, money, next } = explain(work.error, job === null ? undefined : spentIn(job.state));
      return (
        <p class={css['bad']}>
          {happened} {money} {next}
        </p>
      );
    }
    case 'cancelled': {
      const { happened, money } = explain({ code: 'job-cancelled', spent: work.spent });
      return (
        <p class={css['quiet']}>
          {happened} {money}
        </p>
      );
    }
  }
}

function readyText({ placed, keep }: ReadyWork): string {
  const on = placed.filter(({ state }) => state === 'on').length;
  const refused = placed.filter(({ state }) => state === 'refused').length;
  if (on > 0) return refused > 0 ? BATCH.appliedToSome(on, on + refused) : BATCH.appliedTo(on);
  if (refused > 0) return BATCH.notApplied;
  return keep ? BATCH.ready : BATCH.discarded;
}

function surveyText({ row, faces, price, checked, away, beyond }: BatchRowProps): string {
  const { found } = row;
  switch (found.state) {
    case 'waiting':
      return BATCH.waiting;
    case 'reading':
      return BATCH.reading;
    case 'unusable':
      return explain(found.error).happened;
    case 'known': {
      const who = faces.length === 0 ? BATCH.noFace : facesText(faces.length);
      const cost = price === 0 ? BATCH.paid : creditText(price ?? 0);
      const about = away !== null ? BATCH.underWay : beyond ? BATCH.overLimit : cost;
      const size = `${who} · ${sizeText(found.size)}`;
      // What nobody is about to pay for has no price.
      return faces.length === 0 && !checked ? size : `${size} · ${about}`;
    }
  }
}

function Cancel({ row, name, deeds }: Named) {
  const { work, picture } = row;
  if (work.state !== 'running') return null;
  const { cancelling } = work;
  return (
    <Button
      kind="quiet"
      label={BATCH.about(LABELS.cancel, name)}
      disabled={cancelling}
      onPress={() => deeds.cancel(picture)}
    >
      {LABELS.cancel}
    </Button>
  );
}

/** What can be done about a failure. Sending again may be charged twice: only here, one by one. */
function Remedies({ row, job, name, busy, deeds }: Named) {
  const { work, picture } = row;
  if (work.state !== 'failed' || busy) return null;
  const offered = remedies(work.error);
  const again = offered.find((remedy) => remedy === 'retry' || remedy === 'look' || remedy === 'refetch');
  const words = offered.includes('look') ? LABELS.look : LABELS.retry;
  return (
    <>
      {again !== undefined && (
        <Button label={BATCH.about(words, name)} onPress={() => void deeds.retry(picture)}>
          {mayCost(again, job) && <Coin />} {words}
        </Button>
      )}
      {offered.includes('send-again') && (
        <Button label={BATCH.about(LABELS.sendAgain, name)} onPress={() => void deeds.sendAgain(picture)}>
          <Coin /> {LABELS.sendAgain}
        </Button>
      )}
    </>
  );
}

/** Before, and after where there is one. */
function Crops(props: Named) {
  const { row, faces } = props;
  const { found, work } = row;
  const before = found.state === 'known' ? found.crops : [];
  const after = work.state === 'ready' ? work.crops : [];
  const more = faces.length - Math.min(faces.length, MOST_CROPS);
  if (before.length === 0 && work.state !== 'failed') return null;
  return (
    <div class={css['crops']}>
      {before.map((bitmap, index) => {
        const restored = after[index];
        const off = work.state === 'ready' && work.choices[index]?.on === false;
        return (
          // Faces have no names, and their order never changes.
          <span key={index} class={names(css['pair'], off && css['off'])}>
            <Still bitmap={bitmap} class={css['crop']} />
            {restored !== undefined && (
              <>
                <Icon name="right" />
                <Still bitmap={restored} class={css['crop']} />
              </>
            )}
          </span>
        );
      })}
      {more > 0 && <span class={css['quiet']}>{BATCH.more(more)}</span>}
      <Remedies {...props} />
    </div>
  );
}
