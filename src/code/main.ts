/** The plugin's main thread. The only file of this floor that acts on being loaded. */
import { createRunner, parseStart } from './commands';
import { createRecords } from './records';
import { watchParameters } from './suggest';

const run = createRunner();

watchParameters(createRecords(figma.clientStorage));
figma.on('run', (event) => {
  void run(parseStart(event));
});
