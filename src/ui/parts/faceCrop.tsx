/** One face, round, with its number. */
import { Bitmap } from './bitmap';
import css from './faceCrop.module.css';
import { names } from './names';

export interface FaceCropProps {
  /** Or a letter. */
  readonly number: number | string;
  /** Says which crop it is: it is drawn anew when this changes. */
  readonly of: string;
  readonly load: () => Promise<ImageBitmap>;
  readonly off?: boolean;
  /** Told by a sign beside the number, not by its colour alone. */
  readonly warning?: boolean;
}

export function FaceCrop({ number, of, load, off, warning }: FaceCropProps) {
  return (
    <span class={names(css['crop'], off && css['off'])}>
      <Bitmap of={of} load={load} alt="" class={css['picture']} />
      <span class={names(css['number'], warning && css['warning'])} aria-hidden="true">
        {number}
        {warning && '!'}
      </span>
    </span>
  );
}
