/** Another window works on this document: what it does, as the records say. */
import { Notice } from '../parts/notice';
import { toTakeUp } from '../store/runs/takeUp';
import { JOB_WORDS, LABELS } from '../words';
import type { Panel } from './panel';
import css from './run/behind.module.css';

/** More would only push away what can be done here. */
const SHOWN = 5;

export function Watched({ panel: { state } }: { readonly panel: Panel }) {
  if (state.lease !== 'elsewhere') return null;
  const jobs = toTakeUp(state);
  return (
    <Notice live kind="info">
      <p>{LABELS.watched}</p>
      {jobs.length > 0 && (
        <ul class={css['results']}>
          {jobs.slice(0, SHOWN).map((job) => (
            <li key={job.id} class={css['layer']} title={job.order.layerName}>
              {JOB_WORDS[job.state.name]}: {job.order.layerName}
            </li>
          ))}
          {jobs.length > SHOWN && <li>{LABELS.andMore(jobs.length - SHOWN)}</li>}
        </ul>
      )}
    </Notice>
  );
}
