/** Shows the original on the canvas for as long as the button, or Space, is held; and puts the result back after it. */
import { useEffect } from 'preact/hooks';
import type { NodeId } from '../../../core/ids';
import { Button } from '../../parts/button';
import { Unseen } from '../../parts/unseen';
import { ON_CANVAS } from '../../words/history';
import type { Panel } from '../panel';
import css from './canvasHold.module.css';
import { useHold } from './useHold';

export function CanvasHold({ panel, nodeId }: { readonly panel: Panel; readonly nodeId: NodeId }) {
  const { held, handlers } = useHold();
  useEffect(() => {
    if (!held) return;
    void panel.deeds.holdOriginal(nodeId, true);
    // Also when the view goes away while it is held.
    return () => void panel.deeds.holdOriginal(nodeId, false);
  }, [held, nodeId]);
  return (
    <span class={css['hold']} {...handlers}>
      <Button label={ON_CANVAS.holdLabel} pressed={held} onPress={() => undefined}>
        {ON_CANVAS.hold}
      </Button>
      <Unseen live>{held && ON_CANVAS.shown}</Unseen>
    </span>
  );
}
