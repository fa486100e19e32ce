/** Opens the panel and serves it until the plugin is closed. */
import { PANEL_TITLE } from '../core/hostWords';
import { SETTINGS_KEY } from '../core/records';
import { parseSettings } from '../core/settings';
import type { Command } from '../protocol/messages';
import type { SelectionReport } from '../protocol/selection';
import { serve } from '../protocol/serve';
import { documentId } from './fileId';
import { createGate, PICTURES_AT_ONCE } from './gate';
import { createHandlers } from './handlers';
import { panelPort } from './port';
import { createRecords, type Records } from './records';
import { readSelection } from './selection';
import { createSizes, SIZES_AT_ONCE } from './sizes';
import { coalesced, watchSelection } from './watch';

export interface Panel {
  /** The plugin was started again while its panel is open. */
  startedWith(command: Command): void;
}

export async function openPanel(first: Command): Promise<Panel> {
  const records = createRecords(figma.clientStorage);
  const gate = createGate(PICTURES_AT_ONCE);
  const document = documentId(figma.root);
  let command = first;
  let reports = 0;

  const sizes = createSizes(createGate(SIZES_AT_ONCE));
  const late = coalesced(() => announce());
  const selection = (): Promise<SelectionReport> =>
    readSelection(figma.currentPage.selection, document.id, (hash) => sizes.of(hash, late));
  const { panel } = parseSettings(await savedSettings(records));
  figma.showUI(__html__, { width: panel.width, height: panel.height, themeColors: true, title: PANEL_TITLE });
  const served = serve(
    panelPort(figma.ui),
    createHandlers({ records, document, gate, sizes, command: () => command, selection }),
  );
  const announce = (): void => {
    reports += 1;
    const mine = reports;
    void selection().then((report) => {
      // A slower reading of an older selection must not overtake a newer one.
      if (mine === reports) served.announce({ type: 'selection', selection: report });
    });
  };
  watchSelection(announce);
  return {
    startedWith(next) {
      command = next;
      served.announce({ type: 'command', command: next });
    },
  };
}

/** Undefined when there are none, or when the storage cannot be read: the panel opens all the same. */
async function savedSettings(records: Records): Promise<unknown> {
  const read = await records.read([SETTINGS_KEY]);
  return read.ok ? read.value.find(({ key }) => key === SETTINGS_KEY)?.value : undefined;
}
