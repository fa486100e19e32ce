/**
 * Every message between the panel and its host. `Calls`: the panel asks, the host answers with a Result.
 * `HostEvent`: the host announces. A second host (Photoshop, say) implements these and nothing else.
 */
import type { PluginError } from '../core/errors';
import type { FileId, ImageHash, NodeId } from '../core/ids';
import type { RecipeDraft } from '../core/recipe';
import type { Result } from '../core/result';
import type { PlacementForm, Target } from '../core/target';
import type { PictureBytes, SelectedPicture, SelectionReport } from './selection';

export const PROTOCOL_VERSION = 1;

/** What the plugin was started with: a menu or quick-action command, or a relaunch button's. */
export type Command = 'recover' | 'settings' | 'revert';
export const COMMANDS = ['recover', 'settings', 'revert'] as const;

export interface Opening {
  readonly command: Command;
  readonly selection: SelectionReport;
  readonly fileId: FileId;
  /** The name of this document, for jobs that belong to another one. */
  readonly fileName: string;
  /** What was asked for of the saved records. Empty when the storage cannot be read: the panel opens all the same. */
  readonly records: readonly SavedRecord[];
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
  /** `records`: beginnings of the keys of the saved records to bring along. */
  'panel.open': { readonly ask: { readonly records: readonly string[] }; readonly answer: Opening };
  'panel.resize': { readonly ask: { readonly width: number; readonly height: number }; readonly answer: null };
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
  'notice.show': { readonly ask: { readonly text: string; readonly error: boolean }; readonly answer: null };
  'link.open': { readonly ask: { readonly address: string }; readonly answer: null };
}

export type CallName = keyof Calls;
export type Ask<Name extends CallName> = Calls[Name]['ask'];
export type Answer<Name extends CallName> = Result<Calls[Name]['answer'], PluginError>;

export type HostEvent =
  | { readonly type: 'selection'; readonly selection: SelectionReport }
  /** The plugin was started again while the panel was open, or a relaunch button was pressed. */
  | { readonly type: 'command'; readonly command: Command };

/** What actually crosses. Anything without this tag and version is somebody else's and is dropped. */
export type Envelope = { readonly recoverFaces: typeof PROTOCOL_VERSION } & (
  | { readonly kind: 'call'; readonly id: number; readonly name: CallName; readonly ask: unknown }
  | { readonly kind: 'reply'; readonly id: number; readonly answer: Result<unknown, PluginError> }
  | { readonly kind: 'event'; readonly event: HostEvent }
);

export function parseEnvelope(message: unknown): Envelope | null {
  if (typeof message !== 'object' || message === null) return null;
  const { recoverFaces, kind } = message as Record<string, unknown>;
  if (recoverFaces !== PROTOCOL_VERSION) return null;
  if (kind !== 'call' && kind !== 'reply' && kind !== 'event') return null;
  // True by the tag and version: both ends are built from this file in one build.
  return message as Envelope;
}
