/** What crosses between the panel and its pixel worker. Both ends come from one build, so the shapes are trusted. */
import type { Studio } from '../studio';

/** A narrow view of a worker, from either side. */
export interface Line<In, Out> {
  readonly post: (message: Out, transfer: Transferable[]) => void;
  readonly listen: (hear: (message: In) => void) => void;
}

export type Method = Exclude<keyof Studio, 'close'>;

/** Stands in an argument list where the caller gave an AbortSignal, which cannot cross. */
export const SIGNAL = '\u0000signal';

export type ToWorker =
  /** `weights`: the packed face network in base64. */
  | { readonly kind: 'start'; readonly weights: string }
  | { readonly kind: 'call'; readonly id: number; readonly method: Method; readonly args: readonly unknown[] }
  | { readonly kind: 'abort'; readonly id: number }
  | { readonly kind: 'close'; readonly pictureId: number };

export type FromWorker =
  /** The worker has read its script and its face weights and answers from now on. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'thrown'; readonly id: number; readonly name: string; readonly message: string };
