/** Setting up a service: its one field, what is sent where, and the test by its balance. Used at the first run and in the settings. */
import { useState } from 'preact/hooks';
import { parseAddress, type ServiceKind, type Settings } from '../../../core/settings';
import { creditText } from '../../../core/words/names';
import { Button } from '../../parts/button';
import { Field } from '../../parts/field';
import { Notice } from '../../parts/notice';
import type { Trial } from '../../store/state';
import { FIRST_RUN, LABELS } from '../../words';
import type { Panel } from '../panel';
import { Said } from '../said';
import css from './service.module.css';

/** The vendor's page where keys are made. */
const KEY_PAGE = 'https://www.topazlabs.com/api';

export function TopazSetup({ panel }: { readonly panel: Panel }) {
  const [key, setKey] = useState('');
  const trial = trialOf(panel, 'topaz');
  const change = { key: key.trim() };
  const test = (): void => {
    if (change.key !== '') void panel.deeds.tryService('topaz', change);
  };
  return (
    <div class={css['setup']}>
      <Field
        label={LABELS.key}
        type="password"
        value={key}
        placeholder={LABELS.keyPlaceholder}
        onInput={setKey}
        onCommit={setKey}
        onEnter={test}
      />
      <p class={css['quiet']}>{FIRST_RUN.keyPrivacy}</p>
      <Test panel={panel} service="topaz" change={change} trial={trial} ready={change.key !== ''} onTest={test} />
      <Button kind="quiet" onPress={() => panel.deeds.openLink(KEY_PAGE)}>
        {LABELS.keyGet}
      </Button>
    </div>
  );
}

export function LocalSetup({ panel }: { readonly panel: Panel }) {
  const [text, setText] = useState(panel.state.settings.localAddress);
  const trial = trialOf(panel, 'local');
  const localAddress = parseAddress(text);
  const change = localAddress === null ? {} : { localAddress };
  const test = (): void => {
    if (localAddress !== null) void panel.deeds.tryService('local', change);
  };
  return (
    <div class={css['setup']}>
      <Field
        label={LABELS.address}
        value={text}
        error={localAddress === null ? LABELS.addressWrong : null}
        onInput={setText}
        onCommit={setText}
        onEnter={test}
      />
      <p class={css['quiet']}>{FIRST_RUN.localPrivacy}</p>
      <Test panel={panel} service="local" change={change} trial={trial} ready={localAddress !== null} onTest={test} />
      {trial?.state === 'failed' && (
        <p>
          {FIRST_RUN.localHow} <code class={css['code']}>{FIRST_RUN.localCommand}</code>
        </p>
      )}
    </div>
  );
}

export function trialOf(panel: Panel, service: ServiceKind): Exclude<Trial, { state: 'none' }> | null {
  const { trial } = panel.state;
  return trial.state !== 'none' && trial.service === service ? trial : null;
}

interface TestProps {
  readonly panel: Panel;
  readonly service: ServiceKind;
  readonly change: Partial<Settings>;
  readonly trial: Exclude<Trial, { state: 'none' }> | null;
  readonly ready: boolean;
  readonly onTest: () => void;
}

/** Tests by asking the balance, and says what came of it. */
export function Test({ panel, service, change, trial, ready, onTest }: TestProps) {
  const testing = trial?.state === 'testing';
  // A refused key is of no use; what could not be asked may still work.
  const mayKeep = trial?.state === 'failed' && !['key-refused', 'key-missing'].includes(trial.error.code) && ready;
  return (
    <>
      <Button wide disabled={!ready || testing} onPress={onTest}>
        {testing ? LABELS.testing : LABELS.connect}
      </Button>
      {trial?.state === 'passed' && (
        <Notice live kind="good">
          {service === 'local' ? LABELS.connected : `${LABELS.connected} ${creditText(trial.balance.available)}.`}
        </Notice>
      )}
      {trial?.state === 'failed' && (
        <Notice
          live
          kind="error"
          actions={
            mayKeep && (
              <Button onPress={() => void panel.deeds.keepService(service, change)}>{LABELS.useUntested}</Button>
            )
          }
        >
          <Said error={trial.error} />
        </Notice>
      )}
    </>
  );
}
