/**
 * The press of Enhance: sends the picture in hand as it is in the layer, or the picture of a run with its restored faces
 * laid in as they are reviewed.
 */
import type { PluginError } from '../../../core/errors';
import type { ContentHash } from '../../../core/ids';
import { type JobOrder, MOST_BOXES } from '../../../core/job/job';
import { type EnhanceWork, MOST_RESTORED, type RestoredFaces } from '../../../core/job/work';
import { workKey } from '../../../core/job/workKey';
import { mintJobId } from '../../../core/mint';
import { credits } from '../../../core/money/price';
import { hashContent } from '../../../core/picture/contentHash';
import { type Endpoint, endpoint } from '../../../core/settings';
import { sameTarget } from '../../../core/target';
import { allowed } from '../../boxes';
import { type Context, ready } from '../context';
import { savedBoxes } from '../faces/saved';
import { looksOfFaces } from '../runs/looks';
import type { Launching } from '../runs/restoring';
import { type AppliedRun, isWhole, type ReviewRun } from '../runs/run';
import type { KnownSubject, Ready } from '../state';
import type { SubjectDeeds } from '../subject';
import { type Composites, keepComposite } from './composites';
import { enhanceParameters } from './enhance';

export interface EnhancingDeeds {
  /** Enhances what the panel shows: the run that Enhance was opened for, or else the picture in hand. */
  enhance(): Promise<void>;
}

type Wish = Pick<JobOrder, 'target' | 'layerName' | 'input' | 'boxes'> & {
  readonly content: ContentHash;
  readonly work: EnhanceWork;
};

/**
 * A second press while the first is being prepared does nothing. What goes wrong is shown as trouble of the panel.
 */
export function enhancingDeeds(
  context: Context,
  launch: Launching['launch'],
  hashOf: SubjectDeeds['hashOf'],
  composites: Composites,
): EnhancingDeeds {
  const { store, studio, world, life } = context;
  let starting = false;
  const trouble = (error: PluginError | null): void => store.dispatch({ type: 'trouble', error });

  const orderOf = ({ content, work, ...rest }: Wish, address: string): JobOrder => ({
    ...rest,
    id: mintJobId(world.random),
    workKey: workKey(content, work),
    fileName: ready(context)?.fileName ?? '',
    work,
    preset: work.parameters.model,
    address,
    estimate: credits(work.parameters.output),
    batch: null,
    reuses: null,
    createdAt: world.clock(),
  });

  const enhanceSubject = async (subject: KnownSubject, at: Endpoint): Promise<void> => {
    const { picture, target, faces } = subject;
    const content = await hashOf(picture);
    const state = ready(context);
    const now = state?.subject;
    const selected = state?.selection.pictures.find((one) => sameTarget(one.target, target));
    // The selection went on while the picture was being hashed: what was pressed is no longer what is shown.
    if (!state || selected === undefined || now?.state !== 'known' || now.picture !== picture) return;
    const parameters = enhanceParameters(state.enhance.draft, picture.size, false);
    const boxes = savedBoxes(state.faceEdits.get(target.imageHash), picture.size);
    const { layerName, forms } = selected;
    const work: EnhanceWork = { kind: 'enhance', parameters, after: null };
    const order = orderOf({ content, work, target, layerName, input: picture.size, boxes }, at.address);
    await launch(order, { picture, faces }, forms, at);
  };

  const enhanceRun = async (run: ReviewRun | AppliedRun, at: Endpoint): Promise<void> => {
    const { order, material, review, forms } = run;
    const { picture } = material;
    const after = restoredFaces(run);
    if (after === null) return trouble({ code: 'unexpected', detail: 'too many faces' });
    const baked = await studio.encode(picture.id, 'baked', review.choices, life);
    if (!baked.ok) return trouble(baked.error);
    const { bytes } = baked.value;
    const content = await hashContent(bytes, () => world.sleep(0, life));
    const state = ready(context);
    // Left or closed meanwhile: it is not sent behind anybody's back.
    if (state?.enhance.after !== run.id) return;
    const parameters = enhanceParameters(state.enhance.draft, picture.size, true);
    const work: EnhanceWork = { kind: 'enhance', parameters, after };
    const { target, layerName } = order;
    const boxes = boxesOf(run);
    const next = orderOf({ content, work, target, layerName, input: picture.size, boxes }, at.address);
    keepComposite(composites, next.id, bytes);
    store.dispatch({ type: 'enhance-after', id: null });
    const faces = material.faces.filter(({ score }) => score > 0);
    const sent = launch(next, { picture, faces }, forms, at);
    // The picture is in the new run's hands; the choices stay, for as long as nothing is applied.
    store.dispatch({ type: 'run-rested', id: run.id });
    await sent;
  };

  return {
    async enhance() {
      const state = ready(context);
      const at = state ? endpoint(state.settings) : null;
      const begin = state === null || at === null ? null : pressed(state, at);
      if (state === null || starting) return;
      if (at === null) return trouble({ code: 'key-missing' });
      if (state.lease === 'elsewhere') return trouble({ code: 'window-elsewhere' });
      if (begin === null) return;
      trouble(null);
      starting = true;
      store.dispatch({ type: 'enhance-preparing', preparing: true });
      try {
        await begin();
      } catch (thrown) {
        if (!life.aborted) trouble({ code: 'unexpected', detail: String(thrown) });
      } finally {
        starting = false;
        if (!life.aborted) store.dispatch({ type: 'enhance-preparing', preparing: false });
      }
    },
  };

  function pressed(state: Ready, at: Endpoint): (() => Promise<void>) | null {
    const { after } = state.enhance;
    const run = after === null ? undefined : state.runs.find(({ id }) => id === after);
    if (run?.state === 'review' || run?.state === 'applied') return () => enhanceRun(run, at);
    const { subject } = state;
    return after === null && subject?.state === 'known' ? () => enhanceSubject(subject, at) : null;
  }
}

/** The faces that were chosen from, also those that were drawn into the review. */
function boxesOf({ order, material, review }: ReviewRun | AppliedRun): JobOrder['boxes'] {
  const { choices } = review;
  if (isWhole(choices) || choices.length > MOST_BOXES) return order.boxes;
  return choices.map(({ face }) => {
    const { x, y, width, height } = allowed(face.box, material.picture.size);
    return [x, y, width, height];
  });
}

/** What a later opening needs to make the same picture again; null when it is too much for a record. */
function restoredFaces(run: ReviewRun | AppliedRun): RestoredFaces | null {
  const looks = looksOfFaces(run);
  const jobs = [...new Set(looks)];
  const { choices } = run.review;
  if (jobs.length === 0 || choices.length > MOST_RESTORED) return null;
  const share = (on: boolean, blend: number): number => (on ? Math.round(blend * 1000) / 1000 : 0);
  return {
    jobs,
    faces: choices.map(({ on, blend }, index) => [jobs.indexOf(looks[index] ?? run.id), share(on, blend)]),
  };
}
