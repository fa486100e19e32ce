/** One preset in the list: what it is called, when to take it, and what can be done with it. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { PresetId } from '../../../core/ids';
import { type FaceParameters, NUMBER_PARAMETERS } from '../../../core/parameters';
import type { OwnPreset } from '../../../core/presets/list';
import { nameProblem, tidyLine } from '../../../core/presets/name';
import { BUILT_IN_PRESETS, type Preset } from '../../../core/presets/presets';
import { partnerOf, type TeamPreset, teamStanding } from '../../../core/presets/team';
import { PARAMETER_NAMES } from '../../../core/words/words';
import { dayText, valueText } from '../../figures';
import { Button, IconButton } from '../../parts/button';
import { Disclosure } from '../../parts/disclosure';
import { Field } from '../../parts/field';
import { nameText, PRESETS } from '../../words/presets';
import type { Panel } from '../panel';
import css from './rows.module.css';

interface RowProps<Kind extends Preset> {
  readonly panel: Panel;
  readonly preset: Kind;
}

export function OwnRow({ panel, preset }: RowProps<OwnPreset>) {
  const { deeds, state } = panel;
  const [open, setOpen] = useState(false);
  const [renaming, setRenaming] = useState(false);
  const { presets } = state;
  const { id, name } = preset;
  const standing = teamStanding(preset, presets.team.presets);
  const partner = partnerOf(preset, presets.team.presets);
  const at = presets.own.presets.indexOf(preset);
  if (renaming) return <Rename panel={panel} preset={preset} onDone={() => setRenaming(false)} />;
  const conflict =
    partner === null || (standing !== 'theirs' && standing !== 'both')
      ? null
      : (standing === 'both' ? PRESETS.changedBoth : PRESETS.changedSince)(partner.by, dayText(partner.at));
  return (
    <Row panel={panel} preset={preset} open={open} onToggle={setOpen} note={noteOf(standing)} star>
      {conflict !== null && <p class={css['conflict']}>{conflict}</p>}
      <Deeds>
        <Use panel={panel} id={id} name={name} />
        <Deed name={name} words={PRESETS.rename} act={() => setRenaming(true)} />
        <Deed name={name} words={PRESETS.duplicate} act={() => void deeds.presets.duplicate(id)} />
        {standing !== 'same' && (
          <Deed
            name={name}
            words={standing === 'own' || standing === 'gone' ? PRESETS.share : PRESETS.update}
            act={() => void deeds.presets.share(id)}
          />
        )}
        {partner !== null && (standing === 'theirs' || standing === 'both') && (
          <Deed name={name} words={PRESETS.takeUpdate} act={() => void deeds.presets.take(partner.id)} />
        )}
        {at > 0 && <Deed name={name} words={PRESETS.up} act={() => void deeds.presets.move(id, at - 1)} />}
        {at < presets.own.presets.length - 1 && (
          <Deed name={name} words={PRESETS.down} act={() => void deeds.presets.move(id, at + 1)} />
        )}
        <Button kind="danger" label={PRESETS.about(PRESETS.remove, name)} onPress={() => void deeds.presets.remove(id)}>
          {PRESETS.remove}
        </Button>
      </Deeds>
    </Row>
  );
}

export function TeamRow({ panel, preset }: RowProps<TeamPreset>) {
  const { deeds, state } = panel;
  const [open, setOpen] = useState(false);
  const { id, name, by, at } = preset;
  const mine = state.presets.own.presets.some(({ team }) => team?.id === id);
  return (
    <Row panel={panel} preset={preset} open={open} onToggle={setOpen} note={PRESETS.by(by, dayText(at))}>
      <Deeds>
        <Use panel={panel} id={id} name={name} />
        {!mine && <Deed name={name} words={PRESETS.take} act={() => void deeds.presets.take(id)} />}
        <Button
          kind="danger"
          label={PRESETS.about(PRESETS.unshare, name)}
          onPress={() => void deeds.presets.unshare(id)}
        >
          {PRESETS.unshare}
        </Button>
      </Deeds>
    </Row>
  );
}

export function BuiltInRow({ panel, preset }: RowProps<Preset>) {
  const [open, setOpen] = useState(false);
  const { id, name } = preset;
  return (
    <Row panel={panel} preset={preset} open={open} onToggle={setOpen} note={null} star>
      <Deeds>
        <Use panel={panel} id={id} name={name} />
        {panel.state.presets.access !== 'newer' && (
          <Deed name={name} words={PRESETS.duplicate} act={() => void panel.deeds.presets.duplicate(id)} />
        )}
      </Deeds>
    </Row>
  );
}

interface LineProps extends RowProps<Preset> {
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
  readonly note: string | null;
  /** Whether it can be the one that the panel begins with. */
  readonly star?: boolean;
  readonly children: ComponentChildren;
}

