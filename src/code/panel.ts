/** Opens the panel and serves it until the plugin is closed. */
import { savedPanelSize } from '../core/panelSize';
import { SETTINGS_KEY } from '../core/records';
import { PANEL_TITLE } from '../core/words/hostWords';
import type { Start } from '../protocol/messages';
import type { SelectionReport } from '../protocol/selection';
import { serve } from '../protocol/serve';
import { createComparing } from './compare';
import { documentId } from './fileId';
import { createGate, PICTURES_AT_ONCE } from './gate';
import { createHandlers } from './handlers';
import { createNotices } from './notices';
import { panelPort } from './port';
import { createRecords, type Records } from './records';
import { readSelection } from './selection';
import { createSizes, SIZES_AT_ONCE } from './sizes';
import { coalesced, watchSelection } from './watch';

export interface Panel {
  /** The plugin was started again while its panel is open. */
  startedWith(start: Start): void;
}

/**
 * Called once in the plugin's life; resolves when the panel is open and served, not when it is closed. Settings
 * that cannot be read give the standard size.
 */
export async function openPanel(first: Start): Promise<Panel> {
  const records = createRecords(figma.clientStorage);
  const gate = createGate(PICTURES_AT_ONCE);
  const document = documentId(figma.root);
  let start = first;
  let reports = 0;

  const sizes = createSizes(createGate(SIZES_AT_ONCE));
  const late = coalesced(() => announce());
  const selection = (): Promise<SelectionReport> =>
    readSelection(figma.currentPage.selection, document.id, (hash) => sizes.of(hash, late));
  const { width, height } = savedPanelSize(await savedSettings(records));
  // The panel does the work of a command without a panel too: only it can reach the service.
  const visible = first.command !== 'now';
  figma.showUI(__html__, { visible, width, height, themeColors: true, title: PANEL_TITLE });
  const comparing = createComparing();
  const notices = createNotices(() => served.announce({ type: 'notice-pressed' }));
  figma.on('close', () => {
    comparing.end();
    notices.clear();
  });
  const served = serve(
    panelPort(figma.ui),
    createHandlers({ records, document, gate, sizes, comparing, notices, start: () => start, selection }),
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
      start = next;
      served.announce({ type: 'command', ...next });
    },
  };
}

/** Undefined when there are none, or when the storage cannot be read: the panel opens all the same. */
async function savedSettings(records: Records): Promise<unknown> {
  const read = await records.read([SETTINGS_KEY]);
  return read.ok ? read.value.find(({ key }) => key === SETTINGS_KEY)?.value : undefined;
}
