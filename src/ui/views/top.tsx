/** The line at the top while working: the layer in hand, the balance, and the way to the settings. */
import { creditText } from '../../core/words/names';
import { explain } from '../../core/words/sentences';
import { Bar } from '../parts/bar';
import { IconButton } from '../parts/button';
import type { Ready } from '../store/state';
import { LABELS } from '../words';
import { HISTORY } from '../words/history';
import type { Panel } from './panel';
import css from './top.module.css';

export interface TopProps {
  readonly panel: Panel;
  /** Null: the service, where nothing else has to be named. */
  readonly title: string | null;
  readonly back?: { readonly label: string; readonly onPress: () => void };
}

export function Top({ panel, title, back }: TopProps) {
  return (
    <Bar title={title ?? serviceTitle(panel.state)} {...(back ? { back } : {})}>
      <BalanceText state={panel.state} />
      <IconButton
        icon="history"
        label={HISTORY.title}
        onPress={() => panel.dispatch({ type: 'page', page: 'history' })}
      />
      <IconButton
        icon="settings"
        label={LABELS.settings}
        onPress={() => panel.dispatch({ type: 'page', page: 'settings' })}
      />
    </Bar>
  );
}

/** The window's own title says the plugin's name already. */
const serviceTitle = ({ settings }: Ready): string => {
  if (settings.service === 'relay') return LABELS.serviceRelay;
  return settings.service === 'local' ? LABELS.serviceLocal : LABELS.serviceTopaz;
};

/** Without a coin: that marks what costs something. */
function BalanceText({ state }: { readonly state: Ready }) {
  const { account, settings } = state;
  // The local engine's credits are play money: showing them would only frighten.
  if (settings.service === 'local') return null;
  switch (account.state) {
    case 'known':
      return <span class={css['balance']}>{creditText(account.balance.available)}</span>;
    case 'failed':
      return (
        <span class={css['balance']} title={explain(account.error).happened}>
          {LABELS.balanceUnknown}
        </span>
      );
    case 'asking':
    case 'unknown':
      return null;
  }
}
