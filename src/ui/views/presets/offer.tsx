/** What a file of presets holds and what taking it would do: nothing is taken before that was seen. */
import { useState } from 'preact/hooks';
import type { PresetFile } from '../../../core/presets/file';
import { type OnSameName, planImport } from '../../../core/presets/import';
import { Bar } from '../../parts/bar';
import { Button } from '../../parts/button';
import { Notice } from '../../parts/notice';
import { Page, Section } from '../../parts/page';
import { RadioGroup } from '../../parts/radioGroup';
import type { FileOffer } from '../../store/presets/presets';
import { LABELS } from '../../words';
import { fileProblemText, noteText, PRESETS } from '../../words/presets';
import type { Panel } from '../panel';
import { Said } from '../said';
import css from './offer.module.css';

export function PresetOffer({ panel, offer }: { readonly panel: Panel; readonly offer: FileOffer }) {
  const [onSameName, choose] = useState<OnSameName>('rename');
  const { content, fileName } = offer;
  const back = (): void => panel.dispatch({ type: 'presets-offer', offer: null });
  const plan = content.ok ? planImport(content.file, panel.state.presets.own) : null;
  const count = plan === null ? 0 : plan.fresh.length + plan.named.length;
  return (
    <>
      <Bar title={PRESETS.offer(fileName)} back={{ label: LABELS.back, onPress: back }} />
      <Page
        foot={
          <>
            {count > 0 && (
              <Button kind="main" large wide onPress={() => void panel.deeds.presets.takeOffer(onSameName)}>
                {PRESETS.takeOffer(count)}
              </Button>
            )}
            <Button large wide onPress={back}>
              {count > 0 ? PRESETS.cancel : LABELS.close}
            </Button>
          </>
        }
      >
        {panel.state.trouble !== null && (
          <Section>
            <Notice live kind="error">
              <Said error={panel.state.trouble} />
            </Notice>
          </Section>
        )}
        {!content.ok && (
          <Section>
            <Notice live kind="error">
              {fileProblemText(content.problem)}
            </Notice>
          </Section>
        )}
        {content.ok && plan !== null && (
          <>
            <Section>
              <p>{PRESETS.offered(plan.fresh.length)}</p>
              {plan.fresh.length > 0 && <p class={css['names']}>{plan.fresh.map(({ name }) => name).join(', ')}</p>}
              {plan.same.length > 0 && <p>{PRESETS.offeredSame(plan.same.length)}</p>}
              {content.file.left > 0 && <p>{PRESETS.offeredLeft(content.file.left)}</p>}
              {plan.over > 0 && <Notice kind="warning">{PRESETS.offeredOver(plan.over)}</Notice>}
            </Section>
            {plan.named.length > 0 && (
              <Section>
                <RadioGroup
                  label={PRESETS.onSameName(plan.named.length)}
                  value={onSameName}
                  options={[
                    { value: 'rename', label: PRESETS.renameBoth, text: PRESETS.renameBothText },
                    { value: 'replace', label: PRESETS.replace, text: PRESETS.replaceText },
                  ]}
                  onChoose={choose}
                />
                <p class={css['names']}>{plan.named.map(({ name }) => name).join(', ')}</p>
              </Section>
            )}
            <Notes file={content.file} />
          </>
        )}
      </Page>
    </>
  );
}

function Notes({ file }: { readonly file: PresetFile }) {
  if (file.notes.length === 0) return null;
  return (
    <Section title={PRESETS.notes}>
      <ul class={css['notes']}>
        {file.notes.map((note, index) => (
          <li key={`${note.line} ${index}`}>{noteText(note)}</li>
        ))}
      </ul>
    </Section>
  );
}
