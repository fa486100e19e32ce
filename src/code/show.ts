/** Brings a layer in front of the user: its page, selected, in view. */
import type { PluginError } from '../core/errors';
import type { NodeId } from '../core/ids';
import { failed, ok, type Result } from '../core/result';
import { attemptAsync } from './errors';
import { ancestor } from './layers';

/** Turns to another page where the layer lies there. Error: layer-gone, also for a page or the document itself. */
export async function showLayer(id: NodeId): Promise<Result<null, PluginError>> {
  return attemptAsync(async () => {
    const node = await figma.getNodeByIdAsync(id);
    if (node === null || node.removed || node.type === 'DOCUMENT' || node.type === 'PAGE') {
      return failed({ code: 'layer-gone' });
    }
    const page = ancestor(node, 'PAGE') as PageNode | null;
    if (page === null) return failed({ code: 'layer-gone' });
    if (page.id !== figma.currentPage.id) await figma.setCurrentPageAsync(page);
    page.selection = [node];
    figma.viewport.scrollAndZoomIntoView([node]);
    return ok(null);
  });
}
