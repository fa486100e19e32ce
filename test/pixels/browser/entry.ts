/** What the Chromium tests call inside the page: the studio on this thread, in a worker, and the codec by itself. */
import { browserCodec } from '../../../src/pixels/codec';
import { createStudio } from '../../../src/pixels/createStudio';
import { readHeader } from '../../../src/pixels/header/read';
import { NO_PACE } from '../../../src/pixels/pace';

const bytesOf = async (address: string): Promise<Uint8Array> =>
  new Uint8Array(await (await fetch(address)).arrayBuffer());

export const pixels = { browserCodec, createStudio, readHeader, NO_PACE, bytesOf };

declare global {
  interface Window {
    pixels: typeof pixels;
  }
}

window.pixels = pixels;
