import { describe, expect, it } from 'vitest';
import { corrected, type EnhanceParameters, enhanceFields, outputOf, parseEnhance } from '../../src/core/enhance';
import { contentHash } from '../../src/core/ids';
import { modelOf, SUBMIT_PATHS, type Work } from '../../src/core/job/work';
import { contentOf, workKey } from '../../src/core/job/workKey';
import { credits } from '../../src/core/money/price';
import { STANDARD_PARAMETERS } from '../../src/core/parameters';

const PARAMETERS: EnhanceParameters = {
  model: 'Standard V2',
  faceEnhancement: true,
  faceStrength: 0.8,
  faceCreativity: 0,
  output: { width: 2400, height: 1600 },
};
const work = (change: Partial<EnhanceParameters> = {}): Work => ({
  kind: 'enhance',
  parameters: { ...PARAMETERS, ...change },
  after: null,
});

describe('an enhancement as the service takes it', () => {
  it('has the wire names of the contract', () => {
    expect(enhanceFields(PARAMETERS)).toEqual([
      ['model', 'Standard V2'],
      ['output_width', '2400'],
      ['output_height', '1600'],
      ['face_enhancement', 'true'],
      ['face_enhancement_strength', '0.8'],
      ['face_enhancement_creativity', '0'],
    ]);
    expect(SUBMIT_PATHS.enhance).toBe('/image/v1/enhance/async');
    expect(modelOf(work({ model: 'Low Resolution V2' }))).toBe('Low Resolution V2');
  });

  it('says nothing of how strongly faces are recovered when they are not', () => {
    const names = enhanceFields({ ...PARAMETERS, faceEnhancement: false }).map(([name]) => name);
    expect(names).toEqual(['model', 'output_width', 'output_height', 'face_enhancement']);
  });
});

describe('the size of an enhanced picture', () => {
  it.each([
    [{ width: 1200, height: 800 }, 2400, { width: 2400, height: 1600 }],
    [{ width: 800, height: 1200 }, 2400, { width: 1600, height: 2400 }],
    [{ width: 1000, height: 667 }, 5000, { width: 4096, height: 2732 }],
    [{ width: 1000, height: 667 }, 10, { width: 1000, height: 667 }],
    [{ width: 4096, height: 4096 }, 8192, { width: 4096, height: 4096 }],
    [{ width: 4000, height: 1 }, 4096, { width: 4096, height: 1 }],
    [{ width: 300, height: 200 }, Number.NaN, { width: 300, height: 200 }],
  ])('%j with a long side of %d is %j', (source, long, size) => {
    expect(outputOf(source, long)).toEqual(size);
  });

  it('costs one credit up to all that Figma holds', () => {
    expect(credits(outputOf({ width: 100, height: 100 }, 4096))).toBe(1);
  });
});

describe('saved parameters of an enhancement', () => {
  it('are read back as they were', () => {
    expect(parseEnhance(JSON.parse(JSON.stringify(PARAMETERS)))).toEqual(PARAMETERS);
  });

  it.each([null, 'x', {}, { ...PARAMETERS, model: 'Standard' }, { ...PARAMETERS, faceCreativity: 2 }])(
    '%j are none',
    (input) => {
      expect(parseEnhance(input)).toBeNull();
    },
  );
});

it.each([
  [1.5, 1],
  [-0.1, 0],
  [Number.NaN, 0.8],
])('a face strength of %d becomes %d', (value, strength) => {
  expect(corrected('faceStrength', value)).toBe(strength);
});

describe('the key of an enhancement', () => {
  const hash = contentHash('ab'.repeat(32));
  const key = workKey(hash, work());

  it('names its picture, and is not that of its faces', () => {
    expect(contentOf(key)).toBe(hash);
    expect(workKey(hash, { kind: 'faces', parameters: STANDARD_PARAMETERS })).not.toBe(key);
  });

  it.each([
    { model: 'High Fidelity V2' },
    { output: { width: 1200, height: 800 } },
    { faceEnhancement: false },
    { faceStrength: 0.7 },
    { faceCreativity: 0.5 },
  ] satisfies readonly Partial<EnhanceParameters>[])('is another with %j', (change) => {
    expect(workKey(hash, work(change))).not.toBe(key);
  });

  it('is the same whatever was set for faces that are left alone', () => {
    const off = (faceStrength: number) => workKey(hash, work({ faceEnhancement: false, faceStrength }));
    expect(off(0.1)).toBe(off(0.9));
  });
});
