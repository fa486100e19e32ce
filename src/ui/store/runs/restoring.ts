/** The press of Restore: sends the picture in hand, unless the same work is known already. */
import type { PluginError } from '../../../core/errors';
import type { ContentHash } from '../../../core/ids';
import type { JobOrder } from '../../../core/job/job';
import { reusable } from '../../../core/job/nextAct';
import { reuseOf } from '../../../core/job/reuse';
import type { Work } from '../../../core/job/work';
import { workKey } from '../../../core/job/workKey';
import { mintJobId } from '../../../core/mint';
import { credits } from '../../../core/money/price';
import { type Endpoint, endpoint } from '../../../core/settings';
import { sameTarget } from '../../../core/target';
import type { SelectedPicture } from '../../../protocol/selection';
import { type Context, ready } from '../context';
import { isChanged } from '../draft';
import { savedBoxes } from '../faces/saved';
import type { KnownSubject, Ready } from '../state';
import type { SubjectDeeds } from '../subject';
import { wishFor } from './looks';
import type { LooksSending } from './looksDeeds';
import { freshRun, isFetchable, isOpen, type Material, type Run, wholePicture } from './run';
import type { RunDeeds } from './runs';
import { underWay } from './sameWork';
import { isUnsent } from './takeUp';

export interface RestoringDeeds {
  /**
   * Sends the picture in hand, or brings what was paid for before. Does nothing while it is not ready to be sent.
   * `looks`: as many jobs as that, which differ in their seeds.
   */
  restore(looks?: number): Promise<void>;
}

export interface Launching {
  /** Sends a job, shows the run that does the same already, or brings what was paid for before. */
  launch(order: JobOrder, material: Material, forms: SelectedPicture['forms'] | null, at: Endpoint): Promise<void>;
}

/**
 * A second press while the first is under way does nothing. What goes wrong before there is a run is shown as
 * trouble.
 */
export function restoringDeeds(
  context: Context,
  { send, resume, takeOver }: Pick<RunDeeds, 'send' | 'resume' | 'takeOver'>,
  sendLooks: LooksSending['sendLooks'],
  hashOf: SubjectDeeds['hashOf'],
): RestoringDeeds & Launching {
  const { store, world, life } = context;
  let starting = false;

  const trouble = (error: PluginError | null): void => store.dispatch({ type: 'trouble', error });
  const show = ({ id }: { readonly id: JobOrder['id'] }): void => store.dispatch({ type: 'run-shown', id });

  /** What the user would pay for, as it would be written down. */
  const orderOf = (
    state: Ready,
    { target, picture }: KnownSubject,
    selected: SelectedPicture,
    content: ContentHash,
    address: string,
  ): JobOrder => {
    const work: Work = { kind: 'faces', parameters: state.draft.parameters };
    return {
      id: mintJobId(world.random),
      workKey: workKey(content, work),
      target,
      layerName: selected.layerName,
      fileName: state.fileName,
      work,
      preset: isChanged(state.draft) ? null : state.draft.preset.name,
      address,
      input: picture.size,
      estimate: credits(picture.size),
      boxes: savedBoxes(state.faceEdits.get(target.imageHash), picture.size),
      batch: null,
      reuses: null,
      createdAt: world.clock(),
    };
  };

  /** True when the work needs no new job: it is under way, waits to be sent, or lies ready in this panel. */
  const isKnown = (state: Ready, order: JobOrder): boolean => {
    const own = state.runs.find((run) => isSame(run, order) && isOpen(run));
    if (own !== undefined) {
      show(own);
      if (own.state === 'problem' && own.job !== null && isUnsent(own.job)) void resume(own.job);
      return true;
    }
    const other = underWay(state.jobs.values(), order.workKey, order.address, world.clock());
    if (other === null) return false;
    if (state.runs.some(({ id }) => id === other.id)) show(other);
    else trouble({ code: 'work-under-way', fileName: other.order.fileName });
    return true;
  };

  const begin = async (subject: KnownSubject, content: ContentHash, at: Endpoint, looks: number): Promise<void> => {
    const state = ready(context);
    const selected = state?.selection.pictures.find(({ target }) => sameTarget(target, subject.target));
    if (!state || selected === undefined) return;
    const order = orderOf(state, subject, selected, content, at.address);
    trouble(null);
    const { picture } = subject;
    const material = { picture, faces: subject.faces.length > 0 ? subject.faces : [wholePicture(picture)] };
    if (looks > 1 && order.work.kind === 'faces') {
      const { target, work, address } = order;
      const wish = wishFor(state.runs, { content, target, work, address }, looks, world.clock());
      return sendLooks({ order, wish, material, forms: selected.forms }, at);
    }
    return launch(order, material, selected.forms, at);
  };

  const launch: Launching['launch'] = async (order, material, forms, at) => {
    const state = ready(context);
    if (state === null || isKnown(state, order)) return;
    const paid = reusable([...state.jobs.values()], order.workKey, at.address, world.clock());
    if (paid === null) return send(freshRun(order, material, forms), at);
    const job = reuseOf(paid, order, world.clock());
    return takeOver(freshRun(job.order, material, forms), job, at);
  };

  return {
    launch,
    async restore(looks = 1) {
      const state = ready(context);
      const subject = state?.subject;
      const at = state ? endpoint(state.settings) : null;
      if (!state || subject?.state !== 'known' || starting) return;
      if (at === null) return trouble({ code: 'key-missing' });
      if (state.lease === 'elsewhere') return trouble({ code: 'window-elsewhere' });
      starting = true;
      const content = await hashOf(subject.picture)
        .catch((thrown: unknown) => {
          if (!life.aborted) throw thrown;
          return null;
        })
        .finally(() => {
          starting = false;
        });
      const now = ready(context)?.subject;
      // The selection went on while the picture was being hashed: what was pressed is no longer what is shown.
      const same = now?.state === 'known' && now.picture === subject.picture && now.faces === subject.faces;
      if (content !== null && same) await begin(subject, content, at, looks);
    },
  };
}

/** The same work for the same place, with the same faces: other faces of a result that is there are free anyway. */
function isSame({ order: own, job }: Run, order: JobOrder): boolean {
  if (own.workKey !== order.workKey || own.address !== order.address || !sameTarget(own.target, order.target)) {
    return false;
  }
  return !isFetchable(job) || JSON.stringify(own.boxes) === JSON.stringify(order.boxes);
}
