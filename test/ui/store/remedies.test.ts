import { expect, test } from 'vitest';
import type { PluginError } from '../../../src/core/errors';
import { remedies } from '../../../src/ui/store/remedies';

test.each<[PluginError, readonly string[]]>([
  [{ code: 'offline' }, ['retry']],
  [{ code: 'key-refused' }, ['retry', 'settings']],
  [{ code: 'host-unreachable', host: 'localhost:4141', local: true }, ['retry', 'settings']],
  [{ code: 'result-damaged' }, ['refetch']],
  [{ code: 'job-waiting' }, ['look']],
  [{ code: 'job-uncertain' }, ['look', 'send-again']],
  [{ code: 'layer-gone' }, ['new-layer']],
  [{ code: 'picture-damaged', format: 'png' }, []],
])('%o offers %o', (error, expected) => {
  expect(remedies(error)).toEqual(expected);
});
