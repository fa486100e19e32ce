/**
 * "Recover faces now": restores the one picture with faces of the selection with the last settings, in a panel that
 * nobody sees, and says in toasts how it goes on and what was charged. It asks nothing: whatever needs a decision makes
 * the panel visible. It is a batch like any other, so a run that is interrupted is found again at the next opening.
 */
import type { PluginError } from '../../core/errors';
import type { ImageHash } from '../../core/ids';
import type { Job } from '../../core/job/job';
import { NUMBER_PARAMETERS } from '../../core/parameters';
import { progressText } from '../../core/words/words';
import { HEADLESS } from '../words/history';
import { type Batch, isSeveral, type Row, rowOf } from './batch/batch';
import type { BatchDeeds } from './batch/deeds';
import { isWanted, quote, survey } from './batch/sums';
import { type Context, ready } from './context';
import { findPreset } from './presets/presets';
import type { Ready } from './state';

/** Most credits that are spent without asking. */
const WITHOUT_ASKING = 1;
/** Milliseconds between two toasts of progress: each is a new one for the host. */
const TOLD_EVERY = 2_000;

export interface HeadlessDeeds {
  run(): Promise<void>;
  /** The button of the toast. */
  cancel(): void;
  /** The user has opened the panel meanwhile: what goes on is theirs from here. */
  show(): void;
}

/** 'over': the user has said what becomes of it, in the panel or by Cancel. */
type Mode = 'idle' | 'working' | 'cancelled' | 'shown';

/** Works with the deeds of batches, as their buttons would. */
export function headlessDeeds(context: Context, batch: BatchDeeds): HeadlessDeeds {
  const { store, host, world, lease, ledger, life } = context;
  let mode: Mode = 'idle';
  /** What the toast says, when it was said, and what it should say next. */
  let said = '';
  let saidAt = Number.NEGATIVE_INFINITY;
  let next: string | null = null;

  const tell = (text: string): void => {
    const isWaiting = next !== null;
    next = text;
    if (isWaiting) return;
    const flush = (): void => {
      const last = next ?? said;
      next = null;
      if (mode !== 'working' || last === said) return;
      said = last;
      saidAt = world.now();
      void host.call('notice.progress', { text: last, button: HEADLESS.cancel });
    };
    const wait = saidAt + TOLD_EVERY - world.now();
    if (wait > 0) world.sleep(wait, life).then(flush, () => undefined);
    else flush();
  };

  /** The first state that is like this. Throws when the panel goes away. */
  const until = (isSo: (state: Ready) => boolean): Promise<Ready> =>
    new Promise((resolve, reject) => {
      const look = (): boolean => {
        const state = ready(context);
        if (state === null || !isSo(state)) return false;
        resolve(state);
        return true;
      };
      if (look()) return;
      const stop = store.subscribe(() => {
        if (look()) stop();
      });
      life.addEventListener('abort', () => reject(life.reason), { once: true });
    });

  const show = async (error: PluginError | null): Promise<void> => {
    if (mode === 'shown') return;
    mode = 'shown';
    const state = ready(context);
    // One picture is decided in its own view; several in the list that has been looked through already.
    if (state?.batch?.phase !== 'run' && !(state !== null && isSeveral(state.selection))) {
      store.dispatch({ type: 'batch-closed' });
    }
    if (error !== null) store.dispatch({ type: 'trouble', error });
    await host.call('panel.show', {});
  };

  /** The last word, and the end of the plugin: everything is stored before. */
  const end = async (text: string): Promise<void> => {
    mode = 'idle';
    await batch.close();
    await ledger.settle([...(ready(context)?.jobs.values() ?? [])]);
    await lease.release();
    await host.call('notice.show', { text, error: false });
    await host.call('panel.close', {});
  };

  const attempt = async (): Promise<void> => {
    tell(HEADLESS.looking);
    const opened = await until(() => true);
    if (opened.settings.service === null) return show(null);
    if (!(await lease.held())) return show({ code: 'window-elsewhere' });
    const state = ready(context);
    // One of an earlier opening is gone on with, and its results wait for a decision.
    if (state === null || state.batch?.phase === 'run') return show(null);
    takeLastSettings(context, state);
    batch.survey('selection');
    const found = await until(({ batch: now }) => now === null || now.phase === 'run' || isLookedThrough(now));
    if (mode === 'cancelled') return end(HEADLESS.cancelled);
    if (found.batch?.phase !== 'survey') return show(null);
    const stop = decision(found, found.batch);
    if (stop !== null) return show(stop.error);
    if (mode !== 'working') return;
    await send(survey(found, found.batch).chosen.map(({ picture }) => picture));
  };

  const send = async (pictures: readonly ImageHash[]): Promise<void> => {
    const works = (now: Batch | null): readonly Row['work'][] =>
      now === null ? [] : pictures.flatMap((picture) => rowOf(now, picture)?.work ?? []);
    const unhear = store.subscribe(() => {
      const [work] = works(ready(context)?.batch ?? null);
      if (work?.state === 'running') tell(progressText(work.progress));
    });
    await batch.start();
    const done = await until(
      ({ batch: now }) =>
        now === null ||
        now.problem !== null ||
        works(now).every(({ state }) => state !== 'none' && state !== 'running'),
    ).finally(unhear);
    if (mode === 'shown') return;
    const all = works(done.batch);
    const cancelled = all.find((work) => work.state === 'cancelled');
    if (cancelled !== undefined) return end(cancelled.spent ? HEADLESS.cancelledLate : HEADLESS.cancelled);
    if (all.length === 0 || all.some(({ state }) => state !== 'ready')) return show(null);
    tell(HEADLESS.applying);
    await batch.applyAll();
    const placed = works(ready(context)?.batch ?? null);
    if (!placed.every(isOnEverywhere)) return show(null);
    await end(summary(placed));
  };

  return {
    async run() {
      if (mode !== 'idle') return;
      mode = 'working';
      try {
        await attempt();
      } catch (thrown) {
        if (!life.aborted) await show({ code: 'unexpected', detail: String(thrown) });
      }
    },
    cancel() {
      if (mode !== 'working') return;
      mode = 'cancelled';
      void host.call('notice.show', { text: HEADLESS.cancelling, error: false });
      if (ready(context)?.batch?.phase === 'run') batch.cancel(null);
      else store.dispatch({ type: 'batch-closed' });
    },
    show() {
      if (mode !== 'working') return;
      mode = 'shown';
      void host.call('panel.show', {});
    },
  };
}

