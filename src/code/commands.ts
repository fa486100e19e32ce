/** What each command of the menu, the quick actions and the relaunch buttons does. */
import type { PluginError } from '../core/errors';
import { revertToast } from '../core/hostWords';
import { nodeId } from '../core/ids';
import { COMMANDS, type Command } from '../protocol/messages';
import { documentId } from './fileId';
import { openPanel, type Panel } from './panel';
import { revert } from './revert';

/** A command of the manifest; anything else, and plain "run", opens the panel. */
export function parseCommand(text: unknown): Command {
  return COMMANDS.find((known) => known === text) ?? 'recover';
}

/** The function that answers Figma's `run` event, which may come again while the panel is open. */
export function createRunner(): (event: { readonly command: string }) => Promise<void> {
  let panel: Promise<Panel> | null = null;
  return async ({ command: text }) => {
    const command = parseCommand(text);
    if (panel !== null) (await panel).startedWith(command);
    else if (command === 'revert') await revertSelection();
    else panel = openPanel(command);
    await panel;
  };
}

/** Without a panel: puts the originals back on the selected layers, says so, and ends the plugin. */
async function revertSelection(): Promise<void> {
  const errors: PluginError[] = [];
  const here = documentId(figma.root).id;
  let reverted = 0;
  for (const { id } of figma.currentPage.selection) {
    const done = await revert(nodeId(id), here);
    if (done.ok) reverted += 1;
    else errors.push(done.error);
  }
  const text = revertToast(reverted, errors);
  if (reverted === 0) figma.notify(text, { error: errors.some(({ code }) => code !== 'nothing-to-revert') });
  else figma.notify(text);
  figma.closePlugin();
}
