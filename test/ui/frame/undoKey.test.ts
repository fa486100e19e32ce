import { expect, it } from 'vitest';
import { undoKey } from '../../../src/ui/frame/undoKey';

it.each([
  ['MacIntel', '⌘Z'],
  ['iPad', '⌘Z'],
  ['Win32', 'Ctrl+Z'],
  ['Linux x86_64', 'Ctrl+Z'],
  ['', 'Ctrl+Z'],
])('names the keys that undo as the keyboard of %j does: %s', (platform, keys) => {
  expect(undoKey(platform)).toBe(keys);
});
