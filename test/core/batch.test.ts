import { describe, expect, test } from 'vitest';
import { type BatchPlace, type BatchRecord, distinct, parseBatch, withinCap } from '../../src/core/batch';
import { batchId, fileId, imageHash, jobId, nodeId } from '../../src/core/ids';
import { STANDARD_PARAMETERS } from '../../src/core/parameters';

const FILE = fileId('file');
const place = (layer: string, picture: string): BatchPlace => ({
  target: { fileId: FILE, nodeId: nodeId(layer), paintIndex: 0, imageHash: imageHash(picture) },
  layerName: layer,
});

const RECORD: BatchRecord = {
  v: 1,
  id: batchId('batch'),
  fileId: FILE,
  plan: { parameters: STANDARD_PARAMETERS, preset: 'Balanced', form: 'overlay', address: 'https://service' },
  entries: [
    { imageHash: imageHash('a'), job: jobId('job a'), places: [place('1', 'a'), place('2', 'a')] },
    { imageHash: imageHash('b'), job: null, places: [place('3', 'b')] },
  ],
  createdAt: 1000,
};

test('a picture that several layers show is one entry with all of them, where it first appears', () => {
  const places = [place('1', 'a'), place('2', 'b'), place('3', 'a')];
  expect(distinct(places)).toEqual([
    { imageHash: 'a', places: [places[0], places[2]] },
    { imageHash: 'b', places: [places[1]] },
  ]);
});

describe('a cap', () => {
  const kept = (prices: readonly number[], cap: number | null): readonly number[] =>
    withinCap(
      prices.map((credits, index) => ({ credits, index })),
      cap,
    ).map(({ index }) => index);

  test.each<[string, readonly number[], number | null, readonly number[]]>([
    ['without one all stay', [1, 2, 1], null, [0, 1, 2]],
    ['what is too much is left out from the end', [1, 1, 1], 2, [0, 1]],
    ['nothing that costs follows the first that is left out', [2, 2, 1], 3, [0]],
    ['what is free always stays', [1, 0, 1, 0], 1, [0, 1, 3]],
    ['a cap of nothing leaves what is free', [1, 0], 0, [1]],
    ['exactly the cap is within it', [2, 1], 3, [0, 1]],
  ])('%s', (_, prices, cap, expected) => {
    expect(kept(prices, cap)).toEqual(expected);
  });
});

describe('a saved batch', () => {
  test('is read as it was written', () => {
    expect(parseBatch(JSON.parse(JSON.stringify(RECORD)))).toEqual(RECORD);
  });

  test.each<[string, unknown]>([
    ['nothing', null],
    ['another version', { ...RECORD, v: 2 }],
    ['no plan', { ...RECORD, plan: undefined }],
    ['a parameter out of range', { ...RECORD, plan: { ...RECORD.plan, parameters: { strength: 7 } } }],
    ['an unknown form', { ...RECORD, plan: { ...RECORD.plan, form: 'poster' } }],
    ['entries that are none', { ...RECORD, entries: 'all' }],
    ['an entry without a place', { ...RECORD, entries: [{ imageHash: 'a', job: null, places: [] }] }],
    [
      'a place with another picture',
      { ...RECORD, entries: [{ imageHash: 'a', job: null, places: [place('1', 'other')] }] },
    ],
    ['no time', { ...RECORD, createdAt: Number.NaN }],
  ])('%s is not one', (_, saved) => {
    expect(parseBatch(saved)).toBe(null);
  });
});