function Row({ panel, preset, open, onToggle, note, star = false, children }: LineProps) {
  const { presets, draft } = panel.state;
  const { id, name, hint, parameters } = preset;
  const standard = presets.own.standard === id;
  // Without one its place stays free, so that what opens a line is in one column.
  const begin =
    presets.access !== 'newer' &&
    (star ? (
      <IconButton
        icon="star"
        label={PRESETS.standard(name)}
        pressed={standard}
        onPress={() => void panel.deeds.presets.setStandard(id)}
      />
    ) : (
      <span class={css['noStar']} />
    ));
  const used = draft.preset.id === id;
  const line = (
    <>
      <span class={css['name']} title={name}>
        {name}
        {used && <span class={css['quiet']}> · {PRESETS.inUse}</span>}
      </span>
      <span class={css['quiet']}>{[note, hint || numbers(parameters)].filter(Boolean).join(' · ')}</span>
    </>
  );
  return (
    <Disclosure line={line} open={open} onToggle={onToggle} aside={begin}>
      <p class={css['numbers']}>{numbers(parameters)}</p>
      {standard && <p class={css['numbers']}>{PRESETS.standardIs}</p>}
      {children}
    </Disclosure>
  );
}

function Deeds({ children }: { readonly children: ComponentChildren }) {
  return <div class={css['deeds']}>{children}</div>;
}

interface DeedProps {
  readonly name: string;
  readonly words: string;
  readonly act: () => void;
}

function Deed({ name, words, act }: DeedProps) {
  return (
    <Button label={PRESETS.about(words, name)} onPress={act}>
      {words}
    </Button>
  );
}

function Use({ panel, id, name }: { readonly panel: Panel; readonly id: PresetId; readonly name: string }) {
  const use = (): void => {
    panel.dispatch({ type: 'preset', id });
    panel.dispatch({ type: 'page', page: 'work' });
  };
  return <Deed name={name} words={PRESETS.use} act={use} />;
}

function Rename({ panel, preset, onDone }: RowProps<OwnPreset> & { readonly onDone: () => void }) {
  const [name, setName] = useState(preset.name);
  const [hint, setHint] = useState(preset.hint);
  const others = panel.state.presets.own.presets.filter(({ id }) => id !== preset.id);
  const problem = nameProblem(name, BUILT_IN_PRESETS, others);
  const done = (): void => {
    if (problem !== null) return;
    onDone();
    const change = { name: tidyLine(name), hint };
    if (change.name !== preset.name || hint !== preset.hint) void panel.deeds.presets.change(preset.id, change);
  };
  return (
    <form
      class={css['rename']}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onDone();
      }}
      onSubmit={(event) => event.preventDefault()}
    >
      <Field
        focused
        label={PRESETS.name}
        value={name}
        error={problem === null ? null : nameText(problem)}
        onInput={setName}
        onEnter={done}
      />
      <Field label={PRESETS.hint} value={hint} onInput={setHint} onEnter={done} />
      <Deeds>
        <Button disabled={problem !== null} onPress={done}>
          {PRESETS.renamed}
        </Button>
        <Button kind="quiet" onPress={onDone}>
          {PRESETS.cancel}
        </Button>
      </Deeds>
    </form>
  );
}

/** "Rebuild 0.8 · Noise in the picture 0.015 · ..." */
const numbers = (parameters: FaceParameters): string =>
  NUMBER_PARAMETERS.map((name) => `${PARAMETER_NAMES[name]} ${valueText(parameters[name])}`).join(' · ');

function noteOf(standing: ReturnType<typeof teamStanding>): string | null {
  switch (standing) {
    case 'own':
      return null;
    case 'gone':
      return PRESETS.goneFromFile;
    case 'mine':
      return PRESETS.changedHere;
    case 'same':
      return PRESETS.sharedAlready;
    case 'theirs':
    case 'both':
      return PRESETS.changedThere;
  }
}
