/** Settings and the service's credits: a service is kept only after its balance could be asked, or on the user's word. */
import type { Balance } from '../../api/parse';
import type { PluginError } from '../../core/errors';
import { SETTINGS_KEY } from '../../core/records';
import { failed, type Result } from '../../core/result';
import { type Endpoint, endpoint, type ServiceKind, type Settings } from '../../core/settings';
import { type Context, ready } from './context';

export interface AccountDeeds {
  /** Asks the balance of the chosen service; without one there is nothing to ask. */
  askBalance(): Promise<void>;
  /** Tests the service with these settings, and keeps them when it answers. */
  tryService(service: ServiceKind, change: Partial<Settings>): Promise<void>;
  /** Keeps a service that could not be tested. */
  keepService(service: ServiceKind, change: Partial<Settings>): Promise<void>;
  saveSettings(change: Partial<Settings>): Promise<void>;
  /** Forgets the key. Without it there is no Topaz service, so the panel asks again which one to use. */
  removeKey(): Promise<void>;
}

/** `onService`: the service that was just set up answers. */
export function accountDeeds(context: Context, onService: () => void): AccountDeeds {
  const { store, host, service, world, life } = context;
  let asked = 0;

  const ask = (at: Endpoint): Promise<Result<Balance, PluginError>> => service.balance(world, at, life);

  const saveSettings = async (change: Partial<Settings>): Promise<void> => {
    const state = ready(context);
    if (state === null) return;
    const settings = { ...state.settings, ...change };
    store.dispatch({ type: 'settings', settings });
    const saved = await host.call('record.save', { key: SETTINGS_KEY, value: settings });
    if (!saved.ok) store.dispatch({ type: 'trouble', error: saved.error });
  };

  /** Shown once it is stored: whoever sees the service chosen may close the panel and finds it chosen. */
  const saveService = async (change: Partial<Settings>): Promise<void> => {
    const state = ready(context);
    if (state === null) return;
    const saved = await host.call('record.save', { key: SETTINGS_KEY, value: { ...state.settings, ...change } });
    const now = ready(context);
    if (now === null) return;
    store.dispatch({ type: 'settings', settings: { ...now.settings, ...change } });
    if (!saved.ok) store.dispatch({ type: 'trouble', error: saved.error });
  };

  const askBalance = async (): Promise<void> => {
    const state = ready(context);
    const at = state === null ? null : endpoint(state.settings);
    const turn = ++asked;
    if (at === null) return store.dispatch({ type: 'account', account: { state: 'unknown' } });
    if (state?.account.state !== 'known') store.dispatch({ type: 'account', account: { state: 'asking' } });
    const answer = await ask(at).catch((thrown: unknown) => {
      // The panel has gone away: nobody waits for it any more.
      if (life.aborted) return null;
      throw thrown;
    });
    if (answer === null || turn !== asked) return;
    store.dispatch({
      type: 'account',
      account: answer.ok ? { state: 'known', balance: answer.value } : { state: 'failed', error: answer.error },
    });
  };

  const keepService = async (kind: ServiceKind, change: Partial<Settings>): Promise<void> => {
    await saveService({ ...change, service: kind });
    await askBalance();
    onService();
  };

  return {
    askBalance,
    saveSettings,
    keepService,
    async removeKey() {
      const service = ready(context)?.settings.service;
      store.dispatch({ type: 'trial', trial: { state: 'none' } });
      await saveSettings(service === 'topaz' ? { key: '', service: null } : { key: '' });
      await askBalance();
    },
    async tryService(kind, change) {
      const state = ready(context);
      if (state === null) return;
      const at = endpoint({ ...state.settings, ...change, service: kind });
      store.dispatch({ type: 'trial', trial: { state: 'testing', service: kind } });
      const answer = at === null ? failed<PluginError>({ code: 'key-missing' }) : await ask(at);
      const now = ready(context);
      // Another test was begun, or the view was left: this answer is nobody's.
      if (now?.trial.state !== 'testing' || now.trial.service !== kind) return;
      if (!answer.ok) {
        return store.dispatch({ type: 'trial', trial: { state: 'failed', service: kind, error: answer.error } });
      }
      store.dispatch({ type: 'trial', trial: { state: 'passed', service: kind, balance: answer.value } });
      store.dispatch({ type: 'account', account: { state: 'known', balance: answer.value } });
      asked++;
      await saveService({ ...change, service: kind });
      onService();
    },
  };
}
