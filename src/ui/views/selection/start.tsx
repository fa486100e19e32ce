/** Nothing in hand: what to do, or why the selection cannot be used. */
import { UNUSABLE_REASONS } from '../../../core/words/words';
import { Button } from '../../parts/button';
import { Icon } from '../../parts/icon';
import { Page, Section } from '../../parts/page';
import { PROMISE, START } from '../../words';
import { BATCH } from '../../words/batch';
import type { Panel } from '../panel';
import { Behind } from '../run/behind';
import { Top } from '../top';
import css from './start.module.css';

/** More layers than fit would only repeat the same reason. */
const SHOWN = 5;

export function Start({ panel }: { readonly panel: Panel }) {
  const { unusable } = panel.state.selection;
  return (
    <>
      <Top panel={panel} title={null} />
      <Page>
        <Behind panel={panel} />
        {unusable.length > 0 ? (
          <Section title={START.unusable}>
            <ul class={css['reasons']} aria-live="polite">
              {unusable.slice(0, SHOWN).map((layer) => (
                <li key={layer.nodeId}>
                  <p class={css['name']}>{layer.layerName}</p>
                  <p>{UNUSABLE_REASONS[layer.reason]}</p>
                </li>
              ))}
            </ul>
          </Section>
        ) : (
          <section class={css['start']}>
            <span class={css['sign']}>
              <Icon name="select" />
            </span>
            <h2 class={css['title']}>{START.title}</h2>
            <p class={css['text']}>{START.text}</p>
            <Button onPress={() => panel.deeds.batch.survey('page')}>{BATCH.findOnPage}</Button>
            <p class={css['promise']}>{PROMISE}</p>
          </section>
        )}
      </Page>
    </>
  );
}
