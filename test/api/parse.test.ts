import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBalance, parseLink, parsePage, parseProcessId, parseStatus } from '../../src/api/parse';
import { form } from '../../src/api/submit';
import { verifyResult } from '../../src/api/verify';
import type { EnhanceParameters } from '../../src/core/enhance';
import { type FaceParameters, STANDARD_PARAMETERS } from '../../src/core/parameters';
import { UPLOAD } from './jobs';
import { RESULT, SIDE } from './service';

const WHOLE = {
  process_id: '0f3c-1',
  filename: 'a~0123456789ab-1.png',
  input_width: 640,
  input_height: 480,
  output_width: 1280,
  output_height: 960,
  model: 'Faces',
  status: 'Processing',
  progress: 40,
  eta: 1_770_000_012,
  creation_time: 1_770_000_000,
  credits: 1,
};

describe('a status', () => {
  it('that is whole is read whole', () => {
    expect(parseStatus(WHOLE)).toEqual({
      processId: '0f3c-1',
      phase: 'Processing',
      fileName: 'a~0123456789ab-1.png',
      model: 'Faces',
      fraction: 0.4,
      input: { width: 640, height: 480 },
      output: { width: 1280, height: 960 },
      createdAt: 1_770_000_000_000,
      duration: 12,
      credits: 1,
    });
  });

  it.each([
    [{ status: 'completed' }, { phase: 'Completed' }],
    [{ status: 'Reticulating' }, { phase: 'Unknown' }],
    [{ status: 7 }, { phase: 'Unknown' }],
    [{ progress: 180 }, { fraction: 1 }],
    [{ progress: -3 }, { fraction: 0 }],
    [{ progress: '40' }, { fraction: null }],
    [{ eta: null }, { duration: null }],
    [{ eta: 1_770_000_012_000 }, { duration: 12 }],
    [{ creation_time: 0 }, { duration: null, createdAt: null }],
    [{ output_width: 0 }, { output: null }],
    [{ output_width: 12.5 }, { output: null }],
    [{ filename: '' }, { fileName: null }],
    [{ credits: -1 }, { credits: null }],
    [{ credits: 0 }, { credits: 0 }],
  ])('with %j gives %j', (change, read) => {
    expect(parseStatus({ ...WHOLE, ...change })).toMatchObject(read);
  });

  it.each([null, 'x', [], {}, { ...WHOLE, process_id: 5 }, { ...WHOLE, process_id: '../admin' }])(
    '%j is none',
    (input) => {
      expect(parseStatus(input)).toBeNull();
    },
  );
});

describe('other answers', () => {
  it.each([
    [{ download_url: 'https://files.example/x?sig=1' }, 'https://files.example/x?sig=1'],
    [{ download_url: 'javascript:alert(1)' }, null],
    [{ download_url: 'https://' }, null],
    [{ download_url: '//files.example/x' }, null],
    [{}, null],
    ['x', null],
  ])('the link in %j is %j', (input, link) => {
    expect(parseLink(input)).toBe(link);
  });

  it('a page tells where the next one begins, or that there is none', () => {
    const pagination = { has_next_page: true, next_cursor: 'c' };
    expect(parsePage({ data: [WHOLE, {}], pagination })).toMatchObject({ unreadable: 1, next: 'c' });
    expect(parsePage({ data: [], pagination: { has_next_page: false, next_cursor: 'c' } })?.next).toBeNull();
    expect(parsePage({ data: [] })?.next).toBeNull();
    expect(parsePage({ message: 'no' })).toBeNull();
  });

  it('a balance needs at least what is available', () => {
    expect(parseBalance({ available_credits: 5, reserved_credits: 2, total_credits: 7 })).toEqual({
      available: 5,
      reserved: 2,
      total: 7,
    });
    expect(parseBalance({ available_credits: 5 })).toEqual({ available: 5, reserved: 0, total: 5 });
    expect(parseBalance({})).toBeNull();
  });

  it('nothing that can be sent makes a parser throw', () => {
    fc.assert(
      fc.property(fc.anything({ withObjectString: true, withNullPrototype: true }), (input) => {
        for (const parse of [parseStatus, parsePage, parseLink, parseBalance, parseProcessId]) parse(input);
        parseStatus({ ...WHOLE, eta: input, creation_time: input, progress: input, status: input });
        parsePage({ data: [input], pagination: input });
      }),
    );
  });
});

describe('the form that is sent', () => {
  it('has the reference only when there is one, and the picture last', () => {
    const uri = 'https://example.com/a.jpg';
    const names = (data: FormData) => [...data.keys()];
    const plain = ['model', 'strength', 'noise_sigma', 'blur_sigma', 'noise_seed'];
    const sent = (change: Partial<FaceParameters>) =>
      names(form(UPLOAD, 'a.png', { kind: 'faces', parameters: { ...STANDARD_PARAMETERS, ...change } }));
    expect(sent({})).toEqual([...plain, 'output_format', 'image']);
    expect(sent({ referenceUri: uri })).toEqual([...plain, 'reference_uri', 'output_format', 'image']);
  });
});

describe('the form of an enhancement', () => {
  it('has the size wished for, and the picture last', () => {
    const parameters: EnhanceParameters = {
      model: 'Standard V2',
      faceEnhancement: false,
      faceStrength: 0.8,
      faceCreativity: 0,
      output: { width: 2400, height: 1600 },
    };
    const data = form(UPLOAD, 'a.png', { kind: 'enhance', parameters, after: null });
    expect([...data].slice(0, -1)).toEqual([
      ['model', 'Standard V2'],
      ['output_width', '2400'],
      ['output_height', '1600'],
      ['face_enhancement', 'false'],
      ['output_format', 'png'],
    ]);
    expect([...data.keys()].at(-1)).toBe('image');
  });
});

describe('bytes before they are used', () => {
  const size = { width: SIDE, height: SIDE };
  const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 0xff, 0xd9);
  const text = (words: string) => new TextEncoder().encode(words);
  it('a whole PNG of the size that was told, or of any when none was told', () => {
    expect(verifyResult(RESULT, size).ok).toBe(true);
    expect(verifyResult(RESULT, null).ok).toBe(true);
    expect(verifyResult(jpeg, size).ok).toBe(true);
  });

  it.each([
    [RESULT.subarray(0, -1), 'result-damaged'],
    [jpeg.subarray(0, -2), 'result-damaged'],
    [text('<!doctype html>'), 'result-not-picture'],
    [text('<?xml version="1.0"?>'), 'result-not-picture'],
    [text('{"message":"x"}'), 'result-not-picture'],
    [text('GIF89a'), 'result-not-picture'],
    [new Uint8Array(0), 'result-not-picture'],
  ])('%#: anything else is refused as %s', (bytes, code) => {
    expect(verifyResult(bytes, size)).toMatchObject({ ok: false, error: { code } });
  });
});
