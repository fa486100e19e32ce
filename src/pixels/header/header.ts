/** What a file says of itself before anything is decoded: enough to refuse it, to turn it, or to send it on as it is. */
import type { Size } from '../../core/money/price';
import type { PictureFormat } from '../../core/picture/format';
import type { Result } from '../../core/result';
import type { Orientation } from './orientation';

export interface Header {
  /** As stored, before turning; null when the format's header is not read here (AVIF). */
  readonly size: Size | null;
  readonly animated: boolean;
  readonly orientation: Orientation;
  /** True for the four inks of print (JPEG only). */
  readonly cmyk: boolean;
  /** True when some pixel may be transparent. */
  readonly alpha: boolean;
  /** True when the file carries a colour profile of its own. */
  readonly profile: boolean;
}

/** 'damaged': cut short, or contradicting itself. */
export type HeaderResult = Result<Header, 'damaged'>;

/** Formats whose header is read here; the others are unsupported or left to the browser. */
export type ReadableFormat = Exclude<PictureFormat, 'tiff' | 'heic'>;
