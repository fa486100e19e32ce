/** With a picture in hand: the choice between its faces and the whole of it, and what stands in the faces' place. */
import { Notice } from '../../parts/notice';
import { Section } from '../../parts/page';
import { Segments } from '../../parts/segments';
import type { Subject } from '../../store/state';
import { ENHANCE } from '../../words/enhance';
import type { Panel } from '../panel';
import type { SelectionProps } from '../selection/selection';
import { EnhanceButton } from './button';
import css from './enhance.module.css';
import { EnhanceParameters } from './parameters';

export function ModeChoice({ panel }: { readonly panel: Panel }) {
  return (
    <Segments
      label={ENHANCE.mode}
      value={panel.state.enhance.mode}
      options={[
        { value: 'faces', label: ENHANCE.modeFaces },
        { value: 'enhance', label: ENHANCE.modeEnhance },
      ]}
      onChoose={(mode) => panel.dispatch({ type: 'enhance-mode', mode })}
    />
  );
}

export function EnhanceInstead({ panel, subject, selected }: SelectionProps) {
  const carries = selected.applied !== null && selected.applied.work.kind === 'faces';
  return (
    <>
      <Section>
        <p class={css['quiet']}>{ENHANCE.insteadText}</p>
        {carries && <Notice kind="warning">{ENHANCE.carries}</Notice>}
      </Section>
      <EnhanceParameters panel={panel} source={sizeOf(subject)} restored={false} />
    </>
  );
}

export function EnhanceGo({ panel, subject }: { readonly panel: Panel; readonly subject: Subject }) {
  return (
    <EnhanceButton panel={panel} source={subject.state === 'known' ? subject.picture.size : null} restored={false} />
  );
}

const sizeOf = (subject: Subject) => ('picture' in subject ? subject.picture.size : null);
