import { describe, expect, it } from 'vitest';
import { contentHash, imageHash, jobId } from '../../src/core/ids';
import { workKey } from '../../src/core/job/workKey';
import { credits } from '../../src/core/money/price';
import { correctedReference, parseParameters, STANDARD_PARAMETERS, sameParameters } from '../../src/core/parameters';
import { isPicture, sniff } from '../../src/core/picture/format';
import { BUILT_IN_PRESETS } from '../../src/core/presets/presets';
import { parseRecipe } from '../../src/core/recipe';
import { endpoint, parseAddress, parseSettings, STANDARD_SETTINGS } from '../../src/core/settings';

describe('the price', () => {
  // The vendor's table: megapixels of output, credits.
  it.each([
    [1, 1],
    [4, 1],
    [8, 1],
    [16, 1],
    [24, 1],
    [32, 2],
    [40, 2],
    [50, 3],
    [64, 3],
    [100, 5],
  ])('of %d MP is %d', (megapixels, price) => {
    expect(credits({ width: megapixels * 1000, height: 1000 })).toBe(price);
  });

  it('of a single pixel is one credit, and of the largest picture in Figma too', () => {
    expect(credits({ width: 1, height: 1 })).toBe(1);
    expect(credits({ width: 4096, height: 4096 })).toBe(1);
  });
});

describe('parameters from anywhere', () => {
  it.each([
    [undefined, STANDARD_PARAMETERS, []],
    ['text', STANDARD_PARAMETERS, []],
    [{ strength: 3, noiseSeed: 0 }, { ...STANDARD_PARAMETERS, strength: 1, noiseSeed: 1 }, ['strength', 'noiseSeed']],
    [{ strength: Number.NaN }, STANDARD_PARAMETERS, ['strength']],
    [{ blurSigma: '1' }, STANDARD_PARAMETERS, ['blurSigma']],
    [{ noiseSeed: 2.6 }, { ...STANDARD_PARAMETERS, noiseSeed: 3 }, ['noiseSeed']],
    [{ referenceUri: 'javascript:alert(1)' }, STANDARD_PARAMETERS, ['referenceUri']],
  ])('%j are put in range, and each correction is named', (input, parameters, corrected) => {
    const parsed = parseParameters(input);
    expect(parsed.parameters).toEqual(parameters);
    expect(parsed.corrections.map((correction) => correction.name)).toEqual(corrected);
  });

  it.each([
    ['https://example.com/face.jpg', 'https://example.com/face.jpg'],
    [' http://example.com ', 'http://example.com'],
    ['https://', null],
    ['data:image/png;base64,AA', null],
    [`https://e.com/${'x'.repeat(2000)}`, null],
    [7, null],
  ])('the reference %j becomes %j', (input, address) => {
    expect(correctedReference(input)).toBe(address);
  });

  it('every preset that is built in is valid as it stands, and no two are the same', () => {
    for (const preset of BUILT_IN_PRESETS) expect(parseParameters(preset.parameters).corrections).toEqual([]);
    for (const [index, one] of BUILT_IN_PRESETS.entries()) {
      for (const other of BUILT_IN_PRESETS.slice(index + 1)) {
        expect(sameParameters(one.parameters, other.parameters)).toBe(false);
      }
    }
  });
});

describe('the key of a piece of work', () => {
  const hash = contentHash('ab'.repeat(32));
  const key = workKey(hash, { kind: 'faces', parameters: STANDARD_PARAMETERS });

  it('is the same for the same picture and parameters', () => {
    expect(workKey(contentHash('ab'.repeat(32)), { kind: 'faces', parameters: { ...STANDARD_PARAMETERS } })).toBe(key);
    expect(key.length).toBeLessThan(200);
  });

  it.each([
    { strength: 0.81 },
    { noiseSigma: 0.016 },
    { blurSigma: 0.41 },
    { noiseSeed: 2 },
    { referenceUri: 'https://example.com/a.jpg' },
  ])('is another with %j', (change) => {
    expect(workKey(hash, { kind: 'faces', parameters: { ...STANDARD_PARAMETERS, ...change } })).not.toBe(key);
  });

  it('is another for another picture', () => {
    expect(workKey(contentHash('cd'.repeat(32)), { kind: 'faces', parameters: STANDARD_PARAMETERS })).not.toBe(key);
  });
});

