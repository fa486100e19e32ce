/** What was done last with a preset, and how to take it back; or what stands in the way, and the ways out. */
import { useEffect, useRef } from 'preact/hooks';
import { findOwn } from '../../../core/presets/list';
import { dayText } from '../../figures';
import { Button } from '../../parts/button';
import { Notice } from '../../parts/notice';
import { Section } from '../../parts/page';
import type { PresetSaid } from '../../store/presets/presets';
import { LABELS } from '../../words';
import { PRESETS } from '../../words/presets';
import type { Panel } from '../panel';

export function PresetSaidNotice({ panel }: { readonly panel: Panel }) {
  const { said } = panel.state.presets;
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The row that was pressed may be gone: what can be done about it is the next thing for the keyboard.
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (said !== null && lost && document.hasFocus()) first.current?.focus();
  }, [said]);
  if (said === null) return null;
  const dismiss = (): void => panel.dispatch({ type: 'presets-said', said: null });
  const { kind, text, ways } = content(panel, said);
  const all = [...ways, { words: ways.length === 0 ? LABELS.dismiss : PRESETS.cancel, act: dismiss }];
  const shown = said.what === 'deleted' || said.what === 'unshared' ? ways : all;
  return (
    <Section>
      <Notice
        live
        kind={kind}
        actions={shown.map(({ words, act }, index) => (
          <Button key={words} onPress={act} {...(index === 0 ? { focusRef: first } : {})}>
            {words}
          </Button>
        ))}
      >
        {text}
      </Notice>
    </Section>
  );
}

interface Content {
  readonly kind: 'good' | 'info' | 'warning';
  readonly text: string;
  readonly ways: readonly { readonly words: string; readonly act: () => void }[];
}

function content({ state, deeds }: Panel, said: PresetSaid): Content {
  const undo = [{ words: PRESETS.undo, act: () => void deeds.presets.undo() }];
  switch (said.what) {
    case 'deleted':
      return { kind: 'info', text: PRESETS.deleted(said.preset.name), ways: undo };
    case 'unshared':
      return { kind: 'info', text: PRESETS.unshared(said.preset.name), ways: undo };
    case 'imported':
      return { kind: 'good', text: PRESETS.imported(said.added, said.replaced), ways: [] };
    case 'shared':
      return { kind: 'good', text: PRESETS.shared(said.name), ways: [] };
    case 'taken':
      return { kind: 'good', text: PRESETS.taken(said.name), ways: [] };
    case 'full':
      return { kind: 'warning', text: PRESETS.full, ways: [] };
    case 'missing':
      return { kind: 'warning', text: PRESETS.missing(said.name), ways: [] };
    case 'share-conflict': {
      const { own, team } = said;
      const name = findOwn(state.presets.own, own)?.name ?? team.name;
      return {
        kind: 'warning',
        text: PRESETS.shareConflict(name, team.by, dayText(team.at)),
        ways: [
          { words: PRESETS.takeUpdate, act: () => void deeds.presets.take(team.id) },
          { words: PRESETS.replaceTheirs, act: () => void deeds.presets.share(own, 'replace') },
        ],
      };
    }
    case 'share-same-name': {
      const { own, team } = said;
      return {
        kind: 'warning',
        text: PRESETS.shareSameName(team.name, team.by, dayText(team.at)),
        ways: [
          { words: PRESETS.keepBoth, act: () => void deeds.presets.share(own, 'rename') },
          { words: PRESETS.replaceTheirs, act: () => void deeds.presets.share(own, 'replace') },
        ],
      };
    }
    case 'take-same-name': {
      const { team } = said;
      return {
        kind: 'warning',
        text: PRESETS.sameName(team.name),
        ways: [
          { words: PRESETS.keepBoth, act: () => void deeds.presets.take(team.id, 'rename') },
          { words: PRESETS.replaceMine, act: () => void deeds.presets.take(team.id, 'replace') },
        ],
      };
    }
  }
}
