/** The page of the frame benchmark: the panel's comparison with two pictures of 16 MP. Bundled by `frames.ts`; acts by being loaded. */
import { h, render } from 'preact';
import { useState } from 'preact/hooks';
import { themeStyle } from '../../playground/page/figmaTheme';
import { Compare, type Look } from '../../src/ui/parts/compare/compare';
import '../../src/ui/tokens.css';
import '../../src/ui/base.css';

/** Pixels a side: the largest picture that Figma takes, 16.8 MP. */
const SIDE = 4096;

/** Fine lines and a slow shade, so that nothing in it compresses away. */
function drawn(hue: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(SIDE, SIDE);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser draws no 2d canvas.');
  const shade = context.createLinearGradient(0, 0, SIDE, SIDE);
  shade.addColorStop(0, `hsl(${hue} 60% 30%)`);
  shade.addColorStop(1, `hsl(${hue + 60} 60% 80%)`);
  context.fillStyle = shade;
  context.fillRect(0, 0, SIDE, SIDE);
  for (let at = 0; at < SIDE; at += 16) {
    context.fillStyle = `hsl(${(hue + at) % 360} 70% 50%)`;
    context.fillRect(at, 0, 2, SIDE);
    context.fillRect(0, at, SIDE, 2);
  }
  return canvas;
}

const [before, after] = [drawn(20), drawn(200)];
const settle: (() => void)[] = [];
window.made = 0;
window.ready = new Promise((resolve) => settle.push(resolve));

/** Each size is made once, as the panel's worker keeps decoded pictures; what is shown is a copy of it. */
const kept = new Map<string, Promise<ImageBitmap>>();

async function picture(name: string, of: OffscreenCanvas, longSide: number): Promise<ImageBitmap> {
  const key = `${name} ${longSide}`;
  const size = { resizeWidth: longSide, resizeHeight: longSide, resizeQuality: 'low' } as const;
  const source = kept.get(key) ?? createImageBitmap(of, size);
  kept.set(key, source);
  const made = await createImageBitmap(await source);
  window.made += 1;
  if (window.made === 2) for (const done of settle) done();
  return made;
}

function Bench() {
  const [look, setLook] = useState<Look | null>(null);
  window.lookAt = (to) => setLook((last) => ({ to, turn: (last?.turn ?? 0) + 1 }));
  return h(Compare, {
    words: { before: 'Before', after: 'After', divider: 'Divider', picture: 'Picture' },
    picture: { width: SIDE, height: SIDE },
    before: (longSide) => picture('before', before, longSide),
    after: (longSide) => picture('after', after, longSide),
    beforeOf: 'before',
    afterOf: 'after',
    original: false,
    look,
    onZoom: () => undefined,
  });
}

document.head.appendChild(document.createElement('style')).textContent = themeStyle();
document.documentElement.className = 'figma-light';
const place = document.getElementById('panel');
if (place === null) throw new Error('The page has no element #panel to draw in.');
render(h(Bench, {}), place);

let frames: number[] = [];
const tick = (time: number): void => {
  frames.push(time);
  requestAnimationFrame(tick);
};
requestAnimationFrame(tick);
window.framesSince = () => {
  const seen = frames;
  frames = [];
  return seen;
};
