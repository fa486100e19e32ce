import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../engine/options';

const STANDARD = {
  port: 4141,
  filesPort: 4142,
  data: null,
  key: null,
  scale: 1,
  credits: 10_000,
  inFlight: null,
  latency: 0,
  model: null,
  faults: null,
};

describe('the command line', () => {
  it.each([
    ['', {}],
    ['--port 5000', { port: 5000, filesPort: 5001 }],
    ['--port 0', { port: 0, filesPort: 0 }],
    ['--port=5000 --files-port=6000', { port: 5000, filesPort: 6000 }],
    ['--port 65535', { port: 65535, filesPort: 0 }],
    ['--data d --key k --scale 4 --credits 3', { data: 'd', key: 'k', scale: 4, credits: 3 }],
    ['--key=a=b', { key: 'a=b' }],
    ['--in-flight 3 --latency=120', { inFlight: 3, latency: 120 }],
    ['--faults plan.json', { faults: 'plan.json' }],
    ['--model CodeFormer.onnx', { model: 'CodeFormer.onnx' }],
  ])('%s is understood', (line, changed) => {
    expect(parseCommandLine(line === '' ? [] : line.split(' '))).toEqual({
      ok: true,
      value: { ...STANDARD, ...changed },
    });
  });

  it.each([
    '--port',
    '--port x',
    '--port -1',
    '--port 65536',
    '--scale 3',
    '--credits 1.5',
    '--colour red',
    'stray',
    '--key=',
    '--in-flight 0',
    '--in-flight many',
    '--model',
    '--latency -1',
    '--latency 60001',
  ])('%s is refused in a sentence', (line) => {
    const parsed = parseCommandLine(line.split(' '));
    expect(parsed.ok).toBe(false);
    expect(!parsed.ok && parsed.error).toMatch(/^\S.*\.$/);
  });
});