describe('settings', () => {
  it('that cannot be read become the defaults, field by field', () => {
    expect(parseSettings(undefined)).toEqual(STANDARD_SETTINGS);
    expect(parseSettings({ service: 'odd', key: 7, panel: { width: 1e9 }, form: 'layer' })).toEqual({
      ...STANDARD_SETTINGS,
      form: 'layer',
      panel: { width: 640, height: 560 },
    });
  });

  it('lead to a service only when nothing is missing', () => {
    expect(endpoint(STANDARD_SETTINGS)).toBeNull();
    expect(endpoint({ ...STANDARD_SETTINGS, service: 'topaz' })).toBeNull();
    expect(endpoint({ ...STANDARD_SETTINGS, service: 'topaz', key: 'k' })?.address).toBe('https://api.topazlabs.com');
    expect(endpoint({ ...STANDARD_SETTINGS, service: 'local' })?.address).toBe('http://localhost:4141');
    expect(endpoint({ ...STANDARD_SETTINGS, service: 'relay', relayAddress: 'https://r.example' })).toBeNull();
  });

  it('never send the Topaz key to another service', () => {
    for (const service of ['local', 'relay'] as const) {
      const settings = { ...STANDARD_SETTINGS, service, key: 'secret', relayAddress: 'https://r', relayToken: 't' };
      expect(endpoint(settings)?.key).not.toContain('secret');
    }
  });

  it.each([
    ['http://localhost:4141/', 'http://localhost:4141'],
    [' https://relay.example/topaz// ', 'https://relay.example/topaz'],
    ['localhost:4141', null],
    ['ftp://x', null],
    ['https://user:pass@x', null],
    ['https://x/?q=1', null],
  ])('the address %j is read as %j', (text, address) => {
    expect(parseAddress(text)).toBe(address);
  });
});

describe('the recipe of a layer', () => {
  const recipe = {
    v: 1,
    form: 'overlay',
    sourceHash: imageHash('a'),
    resultHash: imageHash('b'),
    jobId: jobId('j'),
    work: { kind: 'faces', parameters: STANDARD_PARAMETERS },
    preset: null,
    faces: 2,
    credits: 1,
    service: 'Topaz Labs',
    appliedAt: 5,
  };
  it('is read back as it was', () => {
    expect(parseRecipe(JSON.parse(JSON.stringify(recipe)))).toEqual(recipe);
    const mix = { ...recipe, seeds: [2, 1] };
    expect(parseRecipe(JSON.parse(JSON.stringify(mix)))).toEqual(mix);
    expect(parseRecipe({ ...mix, seeds: [2, 'x', null] })).toEqual({ ...recipe, seeds: [2] });
  });

  it.each([null, 'x', {}, { ...recipe, v: 2 }, { ...recipe, form: 'odd' }, { ...recipe, resultHash: 3 }])(
    '%j is none',
    (input) => {
      expect(parseRecipe(input)).toBeNull();
    },
  );
});

describe('first bytes', () => {
  const ascii = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  it.each([
    ['png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
    ['jpeg', Uint8Array.of(0xff, 0xd8, 0xff, 0xe1)],
    ['gif', ascii('GIF89a')],
    ['webp', ascii('RIFF\0\0\0\0WEBPVP8 ')],
    ['tiff', Uint8Array.of(0x4d, 0x4d, 0, 0x2a)],
    ['avif', ascii('\0\0\0 ftypavif')],
    ['heic', ascii('\0\0\0 ftypheic')],
    ['bmp', ascii(`BM${'\0'.repeat(30)}`)],
    ['video', ascii('\0\0\0 ftypisom')],
    ['html', ascii('  <!DOCTYPE html><title>')],
    ['xml', ascii('<?xml version="1.0"?><Error>')],
    ['json', ascii('{"message": "no"}')],
    ['empty', new Uint8Array(0)],
    ['unknown', ascii('BM')],
    ['unknown', ascii('GIF')],
  ])('of %s are known', (content, bytes) => {
    expect(sniff(bytes)).toBe(content);
    expect(isPicture(sniff(bytes))).toBe(
      ['png', 'jpeg', 'gif', 'webp', 'tiff', 'avif', 'heic', 'bmp'].includes(content),
    );
  });
});
