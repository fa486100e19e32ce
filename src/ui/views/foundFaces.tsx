/** The faces that were found before anything is paid: how many, how large, and whether they suit the model. */
import { explain } from '../../core/sentences';
import { faceSize, facesText, fit, fitHint, sizesText } from '../figures';
import { FaceCrop } from '../parts/faceCrop';
import { Notice } from '../parts/notice';
import { ProgressBar } from '../parts/progressBar';
import type { Subject } from '../store/state';
import { LABELS } from '../words';
import css from './foundFaces.module.css';
import type { Panel } from './panel';

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
      break;
  }
  const { faces, picture } = subject;
  if (faces.length === 0) {
    const { happened } = explain({ code: 'no-face' });
    return (
      <Notice live kind="info">
        <p>{happened}</p>
        <p>{LABELS.sendAnywayText}</p>
      </Notice>
    );
  }
  const hint = fitHint(faces);
  return (
    <div class={css['found']}>
      <p role="status">
        {facesText(faces.length)} · {sizesText(faces)}
        {hint.kind === 'good' && <span class={css['quiet']}> · {hint.text}</span>}
      </p>
      <ul class={css['crops']}>
        {faces.map((face, index) => (
          <li key={`${picture.id} ${face.box.x} ${face.box.y}`} title={`${faceSize(face)} px`}>
            <FaceCrop
              number={index + 1}
              of={`${picture.id} ${index}`}
              load={() => panel.studio.crop(picture.id, face, CROP)}
              warning={fit(face) !== 'fits'}
            />
          </li>
        ))}
      </ul>
      {hint.kind === 'warning' && <Notice kind="warning">{hint.text}</Notice>}
    </div>
  );
}
