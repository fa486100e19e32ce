/** The selected layer carries a result: what it is, the way back, and whether its faces can still be chosen anew. */
import type { Recipe } from '../../../core/recipe';
import { dateText, facesText } from '../../figures';
import { Button } from '../../parts/button';
import { Notice } from '../../parts/notice';
import { againOf } from '../../store/history/rows';
import { paidBefore } from '../../store/runs/sameWork';
import type { Subject } from '../../store/state';
import { LABELS } from '../../words';
import { ENHANCE } from '../../words/enhance';
import { HISTORY, ON_CANVAS } from '../../words/history';
import { CanvasHold } from '../run/canvasHold';
import type { SelectionProps } from './selection';

export function Carried({ panel, subject, selected }: SelectionProps) {
  const { state, deeds } = panel;
  const { applied, target } = selected;
  if (applied === null) return null;
  const again = againOf(state, selected, applied.jobId, seenAt(subject) ?? applied.appliedAt);
  const gone = applied.form === 'overlay' ? ON_CANVAS.goneOverlay : ON_CANVAS.gone;
  return (
    <Notice
      kind="good"
      actions={
        <>
          {again.state === 'free' && <Button onPress={() => deeds.adjust(selected)}>{adjustText(applied)}</Button>}
          <Button onPress={() => void deeds.revertLayer(target.nodeId)}>{LABELS.revert}</Button>
          <CanvasHold panel={panel} nodeId={target.nodeId} />
        </>
      }
    >
      <p>{carriedText(applied)}</p>
      {again.state === 'elsewhere' && <p>{ON_CANVAS.elsewhere}</p>}
      {again.state === 'gone' && paidBefore(state) === null && <p>{gone}</p>}
    </Notice>
  );
}

function carriedText({ work, faces, appliedAt, service }: Recipe): string {
  const date = dateText(appliedAt);
  return work.kind === 'enhance'
    ? ENHANCE.carried(work.parameters.model, date, service)
    : LABELS.carries(facesText(faces), date, service);
}

const adjustText = ({ work }: Recipe): string => (work.kind === 'enhance' ? HISTORY.adjust : ON_CANVAS.adjustFaces);

/** Unix milliseconds of when the picture was looked at; null while that is going on. */
const seenAt = (subject: Subject): number | null => (subject.state === 'known' ? (subject.hashed?.at ?? null) : null);
