/** The service, its key or address, and how results go onto the canvas. */
import { useEffect, useState } from 'preact/hooks';
import { endpoint, type ServiceKind } from '../../../core/settings';
import { PLACEMENT_FORMS } from '../../../core/target';
import { creditText } from '../../../core/words/names';
import { FORM_HELP, FORM_NAMES } from '../../../core/words/words';
import { Bar } from '../../parts/bar';
import { Button } from '../../parts/button';
import { Notice } from '../../parts/notice';
import { Page, Section } from '../../parts/page';
import { RadioGroup } from '../../parts/radioGroup';
import { firstService, spentAt } from '../../store/ledger/services';
import { FIRST_RUN, LABELS } from '../../words';
import { LEDGER } from '../../words/ledger';
import type { Panel } from '../panel';
import { Said } from '../said';
import { RelaySetup } from './relaySetup';
import { LocalSetup, TopazSetup } from './service';
import css from './settings.module.css';
import { SpentSums } from './spentSums';

export function SettingsView({ panel }: { readonly panel: Panel }) {
  const { state, deeds, dispatch } = panel;
  const { settings } = state;
  const [service, setService] = useState<ServiceKind>(settings.service ?? 'topaz');
  const choose = (kind: ServiceKind): void => {
    setService(kind);
    dispatch({ type: 'trial', trial: { state: 'none' } });
    // A service that is set up already is taken at once; another one is first tested below.
    if (endpoint({ ...settings, service: kind }) !== null && kind === 'topaz') void deeds.keepService(kind, {});
  };
  return (
    <>
      <Bar
        title={LABELS.settings}
        back={{ label: LABELS.back, onPress: () => dispatch({ type: 'page', page: 'work' }) }}
      />
      <Page>
        {state.trouble !== null && (
          <Section>
            <Notice live kind="error">
              <Said error={state.trouble} />
            </Notice>
          </Section>
        )}
        <Section>
          <RadioGroup
            label={LABELS.service}
            value={service}
            options={[
              { value: 'topaz', label: LABELS.serviceTopaz, text: FIRST_RUN.topazText },
              { value: 'local', label: LABELS.serviceLocal, text: FIRST_RUN.localText },
              { value: 'relay', label: LABELS.serviceRelay, text: FIRST_RUN.relayText },
            ]}
            onChoose={choose}
          />
        </Section>
        <Section>
          {service === 'topaz' && (settings.key === '' ? <TopazSetup panel={panel} /> : <KeptKey panel={panel} />)}
          {service === 'local' && <LocalSetup panel={panel} />}
          {service === 'relay' && <RelaySetup panel={panel} />}
        </Section>
        <Section>
          <RadioGroup
            label={LABELS.standardForm}
            value={settings.form}
            options={PLACEMENT_FORMS.map((form) => ({ value: form, label: FORM_NAMES[form], text: FORM_HELP[form] }))}
            onChoose={(form) => void deeds.saveSettings({ form })}
          />
        </Section>
        <Spent panel={panel} />
        {state.newer > 0 && (
          <Section>
            <Notice kind="warning">{LABELS.newer(state.newer)}</Notice>
          </Section>
        )}
        {state.unreadable > 0 && (
          <Section>
            <Notice kind="warning">{LABELS.unreadable(state.unreadable)}</Notice>
          </Section>
        )}
      </Page>
    </>
  );
}

/** The sums alone; the lines have a page of their own. */
function Spent({ panel }: { readonly panel: Panel }) {
  const { ledger } = panel.state;
  useEffect(() => void panel.deeds.readLedger(), []);
  const lines = ledger.state === 'known' ? ledger.lines : [];
  const service = firstService(panel.state, lines);
  const show = <Button onPress={() => panel.dispatch({ type: 'page', page: 'spending' })}>{LEDGER.open}</Button>;
  return (
    <Section title={LEDGER.title} aside={show}>
      {ledger.state === 'known' && <SpentSums panel={panel} lines={spentAt(lines, service)} service={service} />}
    </Section>
  );
}

/** The key is never shown again: only its last letters, so that two keys can be told apart. */
function KeptKey({ panel }: { readonly panel: Panel }) {
  const { state, deeds, dispatch } = panel;
  const [replacing, setReplacing] = useState(false);
  const { account, trial, settings } = state;
  if (replacing && trial.state !== 'passed') return <TopazSetup panel={panel} />;
  return (
    <div class={css['kept']}>
      <p class={css['label']}>{LABELS.key}</p>
      <p class={css['key']}>
        <span aria-hidden="true">••••••••</span> {settings.key.length > 8 ? settings.key.slice(-4) : ''}
      </p>
      {account.state === 'known' && settings.service === 'topaz' && trial.state !== 'failed' && (
        <p class={css['label']}>
          {LABELS.connected} {creditText(account.balance.available)}.
        </p>
      )}
      {account.state === 'failed' && settings.service === 'topaz' && (
        <Notice kind="error">
          <Said error={account.error} />
        </Notice>
      )}
      <div class={css['row']}>
        <Button
          disabled={trial.state === 'testing'}
          onPress={() => void deeds.tryService('topaz', { key: settings.key })}
        >
          {trial.state === 'testing' ? LABELS.testing : LABELS.test}
        </Button>
        <Button
          onPress={() => {
            dispatch({ type: 'trial', trial: { state: 'none' } });
            setReplacing(true);
          }}
        >
          {LABELS.keyReplace}
        </Button>
        <Button kind="danger" onPress={() => void deeds.removeKey()}>
          {LABELS.keyRemove}
        </Button>
      </div>
      {trial.state === 'passed' && (
        <Notice live kind="good">
          {LABELS.connected} {creditText(trial.balance.available)}.
        </Notice>
      )}
      {trial.state === 'failed' && (
        <Notice live kind="error">
          <Said error={trial.error} />
        </Notice>
      )}
    </div>
  );
}
