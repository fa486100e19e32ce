/** What the host can fail at. */
import { type Entries, entry, NO_FURTHER } from './entry';

type Code =
  | 'storage-full'
  | 'storage-silent'
  | 'storage-unreadable'
  | 'presets-newer'
  | 'shared-unwritten'
  | 'spending-unwritten'
  | 'host-silent';

export const HOST_ERRORS: Entries<Code> = {
  'storage-full': entry(
    false,
    'no',
    'The storage that Figma gives this plugin is full.',
    'Delete presets that you no longer need, then try again. Finished jobs are cleared by themselves after 7 days.',
  ),
  'storage-silent': entry(
    true,
    'no',
    'Figma did not confirm that the job was written down, so nothing was sent.',
    'Try again.',
  ),
  'storage-unreadable': entry(
    true,
    'no',
    'Figma could not read what this plugin has stored on this computer.',
    'Try again. Nothing that is stored is written over meanwhile.',
    NO_FURTHER,
  ),
  'presets-newer': entry(
    false,
    'no',
    'Your presets were saved by a newer version of this plugin, so they are left as they are.',
    'Update the plugin to change them.',
  ),
  'shared-unwritten': entry(
    true,
    'no',
    'Figma did not store the change in this file.',
    'Check that you may edit this file, then try again.',
  ),
  'spending-unwritten': entry(
    false,
    'no',
    'Figma could not store what a result cost, so it is missing in Spending.',
    'The result is safe. Its cost is added at a later opening, once Figma stores it.',
    NO_FURTHER,
  ),
  'host-silent': entry(true, 'no', 'Figma does not answer.', 'Close the plugin and open it again.', NO_FURTHER),
};
