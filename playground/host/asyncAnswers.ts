/** What the host answers later: pictures, exports, storage, other pages. A rejection's message is Figma's kind of text. */
import type { CanvasDocument } from '../document/document';
import { imageSize } from '../document/imageFile';
import { instancesOf } from '../document/instances';
import { find, get, pageOf } from '../document/tree';
import { paintLayer } from '../paint/layer';
import type { Pictures } from '../paint/pictures';
import type { AsyncCalls, ExportSettings } from './calls';
import { quotaProblem, type StorageBacking } from './clientStorage';
import type { Faults } from './faults';

export type AsyncAnswers = {
  readonly [Name in keyof AsyncCalls]: (ask: AsyncCalls[Name]['ask']) => Promise<AsyncCalls[Name]['answer']>;
};

export interface AsyncWorld {
  readonly document: CanvasDocument;
  readonly storage: StorageBacking;
  readonly pictures: Pictures;
  readonly faults: Faults;
  readonly loadedPages: Set<string>;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** `wait` takes milliseconds of the host's clock; faults are looked at when a question comes. */
export function asyncAnswers({ document, storage, pictures, faults, loadedPages, wait }: AsyncWorld): AsyncAnswers {
  const storedImage = async (hash: string): Promise<Uint8Array> => {
    await wait(faults.imageDelay);
    const fails = faults.failingImages === 'all' || faults.failingImages.has(hash);
    const bytes = fails ? null : document.images.get(hash);
    if (bytes === null) throw new Error('Could not load the image: it may not have finished loading');
    return bytes;
  };
  const reach = async (): Promise<void> => {
    await wait(faults.storageDelay);
    if (faults.storageBroken) throw new Error('Could not reach the storage');
  };
  const stored = async (): Promise<void> => {
    await wait(faults.storageDelay);
    if (faults.storageSilent) await new Promise<never>(() => undefined);
  };
  return {
    'page.open': async ({ id }) => {
      const page = find(document.tree(), id);
      if (page?.type !== 'PAGE') throw new Error('Expected a PAGE node');
      document.openPage(id);
      return null;
    },
    'page.load': async ({ id }) => {
      const pages = id === null ? get(document.tree(), '0:0').children : [id];
      for (const page of pages) loadedPages.add(page);
      return null;
    },
    'node.find': async ({ id }) => {
      if (find(document.tree(), id) === null) return false;
      const page = pageOf(document.tree(), id);
      if (page !== null) loadedPages.add(page.id);
      return true;
    },
    'style.find': async ({ id }) => document.tree().styles.has(id),
    'style.list': async () => [...document.tree().styles.keys()],
    'node.instances': async ({ component }) => instancesOf(document.tree(), component).map((node) => node.id),
    'image.bytes': async ({ hash }) => (await storedImage(hash)).slice(),
    'image.size': async ({ hash }) => {
      const size = imageSize(await storedImage(hash));
      if (size === null) throw new Error('Could not read the size of the image');
      return size;
    },
    'node.export': async ({ id, settings }) => {
      await wait(faults.exportDelay);
      if (faults.exportFails) throw new Error('Failed to export node');
      return exported(document, pictures, id, settings);
    },
    'storage.get': async ({ key }) => {
      await reach();
      return storage.get(key);
    },
    'storage.set': async ({ key, value }) => {
      if (faults.storageFails || faults.storageBroken) throw new Error('Could not write to the storage');
      const why = quotaProblem(storage, key, value, faults.storageQuota);
      if (why !== null) throw new Error(why);
      storage.set(key, value);
      await stored();
      return null;
    },
    'storage.delete': async ({ key }) => {
      if (faults.storageBroken) throw new Error('Could not reach the storage');
      storage.delete(key);
      await stored();
      return null;
    },
    'storage.keys': async () => {
      await reach();
      return storage.keys();
    },
  };
}

async function exported(document: CanvasDocument, pictures: Pictures, id: string, settings: ExportSettings) {
  const tree = document.tree();
  const layer = await paintLayer(tree, id, settings.constraint, pictures);
  if (layer === null) throw new Error('Failed to export node. This node may not have any visible layers.');
  return pictures.codec.encode(layer, settings.format === 'PNG' ? 'png' : 'jpeg');
}
