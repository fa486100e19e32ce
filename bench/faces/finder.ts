/** The detector in this process or in a Chromium page, behind one function. */
import { build } from 'esbuild';
import { launchChromium } from '../../scripts/chromium';
import { packWeights } from '../../scripts/pack-weights';
import { detectFaces } from '../../src/pixels/detect/detect';
import { loadNetwork } from '../../src/pixels/detect/network';
import type { Face } from '../../src/pixels/face';
import type { RgbaImage } from '../../src/pixels/image';

export interface Found {
  readonly faces: readonly Face[];
  readonly milliseconds: number;
}

/** Lower than the detector's own, so that one run tells what any threshold would have given. */
export const COLLECTED = 0.3;

export interface Finder {
  readonly name: string;
  readonly find: (image: RgbaImage) => Promise<Found>;
  readonly close: () => Promise<void>;
}

export async function nodeFinder(precision: 'int8' | 'float32', arithmetic: 'best' | 'plain'): Promise<Finder> {
  const network = loadNetwork(await packWeights(precision), arithmetic);
  return {
    name: `Node, ${precision}, ${network.makeKernels().name}`,
    find: async (image) => {
      const start = performance.now();
      const faces = await detectFaces(image, network, { threshold: COLLECTED });
      return { faces, milliseconds: performance.now() - start };
    },
    close: async () => {},
  };
}

export async function chromiumFinder(arithmetic: 'best' | 'plain'): Promise<Finder> {
  const bundle = await build({
    entryPoints: [`${import.meta.dirname}/page.ts`],
    bundle: true,
    format: 'iife',
    write: false,
    target: 'es2022',
  });
  const browser = await launchChromium();
  const page = await browser.newPage();
  await page.addScriptTag({ content: bundle.outputFiles[0]!.text });
  const weights = Buffer.from(await packWeights()).toString('base64');
  const kernels = await page.evaluate(([text, how]) => window.loadFaces(text!, how!), [weights, arithmetic]);
  return {
    name: `Chromium ${browser.version()}, int8, ${kernels}`,
    find: async ({ width, height, data }) => {
      const pixels = Buffer.from(data.buffer, data.byteOffset, data.length).toString('base64');
      return page.evaluate((given) => window.findFaces(given.width, given.height, given.pixels, given.threshold), {
        width,
        height,
        pixels,
        threshold: COLLECTED,
      });
    },
    close: () => browser.close(),
  };
}
