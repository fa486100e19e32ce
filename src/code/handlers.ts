/** What the host does for each call of the panel. */
import type { PluginError } from '../core/errors';
import { toast } from '../core/hostWords';
import { failed, ok, type Result } from '../core/result';
import { PANEL_HEIGHT, PANEL_WIDTH, type Settings } from '../core/settings';
import type { Command } from '../protocol/messages';
import type { SelectionReport } from '../protocol/selection';
import type { Handlers } from '../protocol/serve';
import { attempt } from './errors';
import type { DocumentId } from './fileId';
import type { Gate } from './gate';
import { readPicture, readThumbnail } from './pictures';
import { place } from './place';
import { checkTarget } from './recheck';
import { revert } from './revert';
import { showLayer } from './show';
import type { Storage } from './storage';

/** All that the handlers work with, handed in. */
export interface Desk {
  readonly storage: Storage;
  readonly document: DocumentId;
  readonly gate: Gate;
  /** What the plugin was started with last. */
  readonly command: () => Command;
  readonly selection: () => Promise<SelectionReport>;
}

export function createHandlers(desk: Desk): Handlers {
  const { storage, document, gate } = desk;
  return {
    'panel.open': async () => {
      const [settings, selection, saved] = await Promise.all([
        storage.loadSettings(),
        desk.selection(),
        storage.loadJobs(),
      ]);
      return ok({
        command: desk.command(),
        settings,
        selection,
        fileId: document.id,
        fileName: figma.root.name,
        jobs: saved.jobs,
        unreadableJobs: saved.unreadable,
      });
    },
    'panel.resize': async ({ width, height }) => {
      const panel = { width: inside(width, PANEL_WIDTH), height: inside(height, PANEL_HEIGHT) };
      return act(() => figma.ui.resize(panel.width, panel.height));
    },
    'panel.close': async () => act(() => figma.closePlugin()),
    'selection.read': async () => ok(await desk.selection()),
    'thumbnail.read': ({ nodeId, width }) => readThumbnail(nodeId, width, gate),
    'picture.read': ({ target }) => readPicture(target, document.id, gate),
    'target.check': ({ target }) => checkTarget(target, document.id),
    'result.place': (request) => {
      document.keep();
      return place(request, document.id);
    },
    'result.revert': ({ nodeId }) => revert(nodeId, document.id),
    'layer.show': ({ nodeId }) => showLayer(nodeId),
    'settings.save': ({ settings }: { settings: Settings }) => storage.saveSettings(settings),
    'job.save': ({ job }) => {
      document.keep();
      return storage.saveJob(job);
    },
    'job.forget': ({ id }) => storage.forgetJob(id),
    'notice.show': async ({ text, error }) => act(() => void figma.notify(toast(text), { error })),
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

function inside(value: number, range: { readonly min: number; readonly max: number; readonly standard: number }) {
  if (!Number.isFinite(value)) return range.standard;
  return Math.round(Math.min(range.max, Math.max(range.min, value)));
}
