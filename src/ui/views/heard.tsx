/**
 * What becomes of the run in front, for who hears the panel instead of seeing it. One region that is always there: one
 * that comes into the panel together with its words is often not read out.
 */
import { useRef } from 'preact/hooks';
import { creditText } from '../../core/words/names';
import { progressText } from '../../core/words/words';
import { facesText } from '../figures';
import { Unseen } from '../parts/unseen';
import { spentOn } from '../store/runs/looks';
import { isWhole, type Run } from '../store/runs/run';
import { HEARD, LABELS } from '../words';

export function Heard({ run }: { readonly run: Run | null }) {
  const last = useRef<Run | null>(null);
  const back = useRef(false);
  if (last.current !== run) {
    back.current = isReverted(last.current, run) || (back.current && run?.state === 'review');
    last.current = run;
  }
  return <Unseen live>{run === null ? '' : back.current ? HEARD.reverted : heard(run)}</Unseen>;
}

/** The layer shows the original again, and its result lies on the table as before. */
const isReverted = (before: Run | null, run: Run | null): boolean =>
  before?.state === 'applied' && before.reverting && run?.state === 'review' && run.id === before.id;

export function heard(run: Run): string {
  switch (run.state) {
    case 'running':
      if (run.cancelling) return LABELS.cancelling;
      // By stage only: every percent would be noise.
      return progressText({ ...run.progress, fraction: null, secondsLeft: null }, run.order.work.kind);
    case 'ready':
      return LABELS.openingResult;
    case 'review':
      if (run.applying) return LABELS.applying;
      return isWhole(run.review.choices) ? HEARD.whole : HEARD.restored(facesText(run.review.choices.length));
    case 'applied': {
      if (run.reverting) return LABELS.reverting;
      const spent = spentOn(run);
      return HEARD.applied(spent === 0 ? HEARD.nothing : creditText(spent));
    }
    // Its notice is read out where it stands.
    case 'problem':
      return '';
  }
}
