/** Setting up a team relay: its address, the person's token, what the relay sees, and the test by its balance. */
import { useState } from 'preact/hooks';
import { parseRelayAddress } from '../../../core/settings';
import { Button } from '../../parts/button';
import { Field } from '../../parts/field';
import { FIRST_RUN, LABELS } from '../../words';
import type { Panel } from '../panel';
import { Test, trialOf } from './service';
import css from './service.module.css';

export function RelaySetup({ panel }: { readonly panel: Panel }) {
  const { settings } = panel.state;
  const [text, setText] = useState(settings.relayAddress);
  const [typed, setTyped] = useState('');
  const relayAddress = parseRelayAddress(text);
  const wrong = text.trim() !== '' && relayAddress === null;
  // A token that is kept goes to the relay that gave it and to no other.
  const kept = relayAddress === settings.relayAddress ? settings.relayToken : '';
  const relayToken = typed.trim() === '' ? kept : typed.trim();
  const ready = relayAddress !== null && relayToken !== '';
  const change = relayAddress === null ? {} : { relayAddress, relayToken };
  const test = (): void => {
    if (ready) void panel.deeds.tryService('relay', change);
  };
  const remove = (): void => {
    panel.dispatch({ type: 'trial', trial: { state: 'none' } });
    void panel.deeds.saveSettings({ relayToken: '', ...(settings.service === 'relay' ? { service: null } : {}) });
  };
  return (
    <div class={css['setup']}>
      <Field
        label={LABELS.relayAddress}
        value={text}
        placeholder="https://"
        error={wrong ? LABELS.relayAddressWrong : null}
        onInput={setText}
        onCommit={setText}
        onEnter={test}
      />
      <Field
        label={LABELS.token}
        type="password"
        value={typed}
        placeholder={kept === '' ? LABELS.tokenPlaceholder : LABELS.tokenKept}
        onInput={setTyped}
        onCommit={setTyped}
        onEnter={test}
      />
      <p class={css['quiet']}>{FIRST_RUN.relayPrivacy}</p>
      <Test panel={panel} service="relay" change={change} trial={trialOf(panel, 'relay')} ready={ready} onTest={test} />
      {settings.relayToken !== '' && (
        <Button kind="quiet" onPress={remove}>
          {LABELS.tokenRemove}
        </Button>
      )}
    </div>
  );
}
