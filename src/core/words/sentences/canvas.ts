/** What can be wrong with a layer: the host's own part, which it says itself in toasts. */
import { type Entries, entry, NO_FURTHER } from './entry';

type Code =
  | 'picture-missing'
  | 'layer-gone'
  | 'layer-changed'
  | 'layer-elsewhere'
  | 'layer-in-instance'
  | 'layer-read-only'
  | 'image-refused'
  | 'nothing-to-revert';

export const CANVAS_ERRORS: Entries<Code> = {
  'picture-missing': entry(
    true,
    'no',
    'Figma could not load the picture of this layer.',
    'Wait until it is shown on the canvas, then try again.',
  ),
  'layer-gone': entry(
    false,
    'no',
    'The layer is no longer in the document.',
    'Undo the deletion, or place the result as a new layer.',
    NO_FURTHER,
  ),
  'layer-changed': entry(
    false,
    'no',
    'The picture of this layer was changed in the meantime, so it is not overwritten.',
    'Compare both, or place the result as a new layer.',
    NO_FURTHER,
  ),
  'layer-elsewhere': entry(
    false,
    'no',
    'This result belongs to another file.',
    'Open that file and run the plugin there.',
    NO_FURTHER,
  ),
  'layer-in-instance': entry(
    false,
    'no',
    'A new layer cannot be added inside a component instance.',
    'Apply the result as an overlay instead, or detach the instance.',
    NO_FURTHER,
  ),
  'layer-read-only': entry(
    false,
    'no',
    'This layer cannot be edited.',
    'Ask for edit access to the file, or work on a copy.',
    NO_FURTHER,
  ),
  'image-refused': entry(
    false,
    'no',
    (error) =>
      ({
        'too-large': 'Figma refused the picture: it is too large.',
        'too-small': 'Figma refused the picture: it is too small.',
        type: 'Figma refused the picture: it cannot read its format.',
        other: 'Figma refused the picture.',
      })[error.reason],
    'Try another form of the result, such as Overlay.',
    NO_FURTHER,
  ),
  'nothing-to-revert': entry(
    false,
    'no',
    'This layer carries no result of this plugin.',
    'Select a layer that was restored here.',
  ),
};
