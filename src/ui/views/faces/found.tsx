/** The faces that were found before anything is paid: how many, how large, and whether they suit the model. */
import { explain } from '../../../core/words/sentences';
import { faceSize, facesText, fit, fitHints, sizesText } from '../../figures';
import { Button } from '../../parts/button';
import { FaceCrop } from '../../parts/faceCrop';
import { Notice } from '../../parts/notice';
import { ProgressBar } from '../../parts/progressBar';
import type { KnownSubject, Subject } from '../../store/state';
import { LABELS } from '../../words';
import { ENHANCE } from '../../words/enhance';
import type { Panel } from '../panel';
import css from './found.module.css';

/** Pixels of a crop: sharp on screens with two pixels a unit. */
const CROP = 80;

export function FoundFaces({ panel, subject }: { readonly panel: Panel; readonly subject: Subject }) {
  switch (subject.state) {
    case 'reading':
      return <ProgressBar label={LABELS.reading} fraction={null} />;
    case 'searching':
      return <ProgressBar label={LABELS.searching} fraction={null} />;
    case 'unusable':
      return null;
    case 'known':
      return subject.faces.length === 0 ? (
        <NoFace panel={panel} subject={subject} />
      ) : (
        <Found panel={panel} subject={subject} />
      );
  }
}

interface KnownProps {
  readonly panel: Panel;
  readonly subject: KnownSubject;
}

function NoFace({ panel, subject }: KnownProps) {
  const found = panel.state.faceEdits.get(subject.target.imageHash)?.found ?? [];
  return (
    <Notice
      live
      kind="info"
      actions={
        <Button onPress={() => panel.dispatch({ type: 'faces-opened', selected: null })}>{LABELS.addFace}</Button>
      }
    >
      <p>{found.length > 0 ? LABELS.noFaceLeft : explain({ code: 'no-face' }).happened}</p>
      <p>{LABELS.noFaceText}</p>
    </Notice>
  );
}

function Found({ panel, subject }: KnownProps) {
  const { faces, picture } = subject;
  const edit = (selected: number): void => panel.dispatch({ type: 'faces-opened', selected });
  const hints = fitHints(faces);
  return (
    <div class={css['found']}>
      <p role="status">
        {facesText(faces.length)} · {sizesText(faces)}
        {hints
          .filter(({ kind }) => kind === 'good')
          .map(({ text }) => (
            <span key={text} class={css['quiet']}>
              {' '}
              · {text}
            </span>
          ))}
      </p>
      <ul class={css['crops']}>
        {faces.map((face, index) => {
          const { x, y, width, height } = face.box;
          const label = LABELS.editFace(index + 1, faceSize(face));
          return (
            <li key={`${picture.id} ${index}`}>
              <button type="button" class={css['crop']} aria-label={label} title={label} onClick={() => edit(index)}>
                <FaceCrop
                  number={index + 1}
                  of={`${picture.id} ${x} ${y} ${width} ${height}`}
                  load={() => panel.studio.crop(picture.id, face, CROP)}
                  warning={fit(face) !== 'fits'}
                />{' '}
                <span class={css['quiet']} aria-hidden="true">
                  {faceSize(face)} px
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {hints
        .filter(({ kind }) => kind === 'warning')
        .map(({ text, suits }) => (
          <Notice
            key={text}
            kind="warning"
            actions={
              suits === 'enhance' && (
                <Button onPress={() => panel.dispatch({ type: 'enhance-mode', mode: 'enhance' })}>
                  {ENHANCE.instead}
                </Button>
              )
            }
          >
            {text}
          </Notice>
        ))}
    </div>
  );
}

/** Beside the section's title; without faces the notice offers to add one. */
export function EditFacesButton({ panel, subject }: { readonly panel: Panel; readonly subject: Subject }) {
  if (subject.state !== 'known' || subject.faces.length === 0) return null;
  return <Button onPress={() => panel.dispatch({ type: 'faces-opened', selected: null })}>{LABELS.editFaces}</Button>;
}
