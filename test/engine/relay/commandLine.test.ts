import { describe, expect, it } from 'vitest';
import { parseRelayLine } from '../../../engine/relay/commandLine';
import { parsePeople } from '../../../engine/relay/people';

const KEY = { TOPAZ_API_KEY: 'tk-0123456789' };

describe('the relay’s command line', () => {
  it('needs the key from the environment and nothing else', () => {
    expect(parseRelayLine([], KEY)).toEqual({
      ok: true,
      value: expect.objectContaining({ port: 4143, host: '127.0.0.1', service: 'https://api.topazlabs.com' }),
    });
    expect(parseRelayLine(['--add', 'Ada'], {})).toMatchObject({ ok: true, value: { add: 'Ada', key: '' } });
  });

  it.each<[string[], Record<string, string>, string]>([
    [[], {}, 'TOPAZ_API_KEY'],
    [[], { TOPAZ_API_KEY: 'has a space in it' }, 'TOPAZ_API_KEY'],
    [['--key', 'k'], KEY, 'Unknown option --key.'],
    [['--port', '70000'], KEY, 'A port'],
    [['--port'], KEY, '--port needs a value.'],
    [['--service', 'http://api.example'], KEY, 'https only'],
    [['--service', 'nowhere'], KEY, '--service'],
    [['--host', '0.0.0.0'], KEY, '--public'],
    [['--public', 'faces.example'], KEY, '--public'],
  ])('%j with %j is refused with a word', (words, environment, part) => {
    const line = parseRelayLine(words, environment);
    expect(line.ok ? '' : line.error).toContain(part);
  });

  it('listens to others when it knows where designers reach it', () => {
    const line = parseRelayLine(['--host', '0.0.0.0'], { ...KEY, RELAY_ADDRESS: 'https://faces.example/' });
    expect(line).toMatchObject({ ok: true, value: { publicAddress: 'https://faces.example' } });
  });
});

describe('the people’s file', () => {
  const hash = 'a'.repeat(64);
  it.each<[unknown, string]>([
    ['', 'not JSON'],
    [{}, 'no list'],
    [{ people: [{ tokenHash: hash }] }, 'no name'],
    [{ people: [{ name: 'Ada', tokenHash: 'token' }] }, 'tokenHash'],
    [{ people: [{ name: 'Ada', tokenHash: hash, creditsPerDay: -1 }] }, 'creditsPerDay'],
    [{ people: [{ name: 'Ada', tokenHash: hash, requestsPerMinute: 0 }] }, 'requestsPerMinute'],
    [
      {
        people: [
          { name: 'Ada', tokenHash: hash },
          { name: 'Bob', tokenHash: hash },
        ],
      },
      'another person',
    ],
    [
      {
        people: [
          { name: 'Ada', tokenHash: hash },
          { name: 'Ada', tokenHash: 'b'.repeat(64) },
        ],
      },
      'twice',
    ],
  ])('%j is wrong: %s', (content, part) => {
    const people = parsePeople(typeof content === 'string' ? content : JSON.stringify(content));
    expect(people.ok ? '' : people.error).toContain(part);
  });
});
