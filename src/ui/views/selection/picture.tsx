/** The picture of a run while there is no result to compare it with: decoded, or else the layer's thumbnail. */
import { Bitmap } from '../../parts/bitmap';
import { Thumbnail } from '../../parts/thumbnail';
import type { ReadyRun, RunningRun } from '../../store/runs/run';
import type { Panel } from '../panel';
import css from '../run/running.module.css';

/** Pixels of its long side. */
const LONG_SIDE = 640;

export function Picture({ panel, run }: { readonly panel: Panel; readonly run: RunningRun | ReadyRun }) {
  const { material, order } = run;
  const thumbnail = panel.state.thumbnails.get(order.target.nodeId);
  return (
    <div class={css['stage']}>
      {material !== null ? (
        <Bitmap
          of={`picture ${material.picture.id}`}
          load={() => panel.studio.bitmap(material.picture.id, LONG_SIDE)}
          alt={order.layerName}
          class={css['picture']}
        />
      ) : (
        thumbnail !== undefined && <Thumbnail large bytes={thumbnail} alt={order.layerName} />
      )}
    </div>
  );
}