const isLookedThrough = ({ phase, rows }: Batch): boolean =>
  phase === 'survey' && rows.every(({ found }) => found.state === 'known' || found.state === 'unusable');

/** Null: it can be sent without asking. The error is null where the panel says it by itself. */
function decision(state: Ready, batch: Batch): { readonly error: PluginError | null } | null {
  const quoted = batch.rows.flatMap((row) =>
    row.found.state === 'known' && isWanted(state, row) ? [quote(state, batch, row.found)] : [],
  );
  if (quoted.length === 0) return { error: null };
  const credits = quoted.reduce((sum, one) => sum + one.credits, 0);
  if (quoted.some(({ underWay }) => underWay)) return { error: { code: 'work-under-way', fileName: state.fileName } };
  if (credits > WITHOUT_ASKING) return { error: { code: 'decision-needed', credits } };
  // Checked and not chosen: the account does not hold what it costs.
  return survey(state, batch).chosen.length < quoted.length ? { error: { code: 'credits-missing' } } : null;
}

const isOnEverywhere = (work: Row['work']): boolean =>
  work.state === 'ready' &&
  work.problem === null &&
  work.placed.length > 0 &&
  work.placed.every(({ state }) => state === 'on');

function summary(works: readonly Row['work'][]): string {
  const ready = works.flatMap((work) => (work.state === 'ready' ? [work] : []));
  const faces = ready.reduce((sum, work) => sum + work.faces.length, 0);
  const credits = ready.reduce(
    (sum, { order, completion }) => sum + (order.reuses === null ? completion.credits : 0),
    0,
  );
  return HEADLESS.done(faces, credits);
}

/** Those of the newest job, on whichever document it was. The reference picture is of one person: it is not taken over. */
function takeLastSettings({ store }: Context, { jobs, presets }: Ready): void {
  const last = [...jobs.values()].reduce<Job | null>(
    (newest, job) =>
      job.order.work.kind === 'faces' && (newest === null || job.order.createdAt > newest.order.createdAt)
        ? job
        : newest,
    null,
  );
  if (last === null || last.order.work.kind !== 'faces') return;
  const { parameters } = last.order.work;
  const name = last.order.preset;
  if (name !== null && findPreset(presets, name) !== null) store.dispatch({ type: 'preset-wanted', preset: name });
  for (const each of NUMBER_PARAMETERS) store.dispatch({ type: 'parameter', name: each, value: parameters[each] });
}
