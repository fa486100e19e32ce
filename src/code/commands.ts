/** What each command of the menu, the quick actions and the relaunch buttons does. */
import type { PluginError } from '../core/errors';
import { type NodeId, nodeId } from '../core/ids';
import type { Result } from '../core/result';
import { compareToast, revertToast } from '../core/words/hostWords';
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
  const here = documentId(figma.root).id;
  const { done, errors } = await onSelection((id) => revert(id, here));
  figma.notify(revertToast(done.length, errors), {
    error: done.length === 0 && errors.some(({ code }) => code !== 'nothing-to-revert'),
  });
}

/** Shows the original instead of the result, or the result again, on each selected layer, and says which. */
async function compareSelection(): Promise<void> {
  const { done, errors } = await onSelection(switchOver);
  figma.notify(compareToast(done, errors));
}

interface Done<Value> {
  readonly done: readonly Value[];
  readonly errors: readonly PluginError[];
}

/** Does it to one selected layer after the other. */
async function onSelection<Value>(deed: (id: NodeId) => Promise<Result<Value, PluginError>>): Promise<Done<Value>> {
  const done: Value[] = [];
  const errors: PluginError[] = [];
  for (const { id } of figma.currentPage.selection) {
    const result = await deed(nodeId(id));
    if (result.ok) done.push(result.value);
    else errors.push(result.error);
  }
  return { done, errors };
}
