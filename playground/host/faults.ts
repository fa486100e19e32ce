/** What can be made to go wrong while a plugin runs; changed at any time, looked at when the thing happens. */
import { STORAGE_QUOTA } from './clientStorage';

export interface Faults {
  /** Milliseconds before the bytes or the size of an image come. */
  imageDelay: number;
  /** Hashes whose bytes cannot be read, or all of them. */
  failingImages: ReadonlySet<string> | 'all';
  /** Hashes that `getImageByHash` does not know. */
  missingImages: ReadonlySet<string>;
  exportDelay: number;
  exportFails: boolean;
  /** Bytes in all. */
  storageQuota: number;
  /** Milliseconds before storage answers. */
  storageDelay: number;
  /** Every write is refused. */
  storageFails: boolean;
  /** Every call is refused, reading too. */
  storageBroken: boolean;
  /** Writes are kept, but nobody is told. */
  storageSilent: boolean;
}

/** A new set each time: a run changes its own. */
export function noFaults(): Faults {
  return {
    imageDelay: 0,
    failingImages: new Set(),
    missingImages: new Set(),
    exportDelay: 0,
    exportFails: false,
    storageQuota: STORAGE_QUOTA,
    storageDelay: 0,
    storageFails: false,
    storageBroken: false,
    storageSilent: false,
  };
}
