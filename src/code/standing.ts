/** What has become of the place that a result was made for, and what is there now. Reads only. */
import type { PluginError } from '../core/errors';
import type { FileId } from '../core/ids';
import { failed, ok, type Result } from '../core/result';
import type { Target } from '../core/target';
import type { Standing } from '../protocol/messages';
import { attemptAsync } from './errors';
import { picturesOf, type Reading, startReading } from './readLayer';
import { check, findLayer } from './recheck';

/**
 * `now`: the picture that is there at this moment, or null. A file other than the target's is an error, not 'gone'.
 */
export async function look(
  target: Target,
  here: FileId,
  sizeOf: Reading['sizeOf'],
): Promise<Result<Standing, PluginError>> {
  return attemptAsync<Standing>(async () => {
    const layer = await findLayer(target, here);
    if (!layer.ok) {
      if (layer.error.code === 'layer-gone') return ok({ state: 'gone', now: null });
      return layer.error.code === 'layer-changed' ? ok({ state: 'changed', now: null }) : failed(layer.error);
    }
    const pictures = await picturesOf(layer.value, startReading(here, sizeOf));
    // The reading took time: the check is of this moment.
    const checked = check(layer.value, target);
    if (!checked.ok && checked.error.code === 'layer-gone') return ok({ state: 'gone', now: null });
    const index = checked.ok ? checked.value.index : target.paintIndex;
    const now = pictures.find((picture) => picture.target.paintIndex === index) ?? null;
    return ok({ state: checked.ok ? 'same' : 'changed', now });
  });
}
