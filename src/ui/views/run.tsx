/** A run fills the panel: whichever state it is in. */
import type { Run } from '../store/run';
import { AppliedView } from './applied';
import { OpeningView } from './opening';
import type { Panel } from './panel';
import { ProblemView } from './problem';
import { ReviewView } from './review';
import { RunningView } from './running';

export function RunView({ panel, run }: { readonly panel: Panel; readonly run: Run }) {
  switch (run.state) {
    case 'running':
      return <RunningView panel={panel} run={run} />;
    case 'ready':
      return <OpeningView panel={panel} run={run} />;
    case 'review':
      return <ReviewView panel={panel} run={run} />;
    case 'applied':
      return <AppliedView panel={panel} run={run} />;
    case 'problem':
      return <ProblemView panel={panel} run={run} />;
  }
}
