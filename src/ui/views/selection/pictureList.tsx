/** Several pictures are selected: which one is in hand. */
import { sameTarget, type Target } from '../../../core/target';
import { sizeText } from '../../../core/words/names';
import { UNUSABLE_REASONS } from '../../../core/words/words';
import type { SelectedPicture } from '../../../protocol/selection';
import { Section } from '../../parts/page';
import { Thumbnail } from '../../parts/thumbnail';
import { LABELS } from '../../words';
import type { Panel } from '../panel';
import css from './pictureList.module.css';

export function PictureList({ panel, chosen }: { readonly panel: Panel; readonly chosen: Target }) {
  const { pictures, unusable } = panel.state.selection;
  return (
    <Section title={LABELS.pictures(pictures.length)}>
      <ul class={css['list']} tabIndex={-1}>
        {pictures.map((picture) => (
          <li key={keyOf(picture)}>
            <label class={css['row']}>
              <input
                type="radio"
                name="picture"
                checked={sameTarget(picture.target, chosen)}
                onChange={() => panel.deeds.choose(picture.target)}
              />
              <Thumbnail bytes={panel.state.thumbnails.get(picture.target.nodeId)} alt="" />
              <span class={css['facts']}>
                <span class={css['name']}>{nameOf(picture, pictures)}</span>
                {picture.size !== null && <span class={css['quiet']}>{sizeText(picture.size)}</span>}
              </span>
            </label>
          </li>
        ))}
      </ul>
      {unusable.slice(0, 3).map((layer) => (
        <p key={layer.nodeId} class={css['quiet']}>
          {layer.layerName}: {UNUSABLE_REASONS[layer.reason]}
        </p>
      ))}
    </Section>
  );
}

const keyOf = ({ target }: SelectedPicture): string => `${target.nodeId} ${target.paintIndex}`;

/** A layer with several image fills is named once for each, with the fill's place from above as Figma lists them. */
function nameOf(picture: SelectedPicture, all: readonly SelectedPicture[]): string {
  const same = all.filter(({ target }) => target.nodeId === picture.target.nodeId);
  if (same.length < 2) return picture.layerName;
  const above = same.filter(({ target }) => target.paintIndex > picture.target.paintIndex).length;
  return `${picture.layerName} · ${LABELS.fill(above + 1)}`;
}
