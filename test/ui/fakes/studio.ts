/** A studio without pixels: a picture is the text of its bytes, and what is found in it is handed in. */
import type { PluginError } from '../../../src/core/errors';
import { failed, ok, type Result } from '../../../src/core/result';
import type { Face } from '../../../src/pixels/face';
import type { FaceChoice, OpenPicture, OpenResult, Studio, WholeChoice } from '../../../src/pixels/studio';
import { FACES, openPicture, openResult } from './data';

export interface FakeStudio extends Studio {
  /** Ids of the pictures that are open. */
  readonly open_: ReadonlySet<number>;
  /** What each preview was asked to show. */
  readonly previews: readonly (readonly FaceChoice[])[];
  readonly encoded: readonly { readonly what: 'overlay' | 'baked'; readonly choices: readonly FaceChoice[] }[];
  /** What each whole preview was asked to show. */
  readonly wholes: readonly WholeChoice[];
  readonly encodedWholes: readonly WholeChoice[];
  /** By the text of the bytes. */
  facesOf(text: string, faces: readonly Face[]): void;
  unreadable(text: string, error: PluginError): void;
  openAs(text: string, change: Partial<OpenPicture>): void;
  resultIs(result: Result<Partial<OpenResult>, PluginError>): void;
}

export const bitmap = (width = 10, height = 10): ImageBitmap => ({ width, height, close: () => undefined });

export function fakeStudio(): FakeStudio {
  const open = new Map<number, string>();
  const ids = new Set<number>();
  const faces = new Map<string, readonly Face[]>();
  const broken = new Map<string, PluginError>();
  const changes = new Map<string, Partial<OpenPicture>>();
  const previews: (readonly FaceChoice[])[] = [];
  const encoded: { readonly what: 'overlay' | 'baked'; readonly choices: readonly FaceChoice[] }[] = [];
  const wholes: WholeChoice[] = [];
  const encodedWholes: WholeChoice[] = [];
  let result: Result<Partial<OpenResult>, PluginError> = ok({});
  const results = new Map<number, number>();
  let last = 0;
  return {
    open_: ids,
    previews,
    encoded,
    wholes,
    encodedWholes,
    facesOf: (text, found) => void faces.set(text, found),
    unreadable: (text, error) => void broken.set(text, error),
    openAs: (text, change) => void changes.set(text, change),
    resultIs(next) {
      result = next;
    },
    async open(bytes) {
      const text = new TextDecoder().decode(bytes);
      const error = broken.get(text);
      if (error !== undefined) return failed(error);
      const id = ++last;
      open.set(id, text);
      ids.add(id);
      const upload = { bytes, format: 'jpeg', converted: false } as const;
      return ok(openPicture(id, { upload, ...changes.get(text) }));
    },
    async faces(id, signal) {
      signal.throwIfAborted();
      return faces.get(open.get(id) ?? '') ?? FACES;
    },
    bitmap: async () => bitmap(),
    crop: async () => bitmap(),
    async addResult(pictureId) {
      if (!ids.has(pictureId)) throw new Error(`No open picture ${pictureId}`);
      const before = results.get(pictureId) ?? 0;
      if (!result.ok) return result;
      results.set(pictureId, before + 1);
      return ok(openResult(pictureId, { id: pictureId * 100 + before, ...result.value }));
    },
    async preview(_, choices) {
      previews.push(choices);
      return bitmap();
    },
    async encode(_, what, choices) {
      encoded.push({ what, choices });
      return ok({ bytes: new Uint8Array([7]), format: 'png', size: { width: 1200, height: 800 }, scale: 1 });
    },
    async wholePreview(_, choice) {
      wholes.push(choice);
      return bitmap();
    },
    async encodeWhole(_, choice) {
      encodedWholes.push(choice);
      return ok({ bytes: new Uint8Array([8]), format: 'png', size: { width: 2400, height: 1600 }, scale: 2 });
    },
    close(id) {
      open.delete(id);
      ids.delete(id);
    },
  };
}
