/** What every view is given. */
import type { Studio } from '../../pixels/studio';
import type { Action } from '../store/action';
import type { Deeds } from '../store/session';
import type { Ready } from '../store/state';

export interface Panel {
  readonly state: Ready;
  readonly dispatch: (action: Action) => void;
  readonly deeds: Deeds;
  /** Only for what is shown: bitmaps, crops and previews. */
  readonly studio: Pick<Studio, 'bitmap' | 'crop' | 'preview' | 'wholePreview'>;
}
