/** One picture in hand: what it is, its faces, what will be done, and the one button that costs something. */
import { useEffect, useRef } from 'preact/hooks';
import type { Job } from '../../../core/job/job';
import { credits } from '../../../core/money/price';
import { creditText, megapixelText, sizeText } from '../../../core/words/names';
import type { SelectedPicture } from '../../../protocol/selection';
import { dayText, restoreLabel } from '../../figures';
import { Button } from '../../parts/button';
import { Coin } from '../../parts/coin';
import { Notice } from '../../parts/notice';
import { Page, Section } from '../../parts/page';
import { Thumbnail } from '../../parts/thumbnail';
import { outputFor } from '../../store/enhance/enhance';
import { remedies } from '../../store/remedies';
import { enhancedBefore, paidBefore } from '../../store/runs/sameWork';
import type { Subject } from '../../store/state';
import { HEADS_UP, LABELS } from '../../words';
import { ENHANCE } from '../../words/enhance';
import { EnhanceGo, EnhanceInstead, ModeChoice } from '../enhance/instead';
import { EditFacesButton, FoundFaces } from '../faces/found';
import { LooksButton } from '../looks/looks';
import type { Panel } from '../panel';
import { Behind } from '../run/behind';
import { Said } from '../said';
import { Top } from '../top';
import { Carried } from './carried';
import { Parameters } from './parameters';
import { PictureList } from './pictureList';
import css from './selection.module.css';

export interface SelectionProps {
  readonly panel: Panel;
  readonly subject: Subject;
  readonly selected: SelectedPicture;
}

export function SelectionView({ panel, subject, selected }: SelectionProps) {
  const several = panel.state.selection.pictures.length > 1;
  const enhancing = panel.state.enhance.mode === 'enhance' && subject.state !== 'unusable';
  return (
    <>
      <Top panel={panel} title={null} />
      <Page foot={enhancing ? <EnhanceGo panel={panel} subject={subject} /> : <Go panel={panel} subject={subject} />}>
        <Behind panel={panel} />
        {several && <PictureList panel={panel} chosen={subject.target} />}
        <Section>
          <Summary panel={panel} subject={subject} selected={selected} />
          {headsUp(subject, selected).map((text) => (
            <p key={text} class={css['quiet']}>
              {text}
            </p>
          ))}
          {selected.applied !== null && <Carried panel={panel} subject={subject} selected={selected} />}
        </Section>
        {subject.state === 'unusable' ? (
          <Section>
            <Unusable panel={panel} subject={subject} />
          </Section>
        ) : (
          <>
            <Section>
              <ModeChoice panel={panel} />
            </Section>
            {enhancing ? (
              <EnhanceInstead panel={panel} subject={subject} selected={selected} />
            ) : (
              <>
                <Section title={LABELS.faces} aside={<EditFacesButton panel={panel} subject={subject} />}>
                  <FoundFaces panel={panel} subject={subject} />
                </Section>
                <Parameters panel={panel} />
              </>
            )}
          </>
        )}
      </Page>
    </>
  );
}

function Summary({ panel, subject, selected }: SelectionProps) {
  const size = 'picture' in subject ? subject.picture.size : selected.size;
  const { enhance } = panel.state;
  const whole = enhance.mode === 'enhance';
  const paid = paidAt(whole ? enhancedBefore(panel.state) : paidBefore(panel.state));
  return (
    <div class={css['summary']}>
      <Thumbnail large bytes={panel.state.thumbnails.get(selected.target.nodeId)} alt="" />
      <div class={css['facts']}>
        <p class={css['name']} title={selected.layerName}>
          {selected.layerName}
        </p>
        {size !== null && (
          <p class={css['quiet']}>
            {sizeText(size)} · {megapixelText(size)}
          </p>
        )}
        {size !== null && subject.state !== 'unusable' && (
          <p class={css['quiet']}>
            {paid === null ? (
              <>
                <Coin /> {creditText(credits(whole ? outputFor(enhance.draft.size, size) : size))}
              </>
            ) : (
              (whole ? ENHANCE : LABELS).paidBefore(dayText(paid))
            )}
          </p>
        )}
      </div>
    </div>
  );
}

/** Unix milliseconds, or null. */
const paidAt = (job: Job | null): number | null =>
  job !== null && 'completion' in job.state ? job.state.completion.completedAt : null;

function headsUp(subject: Subject, selected: SelectedPicture): readonly string[] {
  const said: string[] = [];
  if ('picture' in subject && subject.picture.animated) said.push(HEADS_UP.animated);
  if ('picture' in subject && subject.picture.upload.converted) said.push(HEADS_UP.converted);
  if (!selected.visible) said.push(HEADS_UP.hidden);
  if (selected.locked) said.push(HEADS_UP.locked);
  if (selected.paintStyle !== null) said.push(HEADS_UP.paintStyle(selected.paintStyle));
  if (selected.instances > 0) said.push(HEADS_UP.instances(selected.instances));
  return said;
}

function Unusable({ panel, subject }: { readonly panel: Panel; readonly subject: Subject & { state: 'unusable' } }) {
  const again = remedies(subject.error).includes('retry');
  return (
    <Notice live kind="error" actions={again && <Button onPress={panel.deeds.readAgain}>{LABELS.readAgain}</Button>}>
      <Said error={subject.error} />
    </Notice>
  );
}

function Go({ panel, subject }: { readonly panel: Panel; readonly subject: Subject }) {
  const button = useRef<HTMLButtonElement>(null);
  const ready = subject.state === 'known';
  // Enter runs it: the focus goes there when a picture is ready, unless the user is busy with another control.
  useEffect(() => {
    const busy = document.activeElement?.matches('button, input, select, summary, [role=slider]') ?? false;
    if (ready && !busy && document.hasFocus()) button.current?.focus({ preventScroll: true });
  }, [ready]);
  const free = paidBefore(panel.state) !== null;
  const price = free ? 0 : 'picture' in subject ? credits(subject.picture.size) : 1;
  const label =
    subject.state === 'known'
      ? restoreLabel(subject.faces.length, price)
      : subject.state === 'unusable'
        ? LABELS.restore
        : subject.state === 'reading'
          ? LABELS.reading
          : LABELS.searching;
  return (
    <div class={css['go']}>
      <Button kind="main" large wide disabled={!ready} focusRef={button} onPress={() => void panel.deeds.restore()}>
        {ready && !free && <Coin />} {label}
      </Button>
      <LooksButton panel={panel} subject={subject} />
    </div>
  );
}
