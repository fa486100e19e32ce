/** The detector inside a Chromium page, for `npm run bench:faces -- --chromium`. */
import { detectFaces } from '../../src/pixels/detect/detect';
import { loadNetwork, type Network } from '../../src/pixels/detect/network';
import { rgbaImage } from '../../src/pixels/image';
import type { Found } from './finder';

declare global {
  interface Window {
    /** Base64 of the packed weights. Answers with the name of the kernels. */
    loadFaces: (weights: string, arithmetic: string) => string;
    /** Base64 of the RGBA bytes. */
    findFaces: (width: number, height: number, pixels: string, threshold: number) => Promise<Found>;
  }
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

let network: Network;

window.loadFaces = (weights, arithmetic) => {
  network = loadNetwork(bytesOf(weights), arithmetic === 'plain' ? 'plain' : 'best');
  return network.makeKernels().name;
};

window.findFaces = async (width, height, pixels, threshold) => {
  const image = rgbaImage(width, height, new Uint8ClampedArray(bytesOf(pixels).buffer));
  const start = performance.now();
  const faces = await detectFaces(image, network, { threshold });
  return { faces, milliseconds: performance.now() - start };
};
