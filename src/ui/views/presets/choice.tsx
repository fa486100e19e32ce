/** Which preset is set, whether it was changed, and what can be done about that. */
import { useState } from 'preact/hooks';
import { presetId } from '../../../core/ids';
import { freeName, nameProblem, tidyLine } from '../../../core/presets/name';
import { BUILT_IN_PRESETS } from '../../../core/presets/presets';
import { Button, IconButton } from '../../parts/button';
import { Field } from '../../parts/field';
import { Notice } from '../../parts/notice';
import { Select, type SelectOption } from '../../parts/select';
import { isChanged } from '../../store/draft';
import { isOwn, type Presets } from '../../store/presets/presets';
import { LABELS } from '../../words';
import { nameText, PRESETS } from '../../words/presets';
import type { Panel } from '../panel';
import css from './choice.module.css';

export function PresetChoice({ panel }: { readonly panel: Panel }) {
  const { state, dispatch, deeds } = panel;
  const { draft, presets } = state;
  const { preset } = draft;
  const [naming, setNaming] = useState(false);
  const changed = isChanged(draft);
  return (
    <div class={css['choice']}>
      {presets.said?.what === 'missing' && (
        <Notice live kind="warning">
          {PRESETS.missing(presets.said.name)}
        </Notice>
      )}
      <div class={css['line']}>
        <Select
          label={LABELS.preset}
          note={changed ? LABELS.changed : null}
          value={preset.id}
          {...(preset.hint === '' ? {} : { hint: preset.hint })}
          options={optionsOf(presets)}
          onChoose={(id) => dispatch({ type: 'preset', id: presetId(id) })}
        />
        <IconButton icon="presets" label={PRESETS.manage} onPress={() => dispatch({ type: 'page', page: 'presets' })} />
      </div>
      {naming ? (
        <NewName
          panel={panel}
          onDone={(name) => {
            setNaming(false);
            if (name !== null) void deeds.presets.saveAs(name);
          }}
        />
      ) : (
        changed && (
          <div class={css['row']}>
            {isOwn(presets, preset.id) && <Button onPress={() => void deeds.presets.save()}>{PRESETS.save}</Button>}
            {presets.access !== 'newer' && <Button onPress={() => setNaming(true)}>{PRESETS.saveAs}</Button>}
            <Button kind="quiet" onPress={() => dispatch({ type: 'preset-reset' })}>
              {PRESETS.reset}
            </Button>
          </div>
        )
      )}
    </div>
  );
}

function optionsOf({ own, team }: Presets): readonly SelectOption[] {
  const some = (list: readonly { readonly id: string; readonly name: string }[], group: string) =>
    list.map(({ id, name }) => ({ value: id, label: name, group }));
  return [
    ...some(BUILT_IN_PRESETS, PRESETS.builtIn),
    ...some(own.presets, PRESETS.own),
    ...some(team.presets, PRESETS.team),
  ];
}

/** `onDone`: with a name that is free, or null when it was thought better of. */
function NewName({ panel, onDone }: { readonly panel: Panel; readonly onDone: (name: string | null) => void }) {
  const { draft, presets } = panel.state;
  const own = presets.own.presets;
  const [name, setName] = useState(() => freeName(draft.preset.name, [...BUILT_IN_PRESETS, ...own]));
  const [tried, setTried] = useState(false);
  const problem = nameProblem(name, BUILT_IN_PRESETS, own);
  const done = (): void => {
    if (problem === null) onDone(tidyLine(name));
    else setTried(true);
  };
  return (
    <form
      class={css['choice']}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onDone(null);
      }}
      onSubmit={(event) => event.preventDefault()}
    >
      <Field
        focused
        label={PRESETS.name}
        value={name}
        error={problem !== null && (tried || problem.code !== 'empty') ? nameText(problem) : null}
        onInput={setName}
        onEnter={done}
      />
      <div class={css['row']}>
        <Button disabled={problem !== null} onPress={done}>
          {PRESETS.saveNew}
        </Button>
        <Button kind="quiet" onPress={() => onDone(null)}>
          {PRESETS.cancel}
        </Button>
      </div>
    </form>
  );
}
