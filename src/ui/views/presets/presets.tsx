/** All presets: one's own, those that the file carries, and those that everybody has. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { presetId } from '../../../core/ids';
import { BUILT_IN_PRESETS } from '../../../core/presets/presets';
import { download } from '../../frame/download';
import { Bar } from '../../parts/bar';
import { Button } from '../../parts/button';
import { Notice } from '../../parts/notice';
import { Page, Section } from '../../parts/page';
import { Sortable } from '../../parts/sortable';
import { Unseen } from '../../parts/unseen';
import { LARGEST_READ } from '../../store/presets/deeds';
import { LABELS } from '../../words';
import { PRESETS } from '../../words/presets';
import type { Panel } from '../panel';
import { Said } from '../said';
import { PresetOffer } from './offer';
import css from './presets.module.css';
import { BuiltInRow, OwnRow, TeamRow } from './rows';
import { PresetSaidNotice } from './said';

export function PresetsView({ panel }: { readonly panel: Panel }) {
  const { state, deeds, dispatch } = panel;
  const { presets } = state;
  useEffect(() => void deeds.presets.read(), []);
  if (presets.offer !== null) return <PresetOffer panel={panel} offer={presets.offer} />;
  return (
    <>
      <Bar
        title={PRESETS.title}
        back={{ label: LABELS.back, onPress: () => dispatch({ type: 'page', page: 'work' }) }}
      />
      <Page foot={presets.access !== 'newer' && <Files panel={panel} />}>
        {state.trouble !== null && (
          <Section>
            <Notice
              live
              kind="error"
              actions={<Button onPress={() => dispatch({ type: 'trouble', error: null })}>{LABELS.dismiss}</Button>}
            >
              <Said error={state.trouble} />
            </Notice>
          </Section>
        )}
        <PresetSaidNotice panel={panel} />
        <Own panel={panel} />
        <Section title={PRESETS.team}>
          {presets.team.presets.length === 0 ? (
            <p class={css['quiet']}>{PRESETS.teamEmpty}</p>
          ) : (
            <ul>
              {presets.team.presets.map((preset) => (
                <li key={preset.id}>
                  <TeamRow panel={panel} preset={preset} />
                </li>
              ))}
            </ul>
          )}
          {presets.team.newer + presets.team.damaged > 0 && (
            <Notice kind="warning">{PRESETS.teamUnread(presets.team.newer + presets.team.damaged)}</Notice>
          )}
        </Section>
        <Section title={PRESETS.builtIn}>
          <ul>
            {BUILT_IN_PRESETS.map((preset) => (
              <li key={preset.id}>
                <BuiltInRow panel={panel} preset={preset} />
              </li>
            ))}
          </ul>
        </Section>
      </Page>
    </>
  );
}

function Own({ panel }: { readonly panel: Panel }) {
  const { presets } = panel.state;
  const [said, say] = useState('');
  const own = presets.own.presets;
  const move = (key: string, to: number): void => {
    const name = own.find(({ id }) => id === key)?.name ?? '';
    say(PRESETS.moved(name, to + 1, own.length));
    void panel.deeds.presets.move(presetId(key), to);
  };
  return (
    <Section title={PRESETS.own}>
      {presets.access === 'newer' && <Notice kind="warning">{PRESETS.newer}</Notice>}
      {presets.damaged > 0 && <Notice kind="warning">{PRESETS.damaged(presets.damaged)}</Notice>}
      {own.length === 0 && presets.access !== 'newer' && <p class={css['quiet']}>{PRESETS.ownEmpty}</p>}
      {own.length > 0 && (
        <Sortable
          label={PRESETS.own}
          rows={own.map((preset) => ({
            key: preset.id,
            grip: PRESETS.grip(preset.name),
            content: <OwnRow panel={panel} preset={preset} />,
          }))}
          onMove={move}
        />
      )}
      <Unseen live>{said}</Unseen>
    </Section>
  );
}

function Files({ panel }: { readonly panel: Panel }) {
  const input = useRef<HTMLInputElement>(null);
  const own = panel.state.presets.own.presets;
  const read = async (file: File): Promise<void> => {
    panel.deeds.presets.offer(file.name, file.size > LARGEST_READ ? null : await file.text());
  };
  const save = (): void => {
    const day = new Date().toISOString().slice(0, 10);
    download(PRESETS.fileName(day), 'application/json', panel.deeds.presets.fileText());
  };
  return (
    <div class={css['files']}>
      <input
        ref={input}
        hidden
        type="file"
        accept=".json,application/json"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          // The same file can be chosen again after it was corrected.
          if (file !== undefined) void read(file).finally(() => Object.assign(currentTarget, { value: '' }));
        }}
      />
      <Button large wide onPress={() => input.current?.click()}>
        {PRESETS.import}
      </Button>
      {own.length > 0 && (
        <Button large wide onPress={save}>
          {PRESETS.export}
        </Button>
      )}
    </div>
  );
}
