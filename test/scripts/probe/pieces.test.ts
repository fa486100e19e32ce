import { describe, expect, it } from 'vitest';
import { allowedBy } from '../../../scripts/probe/file';
import { canReadHeader, isReadable, preflightFault } from '../../../scripts/probe/frame';
import { parseProbeLine } from '../../../scripts/probe/options';
import { openPurse } from '../../../scripts/probe/purse';
import { cleaner, openSheet } from '../../../scripts/probe/sheet';
import type { Answer } from '../../../scripts/probe/wire';
import { KEY } from './surroundings';

describe("the probe's line", () => {
  it('takes the key from the environment, so that no shell remembers it', () => {
    expect(parseProbeLine([], { TOPAZ_API_KEY: KEY })).toEqual({
      ok: true,
      value: { key: KEY, address: 'https://api.topazlabs.com', agreed: false, free: false },
    });
  });

  it.each([
    ['no key', []],
    ['a key without a value', ['--key']],
    ['a key with a line end', ['--key', 'one\ntwo']],
    ['an address without https', ['--key', KEY, '--to', 'http://api.topazlabs.com']],
    ['an address that is none', ['--key', KEY, '--to', 'topaz']],
    ['the key without its name', [KEY]],
  ])('refuses %s without repeating what was typed', (_what, words) => {
    const line = parseProbeLine(words, {});
    expect(line.ok).toBe(false);
    expect(JSON.stringify(line)).not.toContain(KEY);
  });

  it.each(['https://relay.example/faces', 'http://127.0.0.1:4141', 'http://localhost:4141/'])('takes %s', (address) => {
    expect(parseProbeLine([`--key=${KEY}`, '--to', address], {})).toMatchObject({ ok: true });
  });
});

const answer = (headers: Readonly<Record<string, string>>, status = 204): Answer => ({
  kind: 'answer',
  status,
  headers,
  bytes: new Uint8Array(0),
  whole: true,
  seconds: 0,
});

describe('a frame without an origin', () => {
  it.each([
    ['*', true],
    ['null', true],
    ['https://www.figma.com', false],
    ['', false],
  ])('where %s is allowed: reads the answer is %s', (origin, may) => {
    expect(isReadable(answer({ 'access-control-allow-origin': origin }))).toBe(may);
  });

  it('reads the usual headers, and those that are exposed', () => {
    const exposing = answer({ 'access-control-expose-headers': 'X-Process-ID, Retry-After' });
    expect(['content-length', 'retry-after', 'x-eta'].map((name) => canReadHeader(exposing, name))).toEqual([
      true,
      true,
      false,
    ]);
  });

  const right = {
    'access-control-allow-origin': '*',
    'access-control-allow-headers': 'Content-Type, X-API-Key',
    'access-control-allow-methods': 'GET',
  };
  it.each([
    ['everything is allowed', right, 204, 'GET', null],
    ['a plain method is not listed', right, 204, 'POST', null],
    ['another method is not listed', right, 204, 'DELETE', 'the method DELETE is not allowed'],
    ['it is answered with 403', right, 403, 'GET', 'the preflight is answered with 403'],
    [
      'no origin is named',
      { ...right, 'access-control-allow-origin': '' },
      204,
      'GET',
      'the origin `null` is not allowed',
    ],
    [
      'the key is not listed',
      { ...right, 'access-control-allow-headers': 'Accept' },
      204,
      'GET',
      'the header x-api-key is not allowed',
    ],
  ])('is let through by a preflight where %s, or told why not', (_what, headers, status, method, fault) => {
    expect(preflightFault(answer(headers, status), method, 'x-api-key')).toBe(fault);
  });
});

describe('the purse', () => {
  it('never gives more than was announced', () => {
    const purse = openPurse(2);
    expect([purse.take(1), purse.take(1), purse.take(1)]).toEqual([true, true, false]);
    purse.giveBack(1);
    expect([purse.take(2), purse.take(1)]).toEqual([false, true]);
    expect(purse.committed()).toBe(2);
  });

  it('is closed by an account that has gone down by all that was announced', () => {
    const purse = openPurse(3);
    purse.see(100);
    purse.see(98);
    expect(purse.take(1)).toBe(true);
    purse.see(97);
    expect(purse.take(1)).toBe(false);
  });
});

describe('the table', () => {
  it('keeps bars and line ends inside their cell', () => {
    const sheet = openSheet(
      (text) => text,
      () => undefined,
    );
    sheet.answer('balance', 'a | b\nc', 'd');
    expect(sheet.table().split('\n').at(-1)).toBe(
      '| Reach and CORS | Is the balance as documented? | balance | a \\| b c | d |',
    );
  });

  it('holds to the first answer to a question', () => {
    const sheet = openSheet(
      (text) => text,
      () => undefined,
    );
    sheet.answer('balance', 'as it was', '');
    sheet.answer('balance', 'otherwise', '');
    sheet.fill('Too late.');
    expect(sheet.table()).toContain('as it was');
    expect(sheet.table()).not.toContain('otherwise');
  });

  it.each([
    ['the key', `x ${KEY} y`, 'x (the key) y'],
    ['the key in hex', Buffer.from(KEY).toString('hex'), '(the key)'],
    [
      'what opens a link',
      'see https://host.example/a?signature=1&expires=2 there',
      'see https://host.example/a?(secret) there',
    ],
  ])('loses %s', (_what, text, cleaned) => {
    expect(cleaner(KEY)(text)).toBe(cleaned);
  });
});

describe('what the manifest allows', () => {
  it.each([
    ['https://bucket.s3.amazonaws.com', 'https://*.amazonaws.com'],
    ['https://amazonaws.com', null],
    ['http://bucket.s3.amazonaws.com', null],
    ['https://amazonaws.com.example', null],
    ['http://127.0.0.1:4142', 'http://127.0.0.1:4142'],
    ['http://127.0.0.1:4999', null],
  ])('lets %s through by %s', (origin, entry) => {
    expect(allowedBy(['https://*.amazonaws.com', 'http://127.0.0.1:4142'], origin)).toBe(entry);
  });
});
