/** Sends several looks at the same faces, each a job of its own: what is paid for already is fetched instead. */
import type { JobId } from '../../../core/ids';
import type { JobOrder } from '../../../core/job/job';
import { setOf } from '../../../core/job/looks';
import { reuseOf } from '../../../core/job/reuse';
import { mintJobId } from '../../../core/mint';
import type { Endpoint } from '../../../core/settings';
import type { SelectedPicture } from '../../../protocol/selection';
import { type Context, ready } from '../context';
import { type LooksWish, lookAt, plannedLooks, setIn, wishForAnother } from './looks';
import { freshRun, type Material, type Run, type RunningRun } from './run';
import type { RunDeeds } from './runs';
import { endpointOf } from './sources';

/** What all looks of a set have in common. */
export interface LooksOrder {
  /** With the first seed; its id names the set when that is new. */
  readonly order: JobOrder;
  readonly wish: LooksWish;
  readonly material: Material;
  readonly forms: SelectedPicture['forms'] | null;
}

export interface LooksDeeds {
  /** One more look at what is reviewed, with the next seed. */
  anotherLook(id: JobId): void;
}

export interface LooksSending extends LooksDeeds {
  sendLooks(looks: LooksOrder, at: Endpoint): void;
}

/** Credits: one charge for each look that was not paid before. */
export function looksDeeds(context: Context, { send, takeOver }: Pick<RunDeeds, 'send' | 'takeOver'>): LooksSending {
  const { store, world } = context;

  const sendLooks = ({ order, wish, material, forms }: LooksOrder, at: Endpoint): void => {
    const state = ready(context);
    if (state === null) return;
    const [first] = wish.set;
    const planned = plannedLooks(state, wish);
    let of: JobId | null = first === undefined ? null : setOf(first.order);
    let held = wish.set.some((run) => run.material !== null);
    for (const { work, workKey, place, paid } of planned) {
      const id: JobId = mintJobId(world.random);
      of ??= id;
      const { look: _, ...base } = order;
      const own: JobOrder = {
        ...base,
        ...lookAt(of, place, id),
        id,
        work,
        workKey,
        reuses: null,
        createdAt: world.clock(),
      };
      const started = (it: JobOrder): RunningRun => ({
        // One of them holds the picture, which is open once.
        ...freshRun(it, held ? null : material, forms),
        faces: material.faces,
      });
      if (paid === null) void send(started(own), at);
      else {
        const job = reuseOf(paid, own, world.clock());
        void takeOver(started(job.order), job, at);
      }
      held = true;
    }
    // The front goes to the set, whichever of it is new.
    const any: Run | undefined = setIn(ready(context)?.runs ?? [], first?.order ?? order)[0];
    if (any !== undefined) store.dispatch({ type: 'run-shown', id: any.id });
  };

  return {
    sendLooks,
    anotherLook(id) {
      const state = ready(context);
      const run = state?.runs.find((known) => known.id === id);
      if (state === null || run?.state !== 'review') return;
      const wish = wishForAnother(state, run, world.clock());
      const at = endpointOf(context, run.order.address);
      if (wish === null || at === null) return;
      sendLooks({ order: run.order, wish, material: run.material, forms: run.forms }, at);
    },
  };
}
