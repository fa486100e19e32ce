/** One result: a picture of its layer, what was done and what it cost, and what can be done with it now. */
import { useEffect, useId, useState } from 'preact/hooks';
import { creditText } from '../../../core/words/names';
import { dateText, facesText } from '../../figures';
import { Button } from '../../parts/button';
import { Thumbnail } from '../../parts/thumbnail';
import type { HistoryRow } from '../../store/history/rows';
import { LABELS } from '../../words';
import { HISTORY } from '../../words/history';
import { LEDGER } from '../../words/ledger';
import type { Panel } from '../panel';
import css from './history.module.css';

interface HistoryRowProps {
  readonly panel: Panel;
  readonly row: HistoryRow;
  /** Its result is off, and the list has been read anew. */
  readonly onReverted: () => void;
}

export function HistoryRowView({ panel, row, onReverted }: HistoryRowProps) {
  const { deeds } = panel;
  const { nodeId, layerName, pageName, isOn, again } = row;
  const id = useId();
  const [reverting, setReverting] = useState(false);
  const revert = async (): Promise<void> => {
    setReverting(true);
    const done = await deeds.revertResult(nodeId);
    setReverting(false);
    // After the new list has been drawn.
    if (done) setTimeout(onReverted, 0);
  };
  const done = [row.preset ?? LEDGER.byHand, ...(row.faces === null || row.faces === 0 ? [] : [facesText(row.faces)])];
  return (
    <li class={css['row']}>
      <Picture panel={panel} row={row} />
      <div class={css['facts']} id={id}>
        <p class={css['name']} title={layerName}>
          {layerName}
        </p>
        <p class={css['quiet']}>
          <time dateTime={new Date(row.at).toISOString()}>{dateText(row.at)}</time> ·{' '}
          {isOn ? HISTORY.onPage(pageName ?? '') : HISTORY.offLayer}
        </p>
        <p class={css['quiet']}>
          {done.join(' · ')} · {creditText(row.credits)} · {row.service}
        </p>
        {again.state !== 'free' && <p class={css['quiet']}>{HISTORY[again.state]}</p>}
      </div>
      <div class={css['deeds']}>
        <Button describedBy={id} onPress={() => void deeds.show(nodeId)}>
          {LABELS.showLayer}
        </Button>
        {again.state === 'free' && (
          <Button describedBy={id} onPress={() => deeds.reopen(again.result)}>
            {isOn ? HISTORY.adjust : HISTORY.again} · {HISTORY.free}
          </Button>
        )}
        {isOn && (
          <Button describedBy={id} disabled={reverting} onPress={() => void revert()}>
            {reverting ? LABELS.reverting : HISTORY.revert}
          </Button>
        )}
      </div>
    </li>
  );
}

/** A layer that is gone leaves an empty frame. */
function Picture({ panel, row }: { readonly panel: Panel; readonly row: HistoryRow }) {
  const [bytes, setBytes] = useState<Uint8Array | null>(null);
  useEffect(() => {
    let shown = true;
    void panel.deeds.thumbnail(row.nodeId).then((found) => {
      if (shown) setBytes(found);
    });
    return () => {
      shown = false;
    };
    // What it carries changes what it looks like.
  }, [row.nodeId, row.isOn, row.at]);
  return <Thumbnail large bytes={bytes ?? undefined} alt="" />;
}
