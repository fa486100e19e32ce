/** The page's own arithmetic, and the frames' documents. */
import { describe, expect, test } from 'vitest';
import { addInstance, addLayer } from '../../../playground/document/build';
import { createDocument } from '../../../playground/document/document';
import { translation, withRotation } from '../../../playground/document/transform';
import { fitted, panned, toPage, viewportOf, zoomedAt } from '../../../playground/page/canvas/camera';
import { hit } from '../../../playground/page/canvas/hit';
import { themeStyle } from '../../../playground/page/figmaTheme';
import { contentSecurityPolicy, windowDocument } from '../../../playground/page/frameDocuments';
import { localStorageBacking } from '../../../playground/page/localStorageBacking';

describe('the camera', () => {
  const camera = { x: 10, y: 20, zoom: 2 };

  test('zooms about the pointer', () => {
    const at = { x: 30, y: 50 };
    expect(toPage(zoomedAt(camera, at, 5), at)).toEqual(toPage(camera, at));
  });

  test('stays within its zooms', () => {
    expect(zoomedAt(camera, { x: 0, y: 0 }, 1e9).zoom).toBe(32);
    expect(zoomedAt(camera, { x: 0, y: 0 }, 0).zoom).toBe(0.05);
  });

  test('pans with the pointer', () => {
    expect(panned(camera, 8, -4)).toEqual({ x: 6, y: 22, zoom: 2 });
  });

  test('fits a box into what is not covered, and never enlarges', () => {
    const fit = fitted({ x: 0, y: 0, width: 400, height: 100 }, { width: 500, height: 300 }, 100, 0);
    expect(fit).toEqual({ x: 0, y: -100, zoom: 1 });
    expect(fitted({ x: 0, y: 0, width: 10, height: 10 }, { width: 500, height: 300 }).zoom).toBe(1);
  });

  test('is told to the plugin as a viewport', () => {
    expect(viewportOf(camera, { width: 200, height: 100 })).toEqual({
      center: { x: 60, y: 45 },
      zoom: 2,
      bounds: { x: 10, y: 20, width: 100, height: 50 },
    });
  });
});

describe('a click selects', () => {
  const document = createDocument('Hits');
  addLayer(document, 'RECTANGLE', 'Below', { width: 100, height: 100 });
  addLayer(document, 'ELLIPSE', 'Round', { x: 50, y: 50, width: 50, height: 50 });
  addLayer(document, 'RECTANGLE', 'Locked', { width: 20, height: 20 }, { locked: true });
  addLayer(document, 'RECTANGLE', 'Hidden', { width: 20, height: 20 }, { visible: false });
  const frame = addLayer(document, 'FRAME', 'Frame', { x: 200, width: 50, height: 50 });
  addLayer(document, 'RECTANGLE', 'Child', { parent: frame, x: 10, y: 10, width: 100, height: 10 });
  const component = addLayer(document, 'COMPONENT', 'Component', { x: 300 });
  addLayer(document, 'RECTANGLE', 'Inner', { parent: component });
  addInstance(document, component, 'Instance', { x: 500 });
  addLayer(document, 'RECTANGLE', 'Turned', {}, { transform: withRotation(translation(700, 100), 45) });
  const at = (x: number, y: number, deep = false): string | null => {
    const id = hit(document.tree(), document.currentPage(), { x, y }, deep);
    return id === null ? null : (document.tree().nodes.get(id)?.name ?? null);
  };

  test.for([
    ['the topmost', 75, 75, 'Round'],
    ['what is beside an ellipse’s corner', 52, 52, 'Below'],
    ['through locked and hidden layers', 5, 5, 'Below'],
    ['the child of a frame', 215, 15, 'Child'],
    ['the frame beside its child', 205, 45, 'Frame'],
    ['nothing where the frame cuts its child off', 270, 15, null],
    ['a component as a whole', 350, 50, 'Component'],
    ['an instance as a whole', 550, 50, 'Instance'],
    ['a turned layer', 750, 90, 'Turned'],
    ['nothing beside a turned layer', 705, 45, null],
  ] as const)('%s', ([, x, y, name]) => {
    expect(at(x, y)).toBe(name);
  });

  test('with Ctrl what is innermost', () => {
    expect(at(550, 50, true)).toBe('Inner');
  });
});

describe('the window’s documents', () => {
  const policy = { domains: ['https://api.example.com'], eval: false };

  test('the policy lets through the manifest’s domains, data and blobs', () => {
    const text = contentSecurityPolicy(policy);
    expect(text).toContain('connect-src data: blob: https://api.example.com');
    expect(text).not.toContain('unsafe-eval');
    expect(contentSecurityPolicy({ ...policy, eval: true })).toContain("'unsafe-eval'");
  });

  test('the theme stands before the plugin’s page, after its doctype', () => {
    const html = windowDocument('<!doctype html><html><head></head></html>', 'dark', true);
    expect(html).toMatch(/^<!doctype html><style>\.figma-light\{/);
    expect(html.indexOf('figma-dark')).toBeLessThan(html.indexOf('<html>'));
  });

  test('without themeColors there are no variables', () => {
    expect(windowDocument('<p>', 'light', false)).not.toContain('--figma-color');
  });

  test('both themes name the same colours', () => {
    const names = (theme: string): readonly string[] => {
      const rule = new RegExp(`\\.figma-${theme}\\{([^}]*)\\}`).exec(themeStyle())?.[1] ?? '';
      return [...rule.matchAll(/(--figma-color-[a-z-]+):/g)].map((match) => match[1] ?? '');
    };
    expect(names('light').length).toBeGreaterThan(60);
    expect(names('light')).toEqual(names('dark'));
  });
});

test('the plugin’s storage in the page keeps bytes, and only its own keys', () => {
  const items = new Map<string, string>([['theme', 'dark']]);
  const storage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, text: string) => void items.set(key, text),
    removeItem: (key: string) => void items.delete(key),
  };
  // What `Object.keys` gives of a real Storage: its items.
  const backing = localStorageBacking(Object.assign(storage, {}) as unknown as Storage, () => [...items.keys()]);
  backing.set('job:1', { bytes: new Uint8Array([0, 200]), note: undefined });
  expect(backing.get('job:1')).toEqual({ bytes: new Uint8Array([0, 200]), note: undefined });
  expect(backing.keys()).toEqual(['job:1']);
  backing.delete('job:1');
  expect(backing.get('job:1')).toBeUndefined();
  expect([...items.keys()]).toEqual(['theme']);
});
