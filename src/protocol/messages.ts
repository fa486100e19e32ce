/**
 * Every message between the panel and its host. `Calls`: the panel asks, the host answers with a Result.
 * `HostEvent`: the host announces. A second host (Photoshop, say) implements these and nothing else.
 */
import type { PluginError } from '../core/errors';
import type { FileId, ImageHash, NodeId } from '../core/ids';
import type { Job } from '../core/job';
import type { RecipeDraft } from '../core/recipe';
import type { Result } from '../core/result';
import type { Settings } from '../core/settings';
import type { PlacementForm, Target } from '../core/target';
import type { PictureBytes, SelectionReport } from './selection';

export const PROTOCOL_VERSION = 1;

/** What the plugin was started with: a menu or quick-action command, or a relaunch button's. */
export type Command = 'recover' | 'settings' | 'revert';
export const COMMANDS = ['recover', 'settings', 'revert'] as const;

export interface Opening {
  readonly command: Command;
  readonly settings: Settings;
  readonly selection: SelectionReport;
  readonly fileId: FileId;
  /** The name of this document, for jobs that belong to another one. */
  readonly fileName: string;
  readonly jobs: readonly Job[];
  /** Saved job records that could not be read; they are kept aside, not deleted. */
  readonly unreadableJobs: number;
}

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
  'panel.open': { readonly ask: Record<string, never>; readonly answer: Opening };
  'panel.resize': { readonly ask: { readonly width: number; readonly height: number }; readonly answer: null };
  'panel.close': { readonly ask: Record<string, never>; readonly answer: null };
  'selection.read': { readonly ask: Record<string, never>; readonly answer: SelectionReport };
  /** PNG of the layer as the canvas shows it, `width` pixels wide. */
  'thumbnail.read': { readonly ask: { readonly nodeId: NodeId; readonly width: number }; readonly answer: Uint8Array };
  'picture.read': { readonly ask: { readonly target: Target }; readonly answer: PictureBytes };
  /** Says whether the target is still what it was, without writing. */
  'target.check': { readonly ask: { readonly target: Target }; readonly answer: null };
  /** Writes one result as one undo step. */
  'result.place': { readonly ask: PlaceRequest; readonly answer: Placement };
  /** Removes exactly what we added and restores exactly what was. */
  'result.revert': { readonly ask: { readonly nodeId: NodeId }; readonly answer: null };
  /** Selects the layer and scrolls it into view. */
  'layer.show': { readonly ask: { readonly nodeId: NodeId }; readonly answer: null };
  'settings.save': { readonly ask: { readonly settings: Settings }; readonly answer: null };
  /** Answers only after the record is stored: no answer means no request goes out. */
  'job.save': { readonly ask: { readonly job: Job }; readonly answer: null };
  'job.forget': { readonly ask: { readonly id: Job['id'] }; readonly answer: null };
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
