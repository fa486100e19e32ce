/**
 * Every message between the panel and its host. `Calls`: the panel asks, the host answers with a Result.
 * `HostEvent`: the host announces. A second host (Photoshop, say) implements these and nothing else.
 */
import type { PluginError } from '../core/errors';
import type { FileId, ImageHash, NodeId } from '../core/ids';
import type { RecipeDraft } from '../core/recipe';
import type { Result } from '../core/result';
import type { PlacementForm, Target } from '../core/target';
import type { PictureBytes, ResultsReport, SelectedPicture, SelectionReport } from './selection';

export const PROTOCOL_VERSION = 1;

/** What the plugin was started with: a menu or quick-action command, or a relaunch button's. */
export type Command =
  | 'recover'
  | 'preset'
  /** Without a panel, with the last settings: the panel is opened unseen, and shown when there is something to decide. */
  | 'now'
  | 'presets'
  | 'history'
  | 'settings'
  /** On a layer that carries a result. */
  | 'adjust'
  | 'compare'
  | 'revert';
export const COMMANDS = [
  'recover',
  'preset',
  'now',
  'presets',
  'history',
  'settings',
  'adjust',
  'compare',
  'revert',
] as const;

export interface Start {
  readonly command: Command;
  /** The id or the name of the preset that it was started with, as the user gave it; null where none was given. */
  readonly preset: string | null;
}

export interface Opening extends Start {
  readonly selection: SelectionReport;
  readonly fileId: FileId;
  /** The name of this document, for jobs that belong to another one. */
  readonly fileName: string;
  /**
   * Which of the windows on this document it is: the same whenever the panel is opened in it, and one at most is open
   * at a time. Null where the host does not tell.
   */
  readonly window: string | null;
  /** What was asked for of the saved records. */
  readonly records: readonly SavedRecord[];
  /** What the document carries for everybody under the beginnings that were asked for. */
  readonly shared: readonly SharedRecord[];
}

/**
 * One entry of the host's private storage on this machine, shared by all documents and windows of this user. The host
 * keeps what it is given and understands nothing of it: what a value means, and whether it can be read, is core's.
 */
export interface SavedRecord {
  readonly key: string;
  /** JSON data. */
  readonly value: unknown;
}

/**
 * One entry that the document itself carries for everybody who opens it: at most 100 kB, and undone like any other
 * change of the document. The host understands nothing of the value; who wrote it and when is the host's to say.
 */
export interface SharedRecord extends SavedRecord {
  /** The writer's name; null where the host does not tell it. */
  readonly by: string | null;
  /** Unix milliseconds of the writer's clock. */
  readonly at: number;
}

/** What has become of the place that a result was made for. */
export interface Standing {
  /** 'same': as it was. 'changed': the layer is there and shows something else. 'gone': the layer is not there. */
  readonly state: 'same' | 'changed' | 'gone';
  /** What the layer shows now at that place; null when it is gone or shows no picture there. */
  readonly now: SelectedPicture | null;
}

/** 'own': one undo step of its own. 'joined': part of the step that `undo.split` has begun. */
export type UndoStep = 'own' | 'joined';

export interface PlaceRequest {
  readonly target: Target;
  /** The layer's name when its picture was read: a layer that is gone meanwhile cannot tell it any more. */
  readonly layerName: string;
  /** 'layer' also serves a target that is gone or changed: nothing is overwritten by it. */
  readonly form: PlacementForm;
  /** PNG or JPEG, at most 4096 px a side. For an overlay: transparent outside the faces. */
  readonly bytes: Uint8Array;
  /** Pixels of the result over pixels of the source, one number for both sides: TILE fills need it. */
  readonly scale: number;
  readonly undo: UndoStep;
  readonly recipe: RecipeDraft;
}

export interface Placement {
  /** The layer that carries the result: the source layer, or the new one. */
  readonly nodeId: NodeId;
  readonly form: PlacementForm;
  readonly resultHash: ImageHash;
  /** Things the user should know that were not errors. */
  readonly notes: readonly PlacementNote[];
}

export type PlacementNote =
  | 'style-detached'
  | 'reaches-instances'
  | 'overlay-replaced'
  | 'tile-adjusted'
  /** An overlay above a translucent or blended fill: the original shines through the restored faces. */
  | 'fill-blended'
  | 'source-hidden'
  /** A new layer above a translucent or blended one: both show, one through the other. */
  | 'both-translucent'
  /** A new layer whose source is gone or changed: it lies in the middle of the view. */
  | 'placed-freely';

