/** Faces that nobody had marked before the result came: what the service made of them is taken over, for nothing. */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Box } from '../../../pixels/image';
import { allowed, middleBox } from '../../boxes';
import { facesText, percentText } from '../../figures';
import { Button } from '../../parts/button';
import { FaceBoxes } from '../../parts/faceBoxes/faceBoxes';
import { Page } from '../../parts/page';
import { Unseen } from '../../parts/unseen';
import { isWhole, type ReviewRun } from '../../store/runs/run';
import { LABELS } from '../../words';
import { LOOKS } from '../../words/looks';
import type { Panel } from '../panel';
import { Top } from '../top';
import css from './edit.module.css';

export interface DrawFacesProps {
  readonly panel: Panel;
  readonly run: ReviewRun;
  readonly onDone: () => void;
}

export function DrawFaces({ panel, run, onDone }: DrawFacesProps) {
  const { picture, faces } = run.material;
  const known = isWhole(run.review.choices) ? [] : faces;
  const keys = useId();
  const [drawn, setDrawn] = useState<readonly Box[]>([]);
  const [selected, setSelected] = useState<number | null>(null);
  const [zoom, setZoom] = useState<number | null>(null);
  const part = useRef<Box>({ x: 0, y: 0, ...picture.size });
  useEscape(() => (selected === null ? onDone() : setSelected(null)));
  const boxes = [...known.map(({ box }) => box), ...drawn];
  const size = (box: Box): number => Math.round(Math.max(box.width, box.height));
  /** Only what was drawn here can be changed here. */
  const own = (index: number): number | null => (index < known.length ? null : index - known.length);
  const add = (box: Box): void => {
    setDrawn([...drawn, allowed(box, picture.size)]);
    setSelected(boxes.length);
  };
  const change = (index: number, box: Box): void => {
    const at = own(index);
    if (at !== null) setDrawn(drawn.map((before, each) => (each === at ? allowed(box, picture.size) : before)));
  };
  const remove = (index: number): void => {
    const at = own(index);
    if (at === null) return;
    setDrawn(drawn.filter((_, each) => each !== at));
    setSelected(null);
  };
  const done = (): void => {
    for (const box of drawn) panel.dispatch({ type: 'face-drawn', id: run.id, box });
    onDone();
  };
  const removable = selected !== null && own(selected) !== null;
  return (
    <>
      <Top panel={panel} title={LOOKS.addFace} back={{ label: LABELS.back, onPress: onDone }} />
      <Page
        foot={
          <Button kind="main" large wide onPress={done}>
            {LABELS.done}
          </Button>
        }
      >
        <FaceBoxes
          label={`${LABELS.facesOnPicture}: ${facesText(boxes.length)}`}
          picture={picture.size}
          of={`drawing ${picture.id}`}
          load={(longSide) => panel.studio.bitmap(picture.id, longSide)}
          boxes={boxes.map((box, index) => ({ box, label: LABELS.face(index + 1, size(box)), warning: false }))}
          selected={selected}
          describedBy={keys}
          zoom={zoom}
          onZoom={setZoom}
          onSeen={(seen) => {
            part.current = seen;
          }}
          onSelect={setSelected}
          onAdd={add}
          onChange={change}
          onRemove={remove}
        />
        <div class={css['tools']}>
          <Button kind={zoom === null ? 'plain' : 'quiet'} onPress={() => setZoom(null)}>
            {LABELS.fit}
          </Button>
          <Button kind={zoom === null ? 'quiet' : 'plain'} onPress={() => setZoom(1)}>
            {zoom === null ? LABELS.full : percentText(zoom)}
          </Button>
          <span class={css['space']} />
          <Button onPress={() => add(middleBox(part.current, boxes, picture.size))}>{LABELS.addFace}</Button>
          <Button disabled={!removable} onPress={() => selected !== null && remove(selected)}>
            {LABELS.removeFace}
          </Button>
        </div>
        <div class={css['status']}>
          <p role="status">{drawn.length === 0 ? '' : LABELS.faceAdded(boxes.length)}</p>
          <p class={css['quiet']}>{LOOKS.addHelp}</p>
          <p class={css['quiet']}>{LABELS.drawHelp}</p>
        </div>
        <Unseen id={keys}>{LABELS.boxKeys}</Unseen>
      </Page>
    </>
  );
}

/** Before the panel hears it, which would leave the review. */
function useEscape(leave: () => void): void {
  const latest = useRef(leave);
  latest.current = leave;
  useEffect(() => {
    const heard = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', heard, { capture: true });
    return () => window.removeEventListener('keydown', heard, { capture: true });
  }, []);
}
