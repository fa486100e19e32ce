/** What the host does for each call of the panel. */
import type { PluginError } from '../core/errors';
import { panelSize } from '../core/panelSize';
import { failed, ok, type Result } from '../core/result';
import type { Start } from '../protocol/messages';
import type { SelectionReport } from '../protocol/selection';
import type { Handlers } from '../protocol/serve';
import { collectPictures } from './collect';
import type { Comparing } from './compare';
import { attempt } from './errors';
import type { DocumentId } from './fileId';
import type { Gate } from './gate';
import type { Notices } from './notices';
import { readPicture, readThumbnail } from './pictures';
import { place } from './place';
import type { Records } from './records';
import { findResults } from './results';
import { revert } from './revert';
import { forgetShared, readShared, saveShared, user } from './shared';
import { showLayer } from './show';
import type { Sizes } from './sizes';
import { look } from './standing';

/** All that the handlers work with, handed in. */
export interface Desk {
  readonly records: Records;
  readonly document: DocumentId;
  readonly gate: Gate;
  readonly sizes: Sizes;
  readonly comparing: Comparing;
  readonly notices: Notices;
  /** What the plugin was started with last. */
  readonly start: () => Start;
  readonly selection: () => Promise<SelectionReport>;
}

/** One table for the plugin's whole life: what changes meanwhile, `start` and `selection`, is asked anew each time. */
export function createHandlers(desk: Desk): Handlers {
  const { records, document, gate, sizes, comparing, notices } = desk;
  return {
    'panel.open': async (ask) => {
      const [selection, saved] = await Promise.all([desk.selection(), records.read(ask.records)]);
      // Taken for empty, what is stored would be written over by the next change of the settings.
      if (!saved.ok) return saved;
      return ok({
        ...desk.start(),
        selection,
        fileId: document.id,
        fileName: figma.root.name,
        window: user()?.sessionId.toString() ?? null,
        records: saved.value,
        shared: readShared(figma.root, ask.shared),
      });
    },
    'panel.resize': async (wish) => {
      const { width, height } = panelSize(wish);
      return act(() => figma.ui.resize(width, height));
    },
    'panel.show': async () =>
      act(() => {
        notices.clear();
        figma.ui.show();
      }),
    'panel.close': async () => act(() => figma.closePlugin()),
    'selection.read': async () => ok(await desk.selection()),
    'thumbnail.read': ({ nodeId, width }) => readThumbnail(nodeId, width, gate),
    'picture.read': ({ target, anyway }) => readPicture(target, anyway, document.id, gate),
    'pictures.collect': ({ scope }) => collectPictures(scope, document.id, sizes.of),
    'target.look': ({ target }) => look(target, document.id, sizes.of),
    'undo.split': async () => act(() => figma.commitUndo()),
    'result.place': (request) => {
      comparing.end();
      document.keep();
      return place(request, document.id);
    },
    'result.revert': ({ nodeId, undo }) => {
      comparing.end();
      return revert(nodeId, document.id, undo);
    },
    'result.compare': ({ nodeId, original }) => comparing.hold(nodeId, original),
    'results.find': ({ scope }) => findResults(scope, document.id, sizes.of),
    'layer.show': ({ nodeId }) => showLayer(nodeId),
    'file.keep': async () => act(() => document.keep()),
    'record.read': ({ prefix }) => records.read([prefix]),
    'record.save': (record) => records.save(record),
    'record.forget': ({ key }) => records.forget(key),
    'shared.read': async ({ prefix }) => ok(readShared(figma.root, [prefix])),
    'shared.save': (record) => saveShared(figma.root, record, user()?.name ?? null, Date.now()),
    'shared.forget': ({ key }) => forgetShared(figma.root, key),
    'notice.progress': async ({ text, button }) => act(() => notices.progress(text, button)),
    'notice.show': async ({ text, error }) => act(() => notices.show(text, error)),
    'link.open': async ({ address }) => {
      if (!/^https?:\/\//i.test(address))
        return failed({ code: 'unexpected', detail: `Not a web address: ${address}` });
      return act(() => figma.openExternal(address));
    },
  };
}

/** One thing done in the host that has no answer. */
function act(does: () => void): Result<null, PluginError> {
  return attempt(() => {
    does();
    return ok(null);
  });
}