/** The panel asks; each answer is a `Result<..., PluginError>`. */
export interface Calls {
  /**
   * Beginnings of the keys to bring along: `records` of this machine, `shared` of the document. Error:
   * storage-unreadable; nothing may be taken for missing then, so the panel asks again before it does anything.
   */
  'panel.open': {
    readonly ask: { readonly records: readonly string[]; readonly shared: readonly string[] };
    readonly answer: Opening;
  };
  'panel.resize': { readonly ask: { readonly width: number; readonly height: number }; readonly answer: null };
  /** Makes a panel visible that was opened unseen. */
  'panel.show': { readonly ask: Record<string, never>; readonly answer: null };
  'panel.close': { readonly ask: Record<string, never>; readonly answer: null };
  'selection.read': { readonly ask: Record<string, never>; readonly answer: SelectionReport };
  /** PNG of the layer as the canvas shows it, `width` pixels wide. */
  'thumbnail.read': { readonly ask: { readonly nodeId: NodeId; readonly width: number }; readonly answer: Uint8Array };
  /** `anyway`: also when the layer is gone or changed, as long as the document still holds the picture itself. */
  'picture.read': {
    readonly ask: { readonly target: Target; readonly anyway: boolean };
    readonly answer: PictureBytes;
  };
  /**
   * Every picture inside the selection, or on the whole open page: groups, frames, sections, components and instances
   * are searched too. In reading order: rows from the top, each from the left. Hidden layers come along (`visible`), but
   * for those inside instances. `unusable`: layers of the selection in and on which nothing was found.
   */
  'pictures.collect': { readonly ask: { readonly scope: 'selection' | 'page' }; readonly answer: SelectionReport };
  /** Says what has become of a target, without writing. Error: layer-elsewhere. */
  'target.look': { readonly ask: { readonly target: Target }; readonly answer: Standing };
  /** Ends the undo step that is open, so that what is written from here on is a step of its own. */
  'undo.split': { readonly ask: Record<string, never>; readonly answer: null };
  /** Writes one result, checked against its target, or nothing at all. */
  'result.place': { readonly ask: PlaceRequest; readonly answer: Placement };
  /** Removes exactly what we added and restores exactly what was. */
  'result.revert': { readonly ask: { readonly nodeId: NodeId; readonly undo: UndoStep }; readonly answer: null };
  /**
   * Shows the original on the canvas for as long as it is held; `original` false puts everything back exactly as it was,
   * and so does whatever is written next, and the end of the plugin. Error: nothing-to-revert.
   */
  'result.compare': { readonly ask: { readonly nodeId: NodeId; readonly original: boolean }; readonly answer: null };
  /** Every layer that carries a result of ours, copies included. 'file': all pages, which takes a while. */
  'results.find': { readonly ask: { readonly scope: 'page' | 'file' }; readonly answer: ResultsReport };
  /** Selects the layer and scrolls it into view. */
  'layer.show': { readonly ask: { readonly nodeId: NodeId }; readonly answer: null };
  /** Gives the document its lasting id: once before the first job of it is saved. */
  'file.keep': { readonly ask: Record<string, never>; readonly answer: null };
  /** The records whose keys begin with `prefix`, read anew: another window may have written them. Error: storage-unreadable. */
  'record.read': { readonly ask: { readonly prefix: string }; readonly answer: readonly SavedRecord[] };
  /** Answers only after the record is stored: no answer means no request goes out. Error: storage-full. */
  'record.save': { readonly ask: SavedRecord; readonly answer: null };
  /** Error: storage-unreadable. */
  'record.forget': { readonly ask: { readonly key: string }; readonly answer: null };
  /** What the document carries under keys that begin so, read anew: others may have changed it. */
  'shared.read': { readonly ask: { readonly prefix: string }; readonly answer: readonly SharedRecord[] };
  /** One undo step of its own. Answers the entry as it was written. Error: shared-unwritten. */
  'shared.save': { readonly ask: SavedRecord; readonly answer: SharedRecord };
  /** One undo step of its own. Error: shared-unwritten. */
  'shared.forget': { readonly ask: { readonly key: string }; readonly answer: null };
  /**
   * A toast that stays and takes the place of the one before, until the next toast. `button`: its words; a press is
   * announced.
   */
  'notice.progress': { readonly ask: { readonly text: string; readonly button: string }; readonly answer: null };
  'notice.show': { readonly ask: { readonly text: string; readonly error: boolean }; readonly answer: null };
  'link.open': { readonly ask: { readonly address: string }; readonly answer: null };
}

export type CallName = keyof Calls;
export type Ask<Name extends CallName> = Calls[Name]['ask'];
export type Answer<Name extends CallName> = Result<Calls[Name]['answer'], PluginError>;

export type HostEvent =
  | { readonly type: 'selection'; readonly selection: SelectionReport }
  /** The plugin was started again while the panel was open, or a relaunch button was pressed. */
  | ({ readonly type: 'command' } & Start)
  /** The button of the toast that tells of progress was pressed. */
  | { readonly type: 'notice-pressed' };

/** What actually crosses. Anything without this tag and version is somebody else's and is dropped. */
export type Envelope = { readonly recoverFaces: typeof PROTOCOL_VERSION } & (
  | { readonly kind: 'call'; readonly id: number; readonly name: CallName; readonly ask: unknown }
  | { readonly kind: 'reply'; readonly id: number; readonly answer: Result<unknown, PluginError> }
  | { readonly kind: 'event'; readonly event: HostEvent }
);

/**
 * Null for anything that is not ours: other plugins, the browser's extensions and other versions use the same
 * channel.
 */
export function parseEnvelope(message: unknown): Envelope | null {
  if (typeof message !== 'object' || message === null) return null;
  const { recoverFaces, kind } = message as Record<string, unknown>;
  if (recoverFaces !== PROTOCOL_VERSION) return null;
  if (kind !== 'call' && kind !== 'reply' && kind !== 'event') return null;
  // True by the tag and version: both ends are built from this file in one build.
  return message as Envelope;
}
