/** The line at the top while working: the layer in hand, the balance, and the way to the settings. */
import { creditText } from '../../core/names';
import { explain } from '../../core/sentences';
import { Bar } from '../parts/bar';
import { IconButton } from '../parts/button';
import { Coin } from '../parts/coin';
import type { Ready } from '../store/state';
import { LABELS } from '../words';
import type { Panel } from './panel';
import css from './top.module.css';

export interface TopProps {
  readonly panel: Panel;
  readonly title: string;
  readonly back?: { readonly label: string; readonly onPress: () => void };
}

export function Top({ panel, title, back }: TopProps) {
  return (
    <Bar title={title} {...(back ? { back } : {})}>
      <BalanceText state={panel.state} />
      <IconButton
        icon="settings"
        label={LABELS.settings}
        onPress={() => panel.dispatch({ type: 'page', page: 'settings' })}
      />
    </Bar>
  );
}

function BalanceText({ state }: { readonly state: Ready }) {
  const { account, settings } = state;
  // The local engine's credits are play money: showing them would only frighten.
  if (settings.service === 'local') return <span class={css['balance']}>{LABELS.serviceLocal}</span>;
  switch (account.state) {
    case 'known':
      return (
        <span class={css['balance']}>
          <Coin /> {creditText(account.balance.available)}
        </span>
      );
    case 'failed':
      return (
        <span class={css['balance']} title={explain(account.error).happened}>
          <Coin /> ?
        </span>
      );
    case 'asking':
    case 'unknown':
      return null;
  }
}
