/**
 * The built plugin in the playground's host, with the panel's end of the protocol: what these tests call is what the
 * panel calls. Nothing of src/code runs outside the VM here.
 */
import { readFile } from 'node:fs/promises';
import { encode } from 'fast-png';
import { addLayer, type ImageFill, imageFill, type Place } from '../../playground/document/build';
import { createDocument } from '../../playground/document/document';
import { remove, write } from '../../playground/document/edits';
import type { NodeData, Paint, Patch, SceneType } from '../../playground/document/node';
import { get } from '../../playground/document/tree';
import { createHost, type Host } from '../../playground/host/host';
import type { Clock } from '../../playground/host/liveRun';
import { nodeMachine } from '../../playground/host/nodeHost';
import { buildCode } from '../../scripts/build';
import { type ImageHash, imageHash, jobId } from '../../src/core/ids';
import { STANDARD_PARAMETERS } from '../../src/core/parameters';
import type { RecipeDraft } from '../../src/core/recipe';
import type { PlacementForm, Target } from '../../src/core/target';
import { connect, type Host as Panel } from '../../src/protocol/connect';
import type { Answer, HostEvent, PlaceRequest } from '../../src/protocol/messages';
import type { SelectedPicture } from '../../src/protocol/selection';

const code = buildCode();
const machine = nodeMachine();
const manifest = readFile(new URL('../../manifest.json', import.meta.url), 'utf8').then((text): unknown =>
  JSON.parse(text),
);

/** A PNG file of one colour. */
export function png(grey: number, width = 8, height = 6): Uint8Array {
  const data = new Uint8Array(width * height * 4).map((_, index) => (index % 4 === 3 ? 255 : grey));
  return encode({ width, height, data, channels: 4, depth: 8 });
}

export const DRAFT: RecipeDraft = {
  jobId: jobId('job-1'),
  work: { kind: 'faces', parameters: STANDARD_PARAMETERS },
  preset: 'Balanced',
  faces: 2,
  credits: 1,
  service: 'Local engine',
  appliedAt: Date.UTC(2026, 10, 22),
};

export interface Bench {
  readonly host: Host;
  readonly panel: Panel;
  readonly events: HostEvent[];
  /** Stores a picture in the document. */
  store(bytes: Uint8Array): ImageHash;
  /** Adds a layer with one image fill. */
  picture(name: string, fill?: Partial<ImageFill>, type?: SceneType, place?: Place, patch?: Patch): string;
  add(type: SceneType, name: string, place?: Place, patch?: Patch): string;
  node(id: string): NodeData;
  /** The hashes of a layer's visible image fills and the types of its other ones. */
  stack(id: string): readonly (string | null)[];
  /** The hashes of its hidden image fills. */
  hidden(id: string): readonly (string | null)[];
  /** Another person writes a layer. */
  teammate(id: string, patch: Patch): void;
  /** Takes a layer out of the document; `who`: another person unless told. */
  remove(id: string, who?: 'teammate' | 'user'): void;
  /** Selects the layers and reads them. */
  select(...ids: readonly string[]): Promise<readonly SelectedPicture[]>;
  place(
    target: Target,
    form: PlacementForm,
    bytes?: Uint8Array,
    more?: Partial<PlaceRequest>,
  ): Promise<Answer<'result.place'>>;
}

/** The picture that layers of `picture()` carry, and the result that `place()` places. */
export const SOURCE = png(40);
export const RESULT = png(200);

/** A clock that goes on only when it is told to: for the host's waits and the plugin's timers alike. */
export function manualClock(): Clock & { advance(milliseconds: number): Promise<void> } {
  let now = 0;
  let waiting: readonly { readonly act: () => void; readonly at: number }[] = [];
  const turns = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
  };
  return {
    setTimeout(act, milliseconds) {
      const entry = { act, at: now + milliseconds };
      waiting = [...waiting, entry];
      return entry;
    },
    clearTimeout(handle) {
      waiting = waiting.filter((entry) => entry !== handle);
    },
    async advance(milliseconds) {
      await turns();
      now += milliseconds;
      const due = waiting.filter(({ at }) => at <= now);
      waiting = waiting.filter(({ at }) => at > now);
      for (const { act } of due) act();
      await turns();
    },
  };
}

/** `command` null = the plugin is not started yet. */
export async function openBench(command: string | null = 'recover', clock?: Clock): Promise<Bench> {
  const document = createDocument('Portraits');
  const host = createHost({
    machine: await machine,
    plugin: { code: await code, html: '<p></p>', manifest: await manifest },
    document,
    ...(clock === undefined ? {} : { clock }),
  });
  const panel = connect(
    { post: (message) => host.postToPlugin(message), listen: (hear) => host.onPluginMessage(hear) },
    { giveUp: () => new Promise(() => undefined) },
  );
  const events: HostEvent[] = [];
  panel.onEvent((event) => events.push(event));
  const store = (bytes: Uint8Array): ImageHash => imageHash(document.images.add(bytes));
  const fillsOf = (id: string, visible: boolean): readonly (string | null)[] =>
    (bench.node(id).fills as readonly Paint[])
      .filter((each) => (each.visible ?? true) === visible)
      .map((each) => (each.type === 'IMAGE' ? each.imageHash : each.type));
  const bench: Bench = {
    host,
    panel,
    events,
    store,
    picture: (name, fill = {}, type = 'RECTANGLE', place = {}, patch = {}) =>
      addLayer(document, type, name, place, { fills: [imageFill({ imageHash: store(SOURCE), ...fill })], ...patch }),
    add: (type, name, place, patch) => addLayer(document, type, name, place, patch),
    node: (id) => get(document.tree(), id),
    stack: (id) => fillsOf(id, true),
    hidden: (id) => fillsOf(id, false),
    teammate: (id, patch) => document.change('teammate', (tree) => write(tree, id, patch)),
    remove: (id, who = 'teammate') =>
      document.change(who, (tree) => {
        const edit = remove(tree, id);
        if ('refused' in edit) throw new Error(edit.refused);
        return edit.tree;
      }),
    async select(...ids) {
      document.select(ids);
      const read = await panel.call('selection.read', {});
      if (!read.ok) throw new Error(JSON.stringify(read.error));
      return read.value.pictures;
    },
    place: (target, form, bytes = RESULT, more = {}) =>
      panel.call('result.place', {
        target,
        layerName: 'Portrait',
        form,
        bytes,
        scale: 1,
        undo: 'own',
        recipe: DRAFT,
        ...more,
      }),
  };
  if (command !== null) await host.run(command);
  return bench;
}
