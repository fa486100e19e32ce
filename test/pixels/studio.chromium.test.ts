import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPixelPage, type PixelPage } from '../../scripts/pixelPage';
import { rgbaImage } from '../../src/pixels/image';
import { decoded, differences, smallFile } from './pictures';

let browser: PixelPage;

beforeAll(async () => {
  browser = await openPixelPage('test/pixels/browser/entry.ts');
});

afterAll(() => browser.close());

/** Workers that are alive, those of frames included. */
const workers = (): number => browser.page.workers().length;

const UPRIGHT = 'test/pictures/upright.png';

describe('files in a browser', () => {
  const landscape = { width: 64, height: 48 };

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('a JPEG of orientation %i stands upright, and goes out so', async (orientation) => {
    const answer = await browser.page.evaluate(
      ([path, like]) => window.pixels.open(path!, like!),
      [`test/pictures/orientation-${orientation}.jpg`, UPRIGHT],
    );
    expect(answer).toMatchObject({
      size: landscape,
      converted: orientation !== 1,
      format: orientation === 1 ? 'jpeg' : 'png',
    });
    // Only what the JPEG lost; turned wrongly it would be over 30.
    expect((answer as { mean: number }).mean).toBeLessThan(3);
  });

  it.each([
    ['cmyk.jpg', { converted: true, format: 'png', animated: false }],
    ['progressive.jpg', { converted: false, format: 'jpeg', animated: false }],
    ['sixteen.png', { converted: false, format: 'png', animated: false }],
    ['palette.png', { converted: false, format: 'png', animated: false }],
    ['interlaced.png', { converted: false, format: 'png', animated: false }],
    ['still.gif', { converted: true, format: 'png', animated: false }],
    ['animated.gif', { converted: true, format: 'png', animated: true }],
    ['lossy.webp', { converted: true, format: 'png', animated: false }],
    ['animated.webp', { converted: true, format: 'png', animated: true }],
    ['picture.bmp', { converted: true, format: 'png', animated: false }],
  ])('%s opens and shows the same picture', async (name, expected) => {
    const answer = await browser.page.evaluate(
      ([path, like]) => window.pixels.open(path!, like!),
      [`test/pictures/${name}`, UPRIGHT],
    );
    expect(answer).toMatchObject({ size: landscape, ...expected });
    expect((answer as { mean: number }).mean).toBeLessThan(8);
  });

  it('a TIFF is refused by name', async () => {
    const answer = await browser.page.evaluate(() =>
      window.pixels.open('test/pictures/picture.tiff', 'test/pictures/upright.png'),
    );
    expect(answer).toEqual({ error: 'picture-unsupported' });
  });

  it.each([
    'upright.png',
    'palette.png',
    'interlaced.png',
    'alpha.png',
    'alpha-interlaced.png',
    'alpha-grey.png',
    'alpha-sixteen.png',
  ])('reads every byte of %s as an independent decoder does', async (name) => {
    const pixels = await browser.page.evaluate((path) => window.pixels.decode(path), `test/pictures/${name}`);
    const image = rgbaImage(pixels!.width, pixels!.height, Uint8ClampedArray.from(pixels!.data));
    expect(differences(image, decoded(smallFile(name)))).toBe(0);
  });

  it.each(['alpha.png', 'alpha-interlaced.png'])(
    '%s with nothing chosen comes out byte for byte as it went in',
    async (name) => {
      const { before, after } = await browser.page.evaluate(
        (path) => window.pixels.throughUnchanged(path),
        `test/pictures/${name}`,
      );
      expect(after).toBe(before);
    },
  );
});

describe('the whole way in a browser', () => {
  it('paints, as overlay over the source, what is baked within 1/255, and nothing outside the face', async () => {
    const way = await browser.page.evaluate(() => window.pixels.wholeWay('own'));
    expect(way.faces).toHaveLength(1);
    expect(way.apart).toBeLessThanOrEqual(1);
    expect(way.outsideChanged).toBe(0);
    expect(way.insideChanged).toBeGreaterThan(1000);
    expect(way.sizes).toEqual([256, 256, 48, 48]);
  });

  it.each(['worker', 'broken worker', 'silent worker'] as const)('comes to the same with a %s', async (kind) => {
    const own = await browser.page.evaluate(() => window.pixels.wholeWay('own'));
    const before = workers();
    const other = await browser.page.evaluate((which) => window.pixels.wholeWay(which), kind);
    // Only then it is the worker that answered, not this thread in its place.
    expect(workers() > before).toBe(kind === 'worker');
    expect(other).toEqual(own);
    expect(other.bytesKept).toBe(true);
  });

  it("works in a worker inside a sandboxed frame of null origin with a policy like the plugin window's", async () => {
    const own = await browser.page.evaluate(() => window.pixels.wholeWay('own'));
    await browser.page.evaluate(async () => {
      const script = await (await fetch('/entry.js')).text();
      const frame = document.createElement('iframe');
      frame.id = 'plugin';
      frame.sandbox.add('allow-scripts');
      const policy = `default-src data: blob: 'unsafe-inline'; connect-src ${location.origin} data: blob:`;
      frame.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><base href="${location.href}"><script>${script.replaceAll('</', '<\\/')}</script>`;
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
      document.body.append(frame);
      await loaded;
    });
    const frame = browser.page.frames().find((one) => one !== browser.page.mainFrame())!;
    expect(await frame.evaluate(() => window.pixels.origin())).toBe('null');
    const before = workers();
    const inFrame = await frame.evaluate(() => window.pixels.wholeWay('worker'));
    // The policy forbids WebAssembly, so the face finder runs in plain JavaScript: the same faces within rounding.
    const { faces, change, sizes, outsideChanged } = own;
    expect(inFrame).toMatchObject({ faces, change, sizes, outsideChanged, bytesKept: true });
    expect(inFrame.apart).toBeLessThanOrEqual(1);
    expect(Math.abs(inFrame.insideChanged / own.insideChanged - 1)).toBeLessThan(0.01);
    expect(workers()).toBe(before + 1);
    // Where no worker starts, its text runs in the frame itself, under the same policy.
    const here = await frame.evaluate(() =>
      window.pixels.open('test/pictures/palette.png', 'test/pictures/upright.png'),
    );
    expect(here).toMatchObject({ size: { width: 64, height: 48 }, converted: false });
  });
});
