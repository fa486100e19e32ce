// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { embeddedText } from '../../../src/ui/frame/embedded';
import { framePort } from '../../../src/ui/frame/port';
import { waiting } from '../../../src/ui/frame/waiting';

/** A window that keeps what its parent is sent. */
function frame() {
  const sent: unknown[] = [];
  const target = new EventTarget();
  const made = Object.assign(target, { parent: { postMessage: (message: unknown) => sent.push(message) } });
  const say = (data: unknown) => target.dispatchEvent(Object.assign(new Event('message'), { data }));
  // The port uses these members of a window and no other.
  return { window: made as unknown as Window, sent, say };
}

test('what is posted goes to Figma as a plugin message', () => {
  const { window, sent } = frame();
  framePort(window).post({ hello: 1 });
  expect(sent).toEqual([{ pluginMessage: { hello: 1 } }]);
});

test('only plugin messages are heard, and none after listening was stopped', () => {
  const { window, say } = frame();
  const heard: unknown[] = [];
  const stop = framePort(window).listen((message) => heard.push(message));
  for (const data of [{ pluginMessage: 'ours' }, 'text', null, { other: 1 }, 7]) say(data);
  stop();
  say({ pluginMessage: 'late' });
  expect(heard).toEqual(['ours']);
});

test.each([
  ['selection.read', 10_000],
  ['record.save', 10_000],
] as const)('%s is given up after %i ms', async (name, expected) => {
  const slept: number[] = [];
  await waiting(async (milliseconds) => void slept.push(milliseconds)).giveUp(name);
  expect(slept).toEqual([expected]);
});

test.each(['result.place', 'picture.read', 'pictures.collect'] as const)('%s is never given up', (name) => {
  let slept = 0;
  void waiting(async () => void slept++).giveUp(name);
  expect(slept).toBe(0);
});

test('texts that the build put into the page are found, and an empty one is none', () => {
  document.body.innerHTML = '<script type="text/plain" id="a">code</script><script type="text/plain" id="b"> </script>';
  expect(embeddedText(document, 'a')).toBe('code');
  expect(embeddedText(document, 'b')).toBeNull();
  expect(embeddedText(document, 'c')).toBeNull();
});
