/** Before anything is paid: what restoring these pictures costs, what is left out and why, and with which settings. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { PLACEMENT_FORMS, type PlacementForm } from '../../../core/target';
import { creditText } from '../../../core/words/names';
import { FORM_NAMES, UNUSABLE_REASONS } from '../../../core/words/words';
import { Button } from '../../parts/button';
import { Coin } from '../../parts/coin';
import { Field } from '../../parts/field';
import { Icon } from '../../parts/icon';
import { Notice } from '../../parts/notice';
import { Section } from '../../parts/page';
import { ProgressBar } from '../../parts/progressBar';
import { Select } from '../../parts/select';
import { type Batch, isSeveral, selectionKey } from '../../store/batch/batch';
import { type Survey, survey } from '../../store/batch/sums';
import { LABELS } from '../../words';
import { BATCH } from '../../words/batch';
import { Said } from '../said';
import { Parameters } from '../selection/parameters';
import type { BatchProps } from './batch';
import css from './survey.module.css';

export function BatchSurvey({ panel, batch }: BatchProps) {
  if (batch.phase === 'collecting') {
    return (
      <Section>
        <p role="status">{BATCH.collecting}</p>
        <ProgressBar label={BATCH.collecting} fraction={null} />
      </Section>
    );
  }
  if (batch.rows.length === 0) {
    return (
      <Section>
        <p role="status">{BATCH.none}</p>
      </Section>
    );
  }
  const sums = survey(panel.state, batch);
  const searching = sums.searched < sums.pictures;
  return (
    <>
      <Section>
        <OtherSelection panel={panel} batch={batch} />
        <p class={css['sum']} role="status">
          {BATCH.sum(sums.layers, sums.pictures, sums.withFaces, creditText(sums.credits))}
        </p>
        {searching && (
          <ProgressBar label={BATCH.searching(sums.searched, sums.pictures)} fraction={sums.searched / sums.pictures} />
        )}
        {notes(batch, sums).map((note) => (
          <p key={note} class={css['quiet']}>
            {note}
          </p>
        ))}
      </Section>
      <Section>
        <Options panel={panel} batch={batch} />
      </Section>
    </>
  );
}

function notes(batch: Batch, sums: Survey): readonly string[] {
  return [
    ...(sums.alreadyPaid > 0 ? [BATCH.alreadyPaid(sums.alreadyPaid)] : []),
    ...(sums.unusable > 0 ? [BATCH.unusable(sums.unusable)] : []),
    ...(sums.beyond.size > 0 ? [BATCH.beyond(sums.beyond.size)] : []),
    ...(batch.leftOut > 0 ? [BATCH.leftOut(batch.leftOut)] : []),
    ...batch.unusable.slice(0, 3).map(({ layerName, reason }) => `${layerName}: ${UNUSABLE_REASONS[reason]}`),
  ];
}

/** The batch stays what it was; what is selected by now is only offered. */
function OtherSelection({ panel, batch }: BatchProps) {
  const { selection } = panel.state;
  const same = batch.scope === 'page' || selection.layers === 0 || selectionKey(selection) === batch.selection;
  if (same) return null;
  const several = isSeveral(selection);
  return (
    <Notice
      live
      kind="info"
      actions={
        <Button
          onPress={() =>
            several ? panel.deeds.batch.survey('selection') : panel.dispatch({ type: 'batch-shown', shown: false })
          }
        >
          {several ? BATCH.useSelection : BATCH.showSelection}
        </Button>
      }
    >
      {BATCH.changed}
    </Notice>
  );
}

function Options({ panel, batch }: BatchProps) {
  const { dispatch, state } = panel;
  const [open, setOpen] = useState(false);
  const chosen = [
    state.draft.preset.name,
    FORM_NAMES[batch.form],
    ...(batch.cap === null ? [] : [BATCH.capText(creditText(batch.cap))]),
  ];
  return (
    <details class={css['options']} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary class={css['summary']}>
        <span class={css['chosen']}>
          {BATCH.options}: <span class={css['quiet']}>{chosen.join(' · ')}</span>
        </span>
        <Icon name="right" />
      </summary>
      {open && (
        <>
          <div class={css['inner']}>
            <Cap panel={panel} batch={batch} />
            <Select
              label={LABELS.form}
              value={batch.form}
              hint={BATCH.formHint}
              options={PLACEMENT_FORMS.map((form) => ({ value: form, label: FORM_NAMES[form] }))}
              // The options above are the forms.
              onChoose={(form) => dispatch({ type: 'batch-form', form: form as PlacementForm })}
            />
          </div>
          <div class={css['parameters']}>
            <Parameters panel={panel} />
          </div>
        </>
      )}
    </details>
  );
}

function Cap({ panel, batch }: BatchProps) {
  const [wrong, setWrong] = useState(false);
  const take = (text: string): void => {
    const trimmed = text.trim();
    const valid = trimmed === '' || /^\d{1,6}$/.test(trimmed);
    setWrong(!valid);
    if (valid) panel.dispatch({ type: 'batch-cap', cap: trimmed === '' ? null : Number(trimmed) });
  };
  return (
    <Field
      label={BATCH.cap}
      value={batch.cap === null ? '' : String(batch.cap)}
      hint={BATCH.capHint}
      error={wrong ? BATCH.capWrong : null}
      onCommit={take}
    />
  );
}

export function BatchSurveyFoot({ panel, batch }: BatchProps) {
  const button = useRef<HTMLButtonElement>(null);
  const { state, deeds } = panel;
  const sums = survey(state, batch);
  const known = batch.phase === 'survey' && sums.searched === sums.pictures;
  const ready = known && sums.chosen.length > 0;
  // Enter runs it, as with one picture.
  useEffect(() => {
    const busy = document.activeElement?.matches('button, input, select, summary, [role=slider]') ?? false;
    if (ready && !busy && document.hasFocus()) button.current?.focus({ preventScroll: true });
  }, [ready]);
  if (batch.phase === 'survey' && batch.rows.length === 0) return null;
  const label = known
    ? `${BATCH.restore(sums.chosen.length)} · ${sums.credits === 0 ? BATCH.free : creditText(sums.credits)}`
    : batch.phase === 'collecting'
      ? BATCH.collecting
      : BATCH.searching(sums.searched, sums.pictures);
  return (
    <>
      {batch.problem !== null && (
        <Notice live kind="error">
          <Said error={batch.problem} />
        </Notice>
      )}
      {known && sums.chosen.length === 0 && <p class={css['quiet']}>{BATCH.nothing}</p>}
      <Button kind="main" large wide disabled={!ready} focusRef={button} onPress={() => void deeds.batch.start()}>
        {ready && sums.credits > 0 && <Coin />} {label}
      </Button>
    </>
  );
}
