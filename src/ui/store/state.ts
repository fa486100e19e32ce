/** Everything the panel shows, as one value. It is replaced, never changed; `update.ts` is the only place that makes a new one. */
import type { Balance } from '../../api/parse';
import type { BatchRecord } from '../../core/batch';
import type { PluginError } from '../../core/errors';
import type { BatchId, ContentHash, FileId, ImageHash, JobId, NodeId } from '../../core/ids';
import type { Job } from '../../core/job/job';
import type { ServiceKind, Settings } from '../../core/settings';
import type { Target } from '../../core/target';
import type { Face } from '../../pixels/face';
import type { OpenPicture } from '../../pixels/studio';
import type { SelectionReport } from '../../protocol/selection';
import type { Batch } from './batch/batch';
import type { Draft } from './draft';
import type { EnhanceState } from './enhance/enhance';
import type { FaceDeed, FaceEdits } from './faces/edits';
import type { HistoryState } from './history/history';
import type { LedgerReading } from './ledger/pages';
import type { Presets } from './presets/presets';
import type { Run } from './runs/run';

export type State =
  /** Nothing has come from the host yet. */
  | { readonly phase: 'opening' }
  /** The host did not answer: nothing can be done without it. */
  | { readonly phase: 'broken'; readonly error: PluginError }
  | Ready;

export interface Ready {
  readonly phase: 'ready';
  readonly settings: Settings;
  readonly fileId: FileId;
  readonly fileName: string;
  /** The host's window on the document, where that is known. */
  readonly window: string | null;
  readonly account: Account;
  readonly trial: Trial;
  readonly selection: SelectionReport;
  /** PNG of a layer as the canvas shows it. */
  readonly thumbnails: ReadonlyMap<NodeId, Uint8Array>;
  /** The one picture that is being looked at; null when nothing usable is selected. */
  readonly subject: Subject | null;
  /** What the user made of the faces, by picture. A picture is in it from the moment its faces are looked at closely. */
  readonly faceEdits: ReadonlyMap<ImageHash, FaceEdits>;
  /** Open while the faces of the picture in hand are being corrected. */
  readonly faceEditor: FaceEditor | null;
  readonly draft: Draft;
  readonly enhance: EnhanceState;
  readonly presets: Presets;
  /** Newest last. Each goes on whatever is selected or shown meanwhile. */
  readonly runs: readonly Run[];
  /** The run that fills the panel, or null while the selection does. */
  readonly front: Run['id'] | null;
  /** Where the run in front was opened: leaving it leads back there. */
  readonly cameFrom: 'work' | 'history';
  /** Several pictures that are looked through or restored together; it goes on whatever is selected meanwhile. */
  readonly batch: Batch | null;
  readonly page: Page;
  /** What was spent, as far as it has been read. */
  readonly ledger: LedgerState;
  /** The results on the layers of this document, as far as they have been looked for. */
  readonly history: HistoryState;
  /** An error of a deed that has no view of its own, such as saving the settings. */
  readonly trouble: PluginError | null;
  readonly lease: LeaseState;
  /** All saved job records of this user, of every document and service, as they were last stored. */
  readonly jobs: ReadonlyMap<JobId, Job>;
  /** Unix milliseconds of the last reading of them; null before the first. */
  readonly readAt: number | null;
  /** All saved batch records of this user, of every document. */
  readonly batches: ReadonlyMap<BatchId, BatchRecord>;
  /** Saved records that could not be read at the opening. */
  readonly unreadable: number;
  /** Saved records that a newer version of the plugin has written. */
  readonly newer: number;
}

export type Page = 'work' | 'presets' | 'history' | 'settings' | 'spending';

export type LedgerState =
  | { readonly state: 'unread' }
  | ({ readonly state: 'known' } & LedgerReading)
  | { readonly state: 'failed'; readonly error: PluginError };

/**
 * Which window sends and goes on with the jobs of this document: 'asking' while it is not known, 'held': this one,
 * 'elsewhere': another one, which has been heard of lately. 'vacant': the one before has missed a heartbeat and is most
 * likely gone, such as this panel's own last opening: what costs nothing is gone on with, the rest waits until it is sure.
 */
export type LeaseState = 'asking' | 'vacant' | 'held' | 'elsewhere';

/** What is known of the service's credits. */
export type Account =
  | { readonly state: 'unknown' }
  | { readonly state: 'asking' }
  | { readonly state: 'known'; readonly balance: Balance }
  | { readonly state: 'failed'; readonly error: PluginError };

/** A service that the user is setting up: tested by its balance before it is kept. */
export type Trial =
  | { readonly state: 'none' }
  | { readonly state: 'testing'; readonly service: ServiceKind }
  | { readonly state: 'passed'; readonly service: ServiceKind; readonly balance: Balance }
  | { readonly state: 'failed'; readonly service: ServiceKind; readonly error: PluginError };

/** The picture in hand, and how far it has been read. */
export type Subject =
  | { readonly state: 'reading'; readonly target: Target }
  | { readonly state: 'searching'; readonly target: Target; readonly picture: OpenPicture }
  | KnownSubject
  | { readonly state: 'unusable'; readonly target: Target; readonly error: PluginError };

export interface KnownSubject {
  readonly state: 'known';
  readonly target: Target;
  readonly picture: OpenPicture;
  /** Found by the detector and corrected by the user: these are restored. */
  readonly faces: readonly Face[];
  /** Names its bytes, and when that was known; null while it is being worked out. */
  readonly hashed: { readonly content: ContentHash; readonly at: number } | null;
}

export interface FaceEditor {
  /** Index of the face that is in hand. */
  readonly selected: number | null;
  /** What was done last, and can be undone; the index is that of the face at that moment. */
  readonly said: { readonly what: FaceDeed; readonly face: number } | null;
}

export const OPENING: State = { phase: 'opening' };
