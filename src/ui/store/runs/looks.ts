/** Runs that are looks at the same faces: which belong together, which stands for all, and what more would cost. Pure. */
import type { ContentHash, JobId } from '../../../core/ids';
import type { Job, JobOrder, Look } from '../../../core/job/job';
import { freePlace, MOST_LOOKS, placeOf, seedOf, seedsFrom, setOf, withSeed } from '../../../core/job/looks';
import { reusable } from '../../../core/job/nextAct';
import type { FacesWork } from '../../../core/job/work';
import { contentOf, workKey } from '../../../core/job/workKey';
import { endpoint } from '../../../core/settings';
import { sameTarget, type Target } from '../../../core/target';
import type { Ready } from '../state';
import { type AppliedRun, isOpen, type OpenLook, type ReviewRun, type Run } from './run';
import { underWay } from './sameWork';

/** The looks of the set that `order` belongs to, first place first. */
export function setIn(runs: readonly Run[], order: Pick<JobOrder, 'id' | 'look'>): readonly Run[] {
  const set = setOf(order);
  return runs.filter((run) => setOf(run.order) === set).sort((one, other) => placeOf(one.order) - placeOf(other.order));
}

/** The earlier, the sooner it fills the panel: of a set the one with something to decide about. */
const RANK: { readonly [Name in Run['state']]: number } = { review: 0, applied: 1, ready: 2, running: 3, problem: 4 };

/** The one that stands for its set. */
export function leadOf(set: readonly Run[]): Run | undefined {
  return set.reduce<Run | undefined>(
    (best, run) => (best === undefined || rank(run) < rank(best) ? run : best),
    undefined,
  );
}

const rank = (run: Run): number => RANK[run.state] - (run.state === 'ready' && run.opening ? 0.5 : 0);

/** One for each set: what is listed outside it. */
export function leads(runs: readonly Run[]): readonly Run[] {
  return runs.filter((run) => leadOf(setIn(runs, run.order)) === run);
}

/** All results that are open beside the picture, first place first. */
export function openLooks({ order, review }: ReviewRun | AppliedRun): readonly OpenLook[] {
  const own: OpenLook = { order, result: review.result, credits: review.completion.credits };
  return [own, ...review.others].sort((one, other) => placeOf(one.order) - placeOf(other.order));
}

/** The looks that at least one face is taken from. */
export function takenLooks(run: ReviewRun | AppliedRun): readonly OpenLook[] {
  const taken = new Set(run.review.choices.filter(({ on }) => on).map(({ resultId }) => resultId));
  return openLooks(run).filter(({ result }) => taken.has(result.id));
}

/** Credits that all looks of the review have cost together. */
export function spentOn(run: ReviewRun | AppliedRun): number {
  return openLooks(run).reduce((sum, { credits }) => sum + credits, 0);
}

/** Which look each face is taken from. */
export function looksOfFaces(run: ReviewRun | AppliedRun): readonly JobId[] {
  const looks = openLooks(run);
  return run.review.choices.map(
    ({ resultId }) => looks.find(({ result }) => result.id === resultId)?.order.id ?? run.id,
  );
}

/** One look that is still to be made. */
export interface PlannedLook {
  readonly work: FacesWork;
  readonly workKey: string;
  readonly place: number;
  /** The finished job whose result it brings for nothing; null: it is paid for. */
  readonly paid: Job | null;
}

export interface LooksWish {
  readonly content: ContentHash;
  /** With the first seed to be tried. */
  readonly work: FacesWork;
  readonly address: string;
  /** What there is of the set already. */
  readonly set: readonly Run[];
  /** How many looks more. */
  readonly more: number;
  /** Unix milliseconds. */
  readonly now: number;
}

/** The next seeds that nothing is made of here or elsewhere; fewer than wished for when the set is full. */
export function plannedLooks({ jobs }: Pick<Ready, 'jobs'>, wish: LooksWish): readonly PlannedLook[] {
  const { content, work, address, set, more, now } = wish;
  const places = set.map(({ order }) => placeOf(order));
  const seeds = new Set(set.map(({ order }) => seedOf(order.work)));
  const planned: PlannedLook[] = [];
  for (const seed of seedsFrom(work.parameters.noiseSeed)) {
    const place = freePlace([...places, ...planned.map((look) => look.place)]);
    if (planned.length >= more || place === null) break;
    if (seeds.has(seed)) continue;
    const look = withSeed(work, seed);
    const key = workKey(content, look);
    // Somebody is making it already: it is not paid for twice.
    if (underWay(jobs.values(), key, address, now) !== null) continue;
    planned.push({ work: look, workKey: key, place, paid: reusable([...jobs.values()], key, address, now) });
  }
  return planned;
}

/** What would be made of the picture in hand; null while it is not known what it is. */
export function wishForPicture(state: Ready, looks: number): LooksWish | null {
  const { subject, draft, settings } = state;
  const at = endpoint(settings);
  if (at === null || subject?.state !== 'known' || subject.hashed === null || subject.faces.length === 0) return null;
  const { content, at: now } = subject.hashed;
  const work: FacesWork = { kind: 'faces', parameters: draft.parameters };
  return wishFor(state.runs, { content, work, address: at.address, target: subject.target }, looks, now);
}

/** `looks` in all: those that are open already count. */
export function wishFor(
  runs: readonly Run[],
  asked: Pick<LooksWish, 'content' | 'work' | 'address'> & { readonly target: Target },
  looks: number,
  now: number,
): LooksWish {
  const { target, ...rest } = asked;
  const key = workKey(asked.content, asked.work);
  const own = runs.find(
    (run) =>
      run.order.workKey === key &&
      run.order.address === asked.address &&
      run.order.batch === null &&
      sameTarget(run.order.target, target) &&
      isOpen(run),
  );
  const set = own === undefined ? [] : setIn(runs, own.order);
  return { ...rest, set, more: Math.max(0, looks - set.length), now };
}

/** One look more at what is reviewed; null where there can be none. */
export function wishForAnother(state: Ready, { order }: ReviewRun, now: number): LooksWish | null {
  const { work, address, batch } = order;
  const content = contentOf(order.workKey);
  const set = setIn(state.runs, order);
  if (work.kind !== 'faces' || batch !== null || content === null || set.length >= MOST_LOOKS) return null;
  if (endpoint(state.settings)?.address !== address) return null;
  return { content, work, address, set, more: 1, now };
}

/** Credits that one more look at what is reviewed costs; null where there can be none. */
export function anotherPrice(state: Ready, run: ReviewRun): number | null {
  const { subject, readAt } = state;
  const hashed = subject?.state === 'known' ? subject.hashed : null;
  // The last moment that the state knows of: it says which of the paid results are still kept.
  const wish = wishForAnother(state, run, Math.max(readAt ?? 0, hashed?.at ?? 0, run.order.createdAt));
  return wish === null ? null : priceOf(plannedLooks(state, wish), run.order.estimate);
}

/** Credits for those that are not paid for yet, each at `price`. */
export function priceOf(planned: readonly PlannedLook[], price: number): number {
  return planned.filter(({ paid }) => paid === null).length * price;
}

/** How a look stands in the order of job `id`: the first of its set need not say it. */
export function lookAt(of: JobId, place: number, id: JobId): { readonly look?: Look } {
  return of === id ? {} : { look: { of, place } };
}
