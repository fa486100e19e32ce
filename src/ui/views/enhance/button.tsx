/** The one button of an enhancement that costs something, with its price by the size of the result. */
import { useEffect, useRef } from 'preact/hooks';
import { credits, type Size } from '../../../core/money/price';
import { Button } from '../../parts/button';
import { Coin } from '../../parts/coin';
import { outputFor } from '../../store/enhance/enhance';
import { enhancedBefore } from '../../store/runs/sameWork';
import { LABELS } from '../../words';
import { ENHANCE } from '../../words/enhance';
import type { Panel } from '../panel';

interface EnhanceButtonProps {
  readonly panel: Panel;
  /** Of the picture that is enhanced; null while it is not ready to be sent. */
  readonly source: Size | null;
  /** The picture goes out with restored faces: whether it was paid before is known only when it is put together. */
  readonly restored: boolean;
}

export function EnhanceButton({ panel, source, restored }: EnhanceButtonProps) {
  const { state, deeds } = panel;
  const { draft, preparing } = state.enhance;
  const button = useRef<HTMLButtonElement>(null);
  const ready = source !== null && !preparing;
  // Enter runs it: the focus goes there when a picture is ready, unless the user is busy with another control.
  useEffect(() => {
    const busy = document.activeElement?.matches('button, input, select, summary, [role=slider]') ?? false;
    if (ready && !busy && document.hasFocus()) button.current?.focus({ preventScroll: true });
  }, [ready]);
  const free = !restored && enhancedBefore(state) !== null;
  const price = source === null || free ? 0 : credits(outputFor(draft.size, source));
  return (
    <Button kind="main" large wide disabled={!ready} focusRef={button} onPress={() => void deeds.enhance()}>
      {preparing ? (
        ENHANCE.preparing
      ) : source === null ? (
        LABELS.reading
      ) : (
        <>
          {!free && <Coin />} {ENHANCE.run(price)}
        </>
      )}
    </Button>
  );
}
