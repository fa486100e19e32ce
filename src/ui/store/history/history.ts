/** The results of this document: lists them, opens one again for nothing, takes them off, compares on the canvas. */
import type { PluginError } from '../../../core/errors';
import type { NodeId } from '../../../core/ids';
import type { ResultsReport, SelectedPicture } from '../../../protocol/selection';
import { type Context, ready } from '../context';
import type { ReadyRun } from '../runs/run';
import { againOf, type KeptResult } from './rows';

export type HistoryState =
  | { readonly state: 'unread' }
  /** `at`: unix milliseconds of the reading. `looking`: it is being read anew, or further. */
  | { readonly state: 'known'; readonly report: ResultsReport; readonly at: number; readonly looking: boolean }
  | { readonly state: 'failed'; readonly error: PluginError };

export interface HistoryDeeds {
  /** 'page': the layers of the open page; 'file': of all pages. */
  readHistory(scope: 'page' | 'file'): Promise<void>;
  /** Opens a result for the review again, for nothing. */
  reopen(result: KeptResult): void;
  /** The review of the result that this layer carries; where that is gone, the layer itself. */
  adjust(picture: SelectedPicture): void;
  /** Takes a result off, and lists the others anew. True when it is off. */
  revertResult(nodeId: NodeId): Promise<boolean>;
  /** PNG of the layer as the canvas shows it; null where there is none. */
  thumbnail(nodeId: NodeId): Promise<Uint8Array | null>;
  /** Shows the original on the canvas for as long as it is held. */
  holdOriginal(nodeId: NodeId, held: boolean): Promise<void>;
}

/** Pixels across. */
const THUMBNAIL = 96;
/** The host must not export more at once. */
const AT_ONCE = 3;

/** `choose` takes another picture of the selection in hand. */
export function historyDeeds(context: Context, choose: (target: SelectedPicture['target']) => void): HistoryDeeds {
  const { store, host, world } = context;
  let scope: 'page' | 'file' = 'page';
  let asked = 0;
  let exporting = 0;
  const waiting: (() => void)[] = [];

  const trouble = (error: PluginError): void => store.dispatch({ type: 'trouble', error });

  const readHistory = async (wanted: 'page' | 'file'): Promise<void> => {
    const known = ready(context)?.history;
    const mine = ++asked;
    scope = wanted;
    if (known?.state === 'known') store.dispatch({ type: 'history', history: { ...known, looking: true } });
    const answer = await host.call('results.find', { scope: wanted });
    if (mine !== asked) return;
    store.dispatch({
      type: 'history',
      history: answer.ok
        ? { state: 'known', report: answer.value, at: world.clock(), looking: false }
        : { state: 'failed', error: answer.error },
    });
  };

  const reopen = ({ job, beside, target, layerName, forms }: KeptResult): void => {
    for (const look of [job, ...beside]) {
      const { state: done, order, id } = look;
      if (done.name !== 'COMPLETED' && done.name !== 'DONE') continue;
      const run: ReadyRun = {
        state: 'ready',
        id,
        // A copy of the layer takes the result as well: it belongs where the user asked for it.
        order: { ...order, target, layerName },
        job: look,
        forms,
        resumed: false,
        faces: null,
        standing: null,
        material: null,
        bytes: null,
        completion: done.completion,
        opening: false,
        chosen: null,
      };
      store.dispatch({ type: 'run-started', run });
    }
    store.dispatch({ type: 'run-shown', id: job.id });
  };

  return {
    readHistory,
    reopen,
    adjust(picture) {
      const state = ready(context);
      const { applied, target } = picture;
      if (state === null || applied === null) return;
      const own = state.runs.find(({ id, order }) => id === applied.jobId && order.target.nodeId === target.nodeId);
      const again = againOf(state, picture, applied.jobId, world.clock());
      if (own !== undefined) {
        store.dispatch({ type: 'run-shown', id: own.id });
        store.dispatch({ type: 'adjusting', id: own.id });
      } else if (again.state === 'free') reopen(again.result);
      else {
        store.dispatch({ type: 'run-shown', id: null });
        store.dispatch({ type: 'page', page: 'work' });
        choose(target);
      }
    },
    async revertResult(nodeId) {
      const answer = await host.call('result.revert', { nodeId, undo: 'own' });
      if (!answer.ok) trouble(answer.error);
      await readHistory(scope);
      return answer.ok;
    },
    async thumbnail(nodeId) {
      if (exporting >= AT_ONCE) await new Promise<void>((go) => waiting.push(go));
      else exporting += 1;
      try {
        const answer = await host.call('thumbnail.read', { nodeId, width: THUMBNAIL });
        return answer.ok ? answer.value : null;
      } finally {
        const next = waiting.shift();
        if (next === undefined) exporting -= 1;
        else next();
      }
    },
    async holdOriginal(nodeId, held) {
      const answer = await host.call('result.compare', { nodeId, original: held });
      if (!answer.ok && held) trouble(answer.error);
    },
  };
}
