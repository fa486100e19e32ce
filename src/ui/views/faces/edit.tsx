/** The picture in hand, large, with its faces: the user takes wrong ones away and adds missed ones. Costs nothing. */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { sizeText } from '../../../core/words/names';
import type { Face } from '../../../pixels/face';
import type { SelectedPicture } from '../../../protocol/selection';
import { middleBox } from '../../boxes';
import { faceSize, facesText, fit, fitHints, percentText, sizesText } from '../../figures';
import { Button } from '../../parts/button';
import { FaceBoxes } from '../../parts/faceBoxes/faceBoxes';
import { Page } from '../../parts/page';
import { Unseen } from '../../parts/unseen';
import type { FaceEditor, KnownSubject } from '../../store/state';
import { LABELS } from '../../words';
import type { Panel } from '../panel';
import { Top } from '../top';
import css from './edit.module.css';

export interface EditFacesProps {
  readonly panel: Panel;
  readonly subject: KnownSubject;
  readonly selected: SelectedPicture;
  readonly editor: FaceEditor;
}

export function EditFaces({ panel, subject, selected, editor }: EditFacesProps) {
  const { dispatch, studio } = panel;
  const { picture, faces } = subject;
  const keys = useId();
  const [zoom, setZoom] = useState<number | null>(null);
  const part = useRef({ x: 0, y: 0, ...picture.size });
  const inHand = editor.selected;
  const done = (): void => dispatch({ type: 'faces-done' });
  useUndo(() => dispatch({ type: 'faces-undone' }));
  const boxes = faces.map((face, index) => ({
    box: face.box,
    label: LABELS.face(index + 1, faceSize(face)),
    warning: fit(face) !== 'fits',
  }));
  return (
    <>
      <Top panel={panel} title={selected.layerName} back={{ label: LABELS.back, onPress: done }} />
      <Page
        foot={
          <Button kind="main" large wide onPress={done}>
            {LABELS.done}
          </Button>
        }
      >
        <FaceBoxes
          label={`${LABELS.facesOnPicture}: ${facesText(faces.length)}`}
          picture={picture.size}
          of={`faces ${picture.id}`}
          load={(longSide) => studio.bitmap(picture.id, longSide)}
          boxes={boxes}
          selected={inHand}
          describedBy={keys}
          zoom={zoom}
          onZoom={setZoom}
          onSeen={(seen) => {
            part.current = seen;
          }}
          onSelect={(face) => dispatch({ type: 'face-selected', face })}
          onAdd={(box) => dispatch({ type: 'face-added', box })}
          onChange={(face, box) => dispatch({ type: 'face-changed', face, box })}
          onRemove={(face) => dispatch({ type: 'face-removed', face })}
        />
        <div class={css['tools']}>
          <Button kind={zoom === null ? 'plain' : 'quiet'} onPress={() => setZoom(null)}>
            {LABELS.fit}
          </Button>
          <Button kind={zoom === null ? 'quiet' : 'plain'} onPress={() => setZoom(1)}>
            {zoom === null ? LABELS.full : percentText(zoom)}
          </Button>
          <span class={css['space']} />
          <Button
            onPress={() => {
              const others = faces.map(({ box }) => box);
              dispatch({ type: 'face-added', box: middleBox(part.current, others, picture.size) });
            }}
          >
            {LABELS.addFace}
          </Button>
          <Button
            disabled={inHand === null}
            onPress={() => inHand !== null && dispatch({ type: 'face-removed', face: inHand })}
          >
            {LABELS.removeFace}
          </Button>
        </div>
        <Status panel={panel} subject={subject} editor={editor} />
        <Unseen id={keys}>{LABELS.boxKeys}</Unseen>
      </Page>
    </>
  );
}

type StatusProps = Pick<EditFacesProps, 'panel' | 'subject' | 'editor'>;

/** What was just done, with its undoing; below it what can be done. */
function Status({ panel, subject, editor }: StatusProps) {
  const said = saidText(subject, editor);
  return (
    <div class={css['status']}>
      <div class={css['said']}>
        <p>
          {/* Only what was done is read out; which face is in hand the focus says. */}
          <span role="status">{said ?? ''}</span>
          {said === null && nowText(subject, editor)}
        </p>
        {said !== null && <Button onPress={() => panel.dispatch({ type: 'faces-undone' })}>{LABELS.undo}</Button>}
      </div>
      <p class={css['quiet']}>{helpText(subject, editor)}</p>
    </div>
  );
}

function saidText({ faces }: KnownSubject, { said }: FaceEditor): string | null {
  if (said === null) return null;
  const number = said.face + 1;
  switch (said.what) {
    case 'added':
      return LABELS.faceAdded(number);
    case 'removed':
      return LABELS.faceRemoved(number);
    case 'changed':
      return faceText(faces, said.face);
  }
}

function nowText({ faces }: KnownSubject, { selected }: FaceEditor): string {
  const face = selected === null ? null : faceText(faces, selected);
  if (face !== null) return face;
  return faces.length === 0 ? LABELS.noFaceMarked : `${facesText(faces.length)} · ${sizesText(faces)}`;
}

function faceText(faces: readonly Face[], index: number): string | null {
  const box = faces[index]?.box;
  if (box === undefined) return null;
  const [x, y, width, height] = [box.x, box.y, box.width, box.height].map(Math.round) as [
    number,
    number,
    number,
    number,
  ];
  return LABELS.faceAt(index + 1, sizeText({ width, height }), x, y);
}

function helpText({ faces }: KnownSubject, { selected }: FaceEditor): string {
  const face = selected === null ? undefined : faces[selected];
  if (face === undefined) return LABELS.drawHelp;
  return [...fitHints([face]).map(({ text }) => text), LABELS.boxKeys].join(' ');
}

/** Ctrl+Z or Cmd+Z takes back one step after the other, also those that are no longer spoken of. */
function useUndo(undo: () => void): void {
  useEffect(() => {
    const heard = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'z' || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      undo();
    };
    window.addEventListener('keydown', heard);
    return () => window.removeEventListener('keydown', heard);
  });
}
