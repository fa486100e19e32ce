/**
 * Notices when what the panel shows of the selection may have changed. Figma tells of every step of a drag, so what
 * comes close together is told once.
 */

/** Milliseconds. */
const TOGETHER = 60;

/** Calls `act` once for all calls that come within a short while; gives the function to call. */
export function coalesced(act: () => void): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      act();
    }, TOGETHER);
  };
}

/** What of a layer the panel shows or the job depends on. */
const SHOWN: readonly NodeChangeProperty[] = ['fills', 'fillStyleId', 'name', 'locked', 'parent', 'pluginData'];

/** Whether these changes touch one of the selected layers in a way that the panel shows. */
export function concerns(changes: readonly NodeChange[], selected: readonly string[]): boolean {
  return changes.some((change) => {
    if (!selected.includes(change.id)) return false;
    return change.type !== 'PROPERTY_CHANGE' || change.properties.some((property) => SHOWN.includes(property));
  });
}

/** Calls `changed` after the selection, the page or a selected layer has changed. */
export function watchSelection(changed: () => void): void {
  const soon = coalesced(changed);
  const onNodes = (event: NodeChangeEvent): void => {
    const selected = figma.currentPage.selection.map(({ id }) => id);
    if (concerns(event.nodeChanges, selected)) soon();
  };
  let page = figma.currentPage;
  page.on('nodechange', onNodes);
  figma.on('selectionchange', soon);
  figma.on('currentpagechange', () => {
    page.off('nodechange', onNodes);
    page = figma.currentPage;
    page.on('nodechange', onNodes);
    soon();
  });
}
