/** What each command of the menu, the quick actions and the relaunch buttons does. */
import type { PluginError } from '../core/errors';
import { compareToast, revertToast } from '../core/hostWords';
import { nodeId } from '../core/ids';
import { COMMANDS, type Command, type Start } from '../protocol/messages';
import { switchOver } from './compare';
import { documentId } from './fileId';
import { openPanel, type Panel } from './panel';
import { revert } from './revert';
import { PRESET_PARAMETER } from './suggest';

/** A command of the manifest; anything else, and plain "run", opens the panel. */
export function parseCommand(text: unknown): Command {
  return COMMANDS.find((known) => known === text) ?? 'recover';
}

/** From Figma's `run` event: `command` is empty for plain "run", `parameters` are there after quick actions only. */
export function parseStart(event: { readonly command?: unknown; readonly parameters?: unknown }): Start {
  const parameters = event.parameters as Readonly<Record<string, unknown>> | undefined;
  const preset = parameters?.[PRESET_PARAMETER];
  return { command: parseCommand(event.command), preset: typeof preset === 'string' ? preset : null };
}

/** The function that answers Figma's `run` event, which may come again while the panel is open. */
export function createRunner(): (start: Start) => Promise<void> {
  let panel: Promise<Panel> | null = null;
  return async (start) => {
    if (start.command === 'compare') await compareSelection();
    else if (panel !== null) (await panel).startedWith(start);
    else if (start.command === 'revert') await revertSelection();
    else panel = openPanel(start);
    if (panel === null) figma.closePlugin();
    else await panel;
  };
}

/** Without a panel: puts the originals back on the selected layers, and says so. */
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
}

/** Shows the original instead of the result, or the result again, on each selected layer, and says which. */
async function compareSelection(): Promise<void> {
  const shown: boolean[] = [];
  const errors: PluginError[] = [];
  for (const { id } of figma.currentPage.selection) {
    const done = await switchOver(nodeId(id));
    if (done.ok) shown.push(done.value);
    else errors.push(done.error);
  }
  figma.notify(compareToast(shown, errors));
}
