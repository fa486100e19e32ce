/** What Figma, the budgets and the listing ask of a release. Each fault is a sentence. */
import type { Size } from '../../src/core/money/price';
import { readHeader } from '../../src/pixels/header/read';
import { overBudget, refusedTexts } from '../build';
import { checkManifest } from '../manifest';
import type { PackageFiles } from './files';

/** Bytes. */
export const ZIP_BUDGET = 1_000_000;

/** Figma's sizes for a plugin's icon and cover, in pixels. */
export const LISTING_PICTURES = {
  'icon.png': { width: 128, height: 128 },
  'cover.png': { width: 1920, height: 1080 },
} as const satisfies Readonly<Record<string, Size>>;

export function filesFaults({ manifest, named: { main, ui } }: PackageFiles): readonly string[] {
  const text = new TextDecoder();
  const [code, page] = [text.decode(main.bytes), text.decode(ui.bytes)];
  const weights = /id="face-weights">([A-Za-z0-9+/=]+)</.exec(page)?.[1] ?? '';
  const paths = [main.path, ui.path];
  return [
    ...checkManifest(JSON.parse(manifest), (file) => paths.includes(file)).map((fault) => `manifest.json: ${fault}`),
    ...refusedTexts(code).map((refused) => `${main.path} contains ${refused}, which Figma refuses.`),
    ...(weights === '' ? [`${ui.path} has no face network in it.`] : []),
    ...overBudget({ code, ui: page, weights }),
  ];
}

export function zipFaults(zip: Uint8Array): readonly string[] {
  return zip.length <= ZIP_BUDGET ? [] : [`The zip has ${zip.length} bytes: over its budget of ${ZIP_BUDGET}.`];
}

/** `read`: a picture of the listing by its name, or null. */
export function listingFaults(read: (name: string) => Uint8Array | null): readonly string[] {
  return Object.entries(LISTING_PICTURES).flatMap(([name, wanted]) => {
    const bytes = read(name);
    if (bytes === null) return [`The listing has no ${name}: npm run listing draws it.`];
    const header = readHeader(bytes, 'png');
    const size = header.ok ? header.value.size : null;
    if (size === null) return [`${name} of the listing is no PNG.`];
    return size.width === wanted.width && size.height === wanted.height
      ? []
      : [`${name} of the listing is ${size.width} x ${size.height}: ${wanted.width} x ${wanted.height} is asked for.`];
  });
}

/** `changelog`: its text. The newest entry must be about the version that is packed. */
export function versionFaults(version: string, changelog: string): readonly string[] {
  const newest = /^## (\S+)/m.exec(changelog)?.[1];
  return newest === version
    ? []
    : [`CHANGELOG.md ends with ${newest ?? 'nothing'}, and package.json says ${version}: they must agree.`];
}
