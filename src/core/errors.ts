/**
 * Everything that can go wrong and that a user can meet, as data. What the user reads of each stands in
 * `sentences.ts` and nowhere else; `throw` is for bugs and aborts.
 */
import type { Size } from './money/price';
import type { OtherContent, PictureFormat } from './picture/format';

/** How a result can fail to lie on its source: moved too far, turned or slanted, or showing something else (mirrored ones too). */
export type Misalignment = 'shifted' | 'turned' | 'other-picture';

export type PluginError =
  // the service refuses: nothing was charged
  | { readonly code: 'key-missing' }
  | { readonly code: 'key-refused' }
  | { readonly code: 'key-not-permitted' }
  | { readonly code: 'credits-missing' }
  | { readonly code: 'plan-missing' }
  | { readonly code: 'request-refused'; readonly message: string }
  | { readonly code: 'upload-too-large' }
  | { readonly code: 'format-refused' }
  | { readonly code: 'picture-refused'; readonly message: string }
  | { readonly code: 'service-busy'; readonly seconds: number | null }
  | { readonly code: 'service-wrong-address'; readonly host: string }
  // the service cannot be reached or does not make sense
  | { readonly code: 'service-failing'; readonly status: number }
  | { readonly code: 'answer-unreadable'; readonly host: string }
  | { readonly code: 'timed-out'; readonly host: string }
  | { readonly code: 'offline' }
  | { readonly code: 'host-blocked'; readonly host: string }
  | { readonly code: 'host-unreachable'; readonly host: string; readonly local: boolean }
  // the job
  | { readonly code: 'job-failed'; readonly message: string }
  | { readonly code: 'job-cancelled'; readonly spent: boolean }
  | { readonly code: 'job-gone' }
  /** It never reached the service, and the picture is no longer at hand to send it. */
  | { readonly code: 'job-unsent' }
  /** It was sent to another service than the one that is set now. */
  | { readonly code: 'job-elsewhere'; readonly address: string }
  | { readonly code: 'job-uncertain' }
  | { readonly code: 'job-waiting' }
  /** The service did it twice: a browser sends a request again by itself when its connection breaks. */
  | { readonly code: 'charged-twice'; readonly credits: number; readonly processId: string }
  /** Another window of this user goes on with the jobs of this document. */
  /** A command without a panel would have to ask first. `credits`: what it would cost. */
  | { readonly code: 'decision-needed'; readonly credits: number }
  | { readonly code: 'window-elsewhere' }
  /** The same work is being done already, for another layer or another document. */
  | { readonly code: 'work-under-way'; readonly fileName: string }
  // the result
  | { readonly code: 'result-not-picture'; readonly content: OtherContent }
  | { readonly code: 'result-damaged' }
  | { readonly code: 'result-wrong-size'; readonly expected: Size; readonly actual: Size }
  | { readonly code: 'result-misaligned'; readonly reason: Misalignment }
  // the picture
  | { readonly code: 'picture-empty' }
  | { readonly code: 'picture-damaged'; readonly format: PictureFormat | null }
  | { readonly code: 'picture-unsupported'; readonly content: PictureFormat | OtherContent }
  | { readonly code: 'picture-too-large'; readonly size: Size; readonly limit: number }
  | { readonly code: 'picture-too-small'; readonly size: Size }
  | { readonly code: 'picture-missing' }
  | { readonly code: 'no-face' }
  // the canvas
  | { readonly code: 'layer-gone' }
  | { readonly code: 'layer-changed' }
  | { readonly code: 'layer-elsewhere' }
  | { readonly code: 'layer-in-instance' }
  | { readonly code: 'layer-read-only' }
  | { readonly code: 'image-refused'; readonly reason: 'too-large' | 'too-small' | 'type' | 'other' }
  | { readonly code: 'nothing-to-revert' }
  // storage and the host
  | { readonly code: 'storage-full' }
  | { readonly code: 'storage-silent' }
  /** What is stored may be there and cannot be read now: nothing may be taken for missing. */
  | { readonly code: 'storage-unreadable' }
  /** A newer version of the plugin wrote the own presets: they are not written over. */
  | { readonly code: 'presets-newer' }
  /** Figma did not take what was to be kept in the document. */
  | { readonly code: 'shared-unwritten' }
  /** What a job cost is not in the list of spending yet. */
  | { readonly code: 'spending-unwritten' }
  | { readonly code: 'host-silent' }
  | { readonly code: 'unexpected'; readonly detail: string };

export type ErrorCode = PluginError['code'];
export type ErrorOf<Code extends ErrorCode> = Extract<PluginError, { readonly code: Code }>;
