/** A run fills the panel: whichever state it is in. */
import { setIn } from '../../store/runs/looks';
import type { Run } from '../../store/runs/run';
import { LooksView } from '../looks/looks';
import type { Panel } from '../panel';
import { AppliedView } from './applied';
import { OpeningView } from './opening';
import { ProblemView } from './problem';
import { ReviewView } from './review';
import { RunningView } from './running';

export function RunView({ panel, run }: { readonly panel: Panel; readonly run: Run }) {
  const alone = setIn(panel.state.runs, run.order).length === 1;
  switch (run.state) {
    case 'running':
      if (!alone) return <LooksView panel={panel} run={run} />;
      return <RunningView panel={panel} run={run} />;
    case 'ready':
      return <OpeningView panel={panel} run={run} />;
    case 'review':
      return <ReviewView panel={panel} run={run} />;
    case 'applied':
      return <AppliedView panel={panel} run={run} />;
    case 'problem':
      if (!alone) return <LooksView panel={panel} run={run} />;
      return <ProblemView panel={panel} run={run} />;
  }
}
