/** The plugin's main thread. The only file of this floor that acts on being loaded. */
import { createRunner } from './commands';

const run = createRunner();

figma.on('run', (event) => {
  void run({ command: 'command' in event ? event.command : '' });
});
