/** What can be wrong with the picture to restore. */
import { contentName, formatName, sizeText } from '../names';
import { type Entries, entry } from './entry';

type Code =
  | 'picture-empty'
  | 'picture-damaged'
  | 'picture-unsupported'
  | 'picture-too-large'
  | 'picture-too-small'
  | 'no-face';

export const PICTURE_ERRORS: Entries<Code> = {
  'picture-empty': entry(false, 'no', 'The picture file is empty.', 'Place the picture again.'),
  'picture-damaged': entry(
    false,
    'no',
    (error) => `The ${error.format === null ? 'picture' : formatName(error.format)} file is damaged.`,
    'Place the picture again from its file.',
  ),
  'picture-unsupported': entry(
    false,
    'no',
    (error) => `The fill holds ${contentName(error.content)}, which cannot be restored.`,
    'Use a JPEG or PNG picture.',
  ),
  'picture-too-large': entry(
    false,
    'no',
    (error) => `The picture is ${sizeText(error.size)}; at most ${error.limit} px a side can be restored.`,
    'Use a smaller version of the picture.',
  ),
  'picture-too-small': entry(
    false,
    'no',
    (error) => `The picture is only ${sizeText(error.size)}.`,
    'Use a larger version of the picture.',
  ),
  'no-face': entry(
    false,
    'no',
    'No face was found: there is nothing to restore.',
    'Choose another picture, or send it anyway.',
  ),
};
