/** The page that the screens are taken of: shows one scene after another. Bundled by `screens.ts`; acts by being loaded. */
import { h, render } from 'preact';
import { themeStyle } from '../../playground/page/figmaTheme';
import collins from '../../playground/samples/astronaut.png';
import hopper from '../../playground/samples/grace_hopper.jpg';
import { App } from '../../src/ui/app';
import '../../src/ui/tokens.css';
import '../../src/ui/base.css';
import type { Deeds } from '../../src/ui/store/session';
import { createStore } from '../../src/ui/store/store';
import { batchScenes } from './batchScenes';
import { scenes } from './scenes';
import { groupPng, groupStudio, rowPictures } from './studio';

declare global {
  interface Window {
    /** The names of all scenes; then `show` draws one. */
    scenes: Promise<readonly string[]>;
    /** `pause`: milliseconds for pictures to be drawn. */
    show: (name: string, theme: 'light' | 'dark', pause: number) => Promise<void>;
  }
}

/** Nothing is done in a screen: every deed is a no-op, but that the history's layers look like something. */
const idle = (layer: Uint8Array): Deeds => {
  const nothing = (): undefined => undefined;
  // Some deeds stand together under one name.
  const several = new Proxy({}, { get: () => nothing });
  return new Proxy({} as Deeds, {
    get: (_, name) => {
      if (name === 'thumbnail') return async () => layer;
      return name === 'batch' || name === 'presets' ? several : nothing;
    },
  });
};

async function start(): Promise<readonly string[]> {
  document.head.appendChild(document.createElement('style')).textContent = themeStyle();
  const studio = await groupStudio(hopper, collins);
  const small = await rowPictures(studio);
  const layer = await groupPng(studio);
  const all = { ...scenes(layer), ...batchScenes(small) };
  const deeds = idle(layer);
  window.show = async (name, theme, pause) => {
    const place = document.getElementById('panel');
    const state = all[name];
    if (place === null || state === undefined) throw new Error(`There is no scene ${name}.`);
    document.documentElement.className = `figma-${theme}`;
    render(null, place);
    render(h(App, { store: createStore(state), deeds, studio }), place);
    await new Promise((resolve) => setTimeout(resolve, pause));
  };
  return Object.keys(all);
}

window.scenes = start();
