/** The panel's life: opens, hears the host, and holds everything that can be done. The screen only reads and calls. */
import { SAFE_POLICY } from '../../api/policy';
import { panelSize } from '../../core/panelSize';
import { TEAM_PRESET_KEYS } from '../../core/presets/team';
import { type AccountDeeds, accountDeeds } from './account';
import { type BatchDeeds, batchDeeds } from './batch/deeds';
import { panelCommands } from './commands';
import type { Context, Surroundings } from './context';
import { createDesk } from './desk/desk';
import { createComposites } from './enhance/composites';
import { type EnhancingDeeds, enhancingDeeds } from './enhance/enhancing';
import { headlessDeeds } from './headless';
import { type HistoryDeeds, historyDeeds } from './history/history';
import { createLease } from './lease/lease';
import { followLease } from './lease/watch';
import { createLedger } from './ledger/ledger';
import { type PresetDeeds, presetDeeds } from './presets/deeds';
import { createJobs } from './records/jobStore';
import { OPENING_RECORDS } from './records/records';
import { tidy } from './records/tidy';
import { type LooksDeeds, looksDeeds } from './runs/looksDeeds';
import { type PlacingDeeds, placingDeeds } from './runs/placing';
import { type RestoringDeeds, restoringDeeds } from './runs/restoring';
import { type ReviewingDeeds, reviewingDeeds } from './runs/reviewing';
import { type RunDeeds, runDeeds } from './runs/runs';
import { createStore, type Store } from './store';
import { type SubjectDeeds, subjectDeeds } from './subject';

export interface Deeds
  extends Omit<AccountDeeds, 'askBalance'>,
    RestoringDeeds,
    EnhancingDeeds,
    LooksDeeds,
    Pick<RunDeeds, 'cancel' | 'retry' | 'sendAgain'>,
    PlacingDeeds,
    HistoryDeeds,
    Pick<ReviewingDeeds, 'compare' | 'look'>,
    Pick<SubjectDeeds, 'choose' | 'readAgain'> {
  /** Asks the host for the opening; again after it failed. */
  open(): Promise<void>;
  /** Pixels; outside the panel's limits they become the nearest that is allowed. `done` remembers them. */
  resize(width: number, height: number, done: boolean): void;
  openLink(address: string): void;
  /** Several pictures at once. */
  readonly batch: BatchDeeds;
  readonly presets: PresetDeeds;
  /** Reads what was spent anew. */
  readLedger(): Promise<void>;
}

export interface Session {
  readonly store: Store;
  readonly deeds: Deeds;
  /** Stops watching and listening; jobs go on at the service. */
  close(): void;
}

/** Listens at once and asks for nothing before `open`. One for each panel. */
export function createSession(around: Surroundings): Session {
  const store = createStore();
  const life = new AbortController();
  const { host, world } = around;
  const ledger = createLedger(host, store, world, life.signal);
  const lease = createLease(host, store, world, life.signal);
  const jobs = createJobs(host, store, ledger, lease, world);
  const context: Context = {
    ...around,
    store,
    life: life.signal,
    desk: createDesk(store, around.studio),
    lease,
    jobs,
    ledger,
    client: { world, store: jobs, traffic: around.service.traffic(world), policy: SAFE_POLICY },
  };
  const account = accountDeeds(context, () => runs.unpark());
  const subject = subjectDeeds(context);
  const composites = createComposites();
  const runs: RunDeeds = runDeeds(context, composites, () => void account.askBalance());
  const looks = looksDeeds(context, runs);
  const restoring = restoringDeeds(context, runs, looks.sendLooks, subject.hashOf);
  const enhancing = enhancingDeeds(context, restoring.launch, subject.hashOf, composites);
  const reviewing = reviewingDeeds(context, runs);
  const placing = placingDeeds(context, reviewing);
  const history = historyDeeds(context, subject.choose);
  const batch = batchDeeds(context, () => void account.askBalance());

  const headless = headlessDeeds(context, batch);
  const commands = panelCommands(context, { history, headless, placing });

  store.subscribe(subject.follow);
  store.subscribe(reviewing.follow);
  store.subscribe(batch.follow);
  store.subscribe(
    followLease(context, {
      takeUp() {
        batch.takeUp();
        runs.takeUp();
      },
      letGo() {
        batch.letGo();
        runs.letGo();
      },
    }),
  );

  const open = async (): Promise<void> => {
    const opening = await host.call('panel.open', {
      records: OPENING_RECORDS,
      shared: [TEAM_PRESET_KEYS],
    });
    if (!opening.ok) {
      // It may have been opened unseen.
      void host.call('panel.show', {});
      return store.dispatch({ type: 'opening-failed', error: opening.error });
    }
    store.dispatch({ type: 'opened', opening: opening.value });
    void account.askBalance();
    void lease.keep();
    void tidy(context, opening.value.records);
    commands.opened(opening.value);
  };

  const unhear = host.onEvent((event) => {
    switch (event.type) {
      case 'selection':
        return store.dispatch({ type: 'selection', selection: event.selection });
      case 'command':
        return commands.again(event);
      case 'notice-pressed':
        return headless.cancel();
    }
  });
  return {
    store,
    deeds: {
      open,
      saveSettings: account.saveSettings,
      tryService: account.tryService,
      keepService: account.keepService,
      removeKey: account.removeKey,
      compare: reviewing.compare,
      look: reviewing.look,
      restore: restoring.restore,
      enhance: enhancing.enhance,
      anotherLook: looks.anotherLook,
      cancel: runs.cancel,
      retry: runs.retry,
      sendAgain: runs.sendAgain,
      ...placing,
      ...history,
      choose: subject.choose,
      readAgain: subject.readAgain,
      resize(width, height, done) {
        const panel = panelSize({ width, height });
        void host.call('panel.resize', panel);
        if (done) void account.saveSettings({ panel });
      },
      batch,
      presets: presetDeeds(context),
      readLedger: ledger.read,
      openLink(address) {
        void host.call('link.open', { address });
      },
    },
    close() {
      void lease.release();
      life.abort();
      unhear();
    },
  };
}
