/** The first opening: which service, and what is sent where. */
import { useState } from 'preact/hooks';
import type { ServiceKind } from '../../../core/settings';
import { Page, Section } from '../../parts/page';
import { RadioGroup } from '../../parts/radioGroup';
import { FIRST_RUN, LABELS, PROMISE } from '../../words';
import type { Panel } from '../panel';
import css from './firstRun.module.css';
import { RelaySetup } from './relaySetup';
import { LocalSetup, TopazSetup } from './service';

export function FirstRun({ panel }: { readonly panel: Panel }) {
  const [service, setService] = useState<ServiceKind>('topaz');
  return (
    <Page>
      <section class={css['intro']}>
        <h1 class={css['title']}>{FIRST_RUN.title}</h1>
        <p>{PROMISE}</p>
      </section>
      <Section>
        <RadioGroup
          label={LABELS.service}
          value={service}
          options={[
            { value: 'topaz', label: FIRST_RUN.topaz, text: FIRST_RUN.topazText },
            { value: 'local', label: FIRST_RUN.local, text: FIRST_RUN.localText },
            { value: 'relay', label: FIRST_RUN.relay, text: FIRST_RUN.relayText },
          ]}
          onChoose={setService}
        />
      </Section>
      <Section>
        {service === 'topaz' && <TopazSetup panel={panel} />}
        {service === 'local' && <LocalSetup panel={panel} />}
        {service === 'relay' && <RelaySetup panel={panel} />}
      </Section>
    </Page>
  );
}
