/** The way from restored faces to the whole picture. */
import { Button } from '../../parts/button';
import { Section } from '../../parts/page';
import { lostPlace } from '../../store/runs/lost';
import type { AppliedRun, ReviewRun } from '../../store/runs/run';
import { ENHANCE } from '../../words/enhance';
import type { Panel } from '../panel';

export function AlsoEnhance({ panel, run }: { readonly panel: Panel; readonly run: ReviewRun | AppliedRun }) {
  if (run.order.work.kind === 'enhance' || (run.state === 'review' && lostPlace(run) !== null)) return null;
  const busy = run.state === 'review' ? run.applying : run.reverting;
  return (
    <Section>
      <Button wide disabled={busy} onPress={() => panel.dispatch({ type: 'enhance-after', id: run.id })}>
        {ENHANCE.also}…
      </Button>
    </Section>
  );
}
