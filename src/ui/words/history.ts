/** What is written of results that lie on the canvas: in the history, on the selected layer, and in toasts. */
import { undoKey } from '../frame/undoKey';

const many = (count: number, one: string, several: string): string => `${count} ${count === 1 ? one : several}`;

/** The results of this document. */
export const HISTORY = {
  title: 'History',
  reading: 'Looking for results…',
  empty:
    'No result in this file yet. What you restore is listed here, with the way back and the way to apply it again.',
  emptyHere: 'No result on this page.',
  onPage: (page: string): string => `on ${page}`,
  offLayer: 'not on a layer',
  again: 'Apply again',
  adjust: 'Adjust',
  revert: 'Revert',
  reverted: 'The original is back.',
  free: 'free',
  gone: 'No longer kept at the service: restoring it anew is charged.',
  elsewhere: 'Kept at another service: switch to it in Settings.',
  older: (count: number): string => `Show older (${count})`,
  otherPages: 'Look through all pages',
  otherPagesText: (count: number): string => `${many(count, 'other page was', 'other pages were')} not looked through.`,
  leftOut: (count: number): string => `${many(count, 'more result was', 'more results were')} found: 500 are listed.`,
} as const;

/** A result that a layer carries, on the canvas. */
export const ON_CANVAS = {
  hold: 'Hold to see the original',
  /** The same, where nobody sees the canvas beside it. */
  holdLabel: 'Hold to see the original on the canvas',
  shown: 'The canvas shows the original.',
  adjustFaces: 'Adjust faces',
  gone: 'The service no longer keeps this result. Without it you can still revert, or restore anew below.',
  goneOverlay:
    'The service no longer keeps this result. In Figma’s Fill panel you can still change the opacity of the upper fill or switch it off. Or revert, or restore anew below.',
  elsewhere: 'This result is kept at another service. Switch to it in Settings to adjust the faces for free.',
} as const;

/** Toasts of the command that needs no panel: at most 100 characters. */
export const HEADLESS = {
  looking: 'Looking for faces…',
  applying: 'Applying…',
  cancel: 'Cancel',
  cancelling: 'Asking the service to cancel…',
  cancelled: 'Cancelled. Nothing was charged.',
  cancelledLate: 'Too late to cancel: the credit is used. Recover faces brings the result, for free.',
  done: (faces: number, credits: number): string =>
    `Done: ${many(faces, 'face', 'faces')} · ${many(credits, 'credit', 'credits')} · Undo with ${undoKey()}`,
} as const;
