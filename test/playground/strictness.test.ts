/**
 * What Figma does with wrong, careless and right plugin code, and that the stand-in does the same. Each case is a few
 * lines of a plugin run in the VM. Sources: docs of figma-platform and playground, the typings, Figma's own messages.
 */
import { describe, expect, test } from 'vitest';
import { outcome, pluginHost } from './plugin';
import { scene } from './scene';

/** Lines, and what they print: a text to contain, or a pattern. `$photo` and so on are ids of the scene. */
type Case = readonly [behaviour: string, lines: string, expected: string | RegExp];

const PHOTO = `const photo = await figma.getNodeByIdAsync('$photo');`;
const node = (name: string): string => `const node = await figma.getNodeByIdAsync('${name}');`;

const CASES: { readonly [group: string]: readonly Case[] } = {
  'paints are read fresh and frozen': [
    [
      'a fill cannot be changed in place',
      `${PHOTO} 'use strict'; photo.fills[0].opacity = 0.5; return photo.fills[0].opacity`,
      /read-only|1/,
    ],
    ['the array cannot be pushed to', `${PHOTO} photo.fills.push({})`, 'threw TypeError'],
    ['each read is another array', `${PHOTO} return photo.fills === photo.fills`, 'false'],
    [
      'nested parts are frozen too',
      `${PHOTO} return Object.isFrozen(photo.fills[0].filters) && Object.isFrozen(photo.fills[0].imageTransform[0])`,
      'true',
    ],
    [
      'a copied, changed and assigned fill is taken',
      `${PHOTO} photo.fills = photo.fills.map((fill) => ({ ...fill, opacity: 0.5 })); return photo.fills[0].opacity`,
      '0.5',
    ],
    [
      'a written array may be changed afterwards without effect',
      `${PHOTO} const list = [...photo.fills]; photo.fills = list; list.pop(); return photo.fills.length`,
      '1',
    ],
    ['children are frozen', `return Object.isFrozen(figma.currentPage.children)`, 'true'],
    ['the selection is frozen', `figma.currentPage.selection.push(1)`, 'threw TypeError'],
  ],
  'fills are validated': [
    [
      'an unknown key',
      `${PHOTO} photo.fills = [{ ...photo.fills[0], note: 'mine' }]`,
      `Property "fills" failed validation: Unrecognized key(s) in object: 'note' at [0]`,
    ],
    [
      'a colour above 1',
      `${PHOTO} photo.fills = [{ type: 'SOLID', color: { r: 255, g: 0, b: 0 } }]`,
      'Number must be less than or equal to 1 at [0].color.r',
    ],
    [
      'a colour with alpha',
      `${PHOTO} photo.fills = [{ type: 'SOLID', color: { r: 1, g: 0, b: 0, a: 1 } }]`,
      `Unrecognized key(s) in object: 'a' at [0].color`,
    ],
    [
      'a missing scale mode',
      `${PHOTO} photo.fills = [{ type: 'IMAGE', imageHash: null }]`,
      'Required value missing at [0].scaleMode',
    ],
    [
      'a scale mode that does not exist',
      `${PHOTO} photo.fills = [{ type: 'IMAGE', imageHash: null, scaleMode: 'COVER' }]`,
      `Invalid enum value. Expected 'FILL' | 'FIT' | 'CROP' | 'TILE', received 'COVER' at [0].scaleMode`,
    ],
    [
      'a rotation that is no quarter',
      `${PHOTO} photo.fills = [{ ...photo.fills[0], rotation: 45 }]`,
      'multiple of 90 at [0].rotation',
    ],
    ['a paint type that does not exist', `${PHOTO} photo.fills = [{ type: 'PICTURE' }]`, 'Invalid discriminator value'],
    [
      'an object instead of an array',
      `${PHOTO} photo.fills = photo.fills[0]`,
      'in set_fills: Property "fills" failed validation: Expected array, received object',
    ],
    [
      'an opacity that is text',
      `${PHOTO} photo.fills = [{ ...photo.fills[0], opacity: '1' }]`,
      'Expected number, received string at [0].opacity',
    ],
    ['NaN', `${PHOTO} photo.fills = [{ ...photo.fills[0], opacity: 0 / 0 }]`, 'Expected number, received nan'],
    [
      'a pattern through the setter',
      `${PHOTO} photo.fills = [${'PATTERN'}]`.replace('PATTERN', pattern()),
      'in set_fills: Pattern fills can only be set with node.setFillsAsync',
    ],
    [
      'a pattern through setFillsAsync is taken',
      `${PHOTO} await photo.setFillsAsync([${pattern()}]); return photo.fills[0].type`,
      'PATTERN',
    ],
    [
      'setFillsAsync checks as strictly',
      `${PHOTO} await photo.setFillsAsync([{ type: 'SOLID' }])`,
      'in setFillsAsync: Property "fills" failed validation: Required value missing at [0].color',
    ],
    [
      'a refused write changes nothing',
      `${PHOTO} try { photo.fills = [{ type: 'SOLID' }] } catch (e) {} return photo.fills[0].type`,
      'IMAGE',
    ],
    [
      'defaults are filled in on reading',
      `${PHOTO} photo.fills = [{ type: 'SOLID', color: { r: 0, g: 0, b: 0 } }]; const [{ visible, opacity, blendMode }] = photo.fills; return [visible, opacity, blendMode]`,
      '[true,1,"NORMAL"]',
    ],
  ],
  'objects know their own members only': [
    [
      'reading a property that the kind of layer lacks',
      `${node('$group')} return node.fills`,
      `no such property 'fills' on GROUP node`,
    ],
    [
      'writing a property that does not exist',
      `${PHOTO} photo.note = 1`,
      'Cannot add property note, object is not extensible',
    ],
    [
      'writing a property that the kind of layer lacks',
      `${node('$group')} node.constraints = { horizontal: 'MIN', vertical: 'MIN' }`,
      'Cannot add property constraints, object is not extensible',
    ],
    ['`in` tells what a layer has', `${node('$group')} return ['fills' in node, 'children' in node]`, '[false,true]'],
    ['a read-only property cannot be written', `${PHOTO} photo.width = 5`, `no setter for property 'width'`],
    [
      'what the stand-in lacks says so',
      `figma.createTable()`,
      'createTable exists in Figma but is not implemented by this host',
    ],
    [
      'what the stand-in lacks of a layer says so',
      `${PHOTO} photo.outlineStroke()`,
      'outlineStroke exists in Figma but is not implemented by this host',
    ],
    [
      'a misspelt method of figma',
      `figma.createRectangel()`,
      `no such property 'createRectangel' on the figma global object`,
    ],
    [
      'opacity above 1',
      `${PHOTO} photo.opacity = 2`,
      'in set_opacity: Property "opacity" failed validation: Number must be less than or equal to 1',
    ],
    ['a size of nothing', `${PHOTO} photo.resize(0, 10)`, 'in resize: Property "width" failed validation'],
    ['text with mixed fills gives figma.mixed', `${node('$text')} return node.fills === figma.mixed`, 'true'],
    [
      'different corners give figma.mixed',
      `${PHOTO} photo.topLeftRadius = 4; return photo.cornerRadius === figma.mixed`,
      'true',
    ],
    [
      'two reads of one layer are two objects',
      `return figma.currentPage.children[0] === figma.currentPage.children[0]`,
      'false',
    ],
    [
      'text needs its font before it is written',
      `${node('$text')} node.characters = 'New'`,
      'Cannot write to node with unloaded font',
    ],
  ],
  'dynamic-page forbids what answers at once': [
    [
      'getNodeById',
      `figma.getNodeById('$photo')`,
      'in getNodeById: Cannot call with documentAccess: dynamic-page. Use figma.getNodeByIdAsync instead.',
    ],
    ['getStyleById', `figma.getStyleById('$style')`, 'Use figma.getStyleByIdAsync instead'],
    ['getLocalPaintStyles', `figma.getLocalPaintStyles()`, 'Use figma.getLocalPaintStylesAsync instead'],
    [
      'currentPage =',
      `figma.currentPage = figma.root.children[1]`,
      'in set_currentPage: Cannot call with documentAccess: dynamic-page. Use figma.setCurrentPageAsync instead.',
    ],
    [
      'fillStyleId =',
      `${PHOTO} photo.fillStyleId = '$style'`,
      'in set_fillStyleId: Cannot call with documentAccess: dynamic-page',
    ],
    ['mainComponent', `${node('$instance')} return node.mainComponent`, 'Use node.getMainComponentAsync instead'],
    ['instances', `${node('$component')} return node.instances`, 'Use node.getInstancesAsync instead'],
    [
      'children of a page that is not loaded',
      `return figma.root.children[1].children`,
      'has not been explicitly loaded',
    ],
    [
      'children after loadAsync',
      `const page = figma.root.children[1]; await page.loadAsync(); return page.children[0].name`,
      'Elsewhere',
    ],
    [
      'documentchange before loadAllPagesAsync',
      `figma.on('documentchange', () => {})`,
      'unless figma.loadAllPagesAsync() has been called',
    ],
    [
      'root.findAll before loadAllPagesAsync',
      `figma.root.findAll(() => true)`,
      'unless figma.loadAllPagesAsync() has been called',
    ],
    [
      'setCurrentPageAsync opens the page',
      `await figma.setCurrentPageAsync(figma.root.children[1]); return figma.currentPage.name`,
      'Second page',
    ],
    ['the async forms answer', `${node('$instance')} return (await node.getMainComponentAsync()).name`, 'Card'],
  ],
  'layers come and go': [
    [
      'a deleted layer is not found',
      `${PHOTO} photo.remove(); return (await figma.getNodeByIdAsync('$photo')) === null`,
      'true',
    ],
    ['a deleted layer says that it is', `${PHOTO} photo.remove(); return photo.removed`, 'true'],
    [
      'reading a deleted layer',
      `${PHOTO} photo.remove(); return photo.name`,
      'in get_name: The node with id "$photo" does not exist',
    ],
    [
      'writing a deleted layer',
      `${PHOTO} const fills = photo.fills; photo.remove(); photo.fills = fills`,
      'in set_fills: The node with id "$photo" does not exist',
    ],
    [
      'adding to an instance',
      `${node('$instance')} node.appendChild(figma.createRectangle())`,
      'in appendChild: Cannot move node. New parent is an instance or is inside of an instance',
    ],
    [
      'inserting into an instance',
      `${node('$instance')} node.insertChild(0, figma.createRectangle())`,
      'in insertChild: Cannot move node. New parent is an instance or is inside of an instance',
    ],
    [
      'removing a sublayer of an instance',
      `${node('$sublayer')} node.remove()`,
      'in remove: Removing this node is not allowed',
    ],
    [
      'moving a sublayer of an instance',
      `${node('$sublayer')} node.x = 5`,
      'in set_x: This property cannot be overriden in an instance',
    ],
    ['fills of a sublayer can be overridden', `${node('$sublayer')} node.fills = []; return node.fills.length`, '0'],
    [
      'a component changes its instances',
      `${node('$inCard')} node.fills = []; return (await figma.getNodeByIdAsync('$sublayer')).fills.length`,
      '0',
    ],
    ['a layer cannot hold itself', `${node('$row')} node.appendChild(node)`, 'in appendChild: Cannot move node'],
    [
      'an index beyond the end',
      `${node('$row')} node.insertChild(9, figma.createRectangle())`,
      'in insertChild: Index out of bounds',
    ],
    [
      'a rectangle has no children',
      `${PHOTO} photo.appendChild(figma.createRectangle())`,
      `no such property 'appendChild' on RECTANGLE node`,
    ],
    [
      'ABSOLUTE outside of auto-layout',
      `${PHOTO} photo.layoutPositioning = 'ABSOLUTE'`,
      'Can only set layoutPositioning = ABSOLUTE if the parent node has layoutMode !== NONE',
    ],
    [
      'auto-layout places what is added',
      `${node('$row')} const box = figma.createRectangle(); box.x = 99; node.appendChild(box); return box.x`,
      '32',
    ],
    [
      'ABSOLUTE keeps its place in auto-layout',
      `${node('$row')} const box = figma.createRectangle(); node.appendChild(box); box.layoutPositioning = 'ABSOLUTE'; box.x = 99; return box.x`,
      '99',
    ],
    ['locked layers can be written', `${node('$locked')} node.fills = []; return node.fills.length`, '0'],
    [
      'a clone is put on the open page',
      `${node('$inRow')} const copy = node.clone(); return [copy.parent.type, copy.name]`,
      '["PAGE","In row"]',
    ],
    [
      'a group without children goes',
      `${node('$inGroup')} node.remove(); return (await figma.getNodeByIdAsync('$group')) === null`,
      'true',
    ],
    [
      'a group is as large as what is in it',
      `${node('$group')} return [node.x, node.y, node.width, node.height]`,
      '[500,7,20,10]',
    ],
    [
      'selecting a layer of another page',
      `const page = figma.root.children[1]; await page.loadAsync(); figma.currentPage.selection = [page.children[0]]`,
      'The selection of a page can only include nodes in that page',
    ],
  ],
  'paint styles': [
    ['writing fills leaves the style', `${node('$styled')} node.fills = []; return node.fillStyleId === ''`, 'true'],
    [
      'setFillStyleIdAsync puts the style’s paints on',
      `${PHOTO} await photo.setFillStyleIdAsync('$style'); return photo.fills[0].type`,
      'SOLID',
    ],
    [
      'a style that does not exist',
      `${PHOTO} await photo.setFillStyleIdAsync('S:nothing,')`,
      'in setFillStyleIdAsync: The style with id "S:nothing," does not exist',
    ],
    ['a style has a name', `return (await figma.getStyleByIdAsync('$style')).name`, 'Brand'],
  ],
  images: [
    [
      'bytes that are no picture',
      `figma.createImage(new Uint8Array([1, 2, 3]))`,
      'in createImage: Image type is unsupported',
    ],
    ['no bytes at all', `figma.createImage(new Uint8Array(0))`, 'in createImage: Image type is unsupported'],
    ['an ArrayBuffer', `figma.createImage(new ArrayBuffer(8))`, 'Expected "data" to be a Uint8Array'],
    ['an unknown hash', `return figma.getImageByHash('0000') === null`, 'true'],
    [
      'a hash that is no text',
      `figma.getImageByHash(null)`,
      'in getImageByHash: Property "hash" failed validation: Expected string, received null',
    ],
    [
      'the same bytes give the same hash',
      `const bytes = await figma.getImageByHash('$hash').getBytesAsync(); return figma.createImage(bytes).hash === '$hash'`,
      'true',
    ],
    ['a hash is 40 hexadecimal digits', `return /^[0-9a-f]{40}$/.test('$hash')`, 'true'],
    [
      'the size is that of the file',
      `return await figma.getImageByHash('$hash').getSizeAsync()`,
      '{"width":4,"height":3}',
    ],
    [
      'an export is a PNG of the asked width',
      `${PHOTO} const png = await photo.exportAsync({ format: 'PNG', constraint: { type: 'WIDTH', value: 8 } }); return [png[1], png[19], png instanceof Uint8Array]`,
      '[80,8,true]',
    ],
    [
      'an export of a hidden layer',
      `${PHOTO} photo.visible = false; await photo.exportAsync()`,
      'in exportAsync: Failed to export node',
    ],
  ],
  'what crosses the lines': [
    [
      'a symbol',
      `figma.showUI(''); figma.ui.postMessage({ fills: figma.mixed })`,
      'in postMessage: Cannot unwrap symbol',
    ],
    ['a function', `figma.showUI(''); figma.ui.postMessage(() => 1)`, 'in postMessage: Cannot unwrap function'],
    [
      'an ArrayBuffer',
      `figma.showUI(''); figma.ui.postMessage(new ArrayBuffer(4))`,
      'in postMessage: Cannot unwrap ArrayBuffer',
    ],
    [
      'another typed array',
      `figma.showUI(''); figma.ui.postMessage(new Float32Array(4))`,
      'in postMessage: Cannot unwrap Float32Array',
    ],
    ['a Map', `figma.showUI(''); figma.ui.postMessage(new Map())`, 'in postMessage: Cannot unwrap Map'],
    [
      'an instance of a class',
      `class Job {} figma.showUI(''); figma.ui.postMessage(new Job())`,
      'in postMessage: Cannot unwrap class instance',
    ],
    [
      'a circle',
      `const a = {}; a.a = a; figma.showUI(''); figma.ui.postMessage(a)`,
      'in postMessage: Cannot unwrap a circular structure',
    ],
    ['posting without a window', `figma.ui.postMessage(1)`, 'in postMessage: No UI to send a message to'],
    [
      'storage keeps bytes as bytes',
      `await figma.clientStorage.setAsync('a', { b: new Uint8Array([7]) }); return (await figma.clientStorage.getAsync('a')).b[0]`,
      '7',
    ],
    [
      'storage takes no function',
      `await figma.clientStorage.setAsync('a', () => 1)`,
      'in setAsync: Cannot unwrap function',
    ],
    ['a missing key is undefined', `return await figma.clientStorage.getAsync('nothing')`, 'undefined'],
    [
      'showUI refuses options that do not exist',
      `figma.showUI('', { theme: 'dark' })`,
      `Unrecognized key(s) in object: 'theme'`,
    ],
  ],
  quotas: [
    [
      'clientStorage above 5 MB',
      `await figma.clientStorage.setAsync('a', new Uint8Array(3e6)); await figma.clientStorage.setAsync('b', new Uint8Array(3e6))`,
      'threw Error: in setAsync:',
    ],
    [
      'the refused value is not there',
      `try { await figma.clientStorage.setAsync('a', new Uint8Array(6e6)) } catch (e) {} return (await figma.clientStorage.keysAsync()).length`,
      '0',
    ],
    [
      'plugin data above 100 kB',
      `${PHOTO} photo.setPluginData('a', 'x'.repeat(100001))`,
      'in setPluginData: The entry is',
    ],
    [
      'plugin data counts bytes, not letters',
      `${PHOTO} photo.setPluginData('a', 'ü'.repeat(60000))`,
      'in setPluginData: The entry is',
    ],
    [
      'plugin data that is no text',
      `${PHOTO} photo.setPluginData('a', 1)`,
      'in setPluginData: Property "value" failed validation: Expected string, received number',
    ],
    ['plugin data that was never set is empty', `${PHOTO} return photo.getPluginData('a') === ''`, 'true'],
    [
      'an empty text deletes plugin data',
      `${PHOTO} photo.setPluginData('a', 'b'); photo.setPluginData('a', ''); return photo.getPluginDataKeys().length`,
      '0',
    ],
    [
      'a shared namespace that is too short',
      `${PHOTO} photo.setSharedPluginData('ab', 'k', 'v')`,
      'in setSharedPluginData: The namespace',
    ],
    [
      'relaunch data for a command that the manifest lacks',
      `${PHOTO} photo.setRelaunchData({ other: '' })`,
      'The command "other" is not in the "relaunchButtons" of manifest.json',
    ],
    [
      'relaunch data above 1000 characters',
      `${PHOTO} photo.setRelaunchData({ again: 'x'.repeat(1001) })`,
      'at most 1000 characters',
    ],
    [
      'relaunch data replaces what was there',
      `${PHOTO} photo.setRelaunchData({ again: 'a' }); photo.setRelaunchData({}); return photo.getRelaunchData()`,
      '{}',
    ],
  ],
  'after closePlugin': [
    ['notify throws', `figma.closePlugin(); figma.notify('late')`, 'in notify: The plugin was closed'],
    ['reading a layer throws', `${PHOTO} figma.closePlugin(); return photo.name`, 'in get_name: The plugin was closed'],
    ['writing a layer throws', `${PHOTO} figma.closePlugin(); photo.fills = []`, 'The plugin was closed'],
    [
      'the selection cannot be read',
      `figma.closePlugin(); return figma.currentPage.selection`,
      'The plugin was closed',
    ],
    [
      'storage rejects',
      `figma.closePlugin(); await figma.clientStorage.getAsync('a')`,
      'in getAsync: The plugin was closed',
    ],
    [
      'createImage throws',
      `figma.closePlugin(); figma.createImage(new Uint8Array(3))`,
      'in createImage: The plugin was closed',
    ],
    [
      'posting to the window throws',
      `figma.showUI(''); figma.closePlugin(); figma.ui.postMessage(1)`,
      'in postMessage: The plugin was closed',
    ],
    ['closing twice is no error', `figma.closePlugin(); figma.closePlugin(); return 'closed'`, 'closed'],
    [
      'the handlers of close may still read',
      `${PHOTO} figma.on('close', () => console.log(photo.name)); figma.closePlugin(); await null`,
      'Photo',
    ],
  ],
  'globals that Figma lacks': [
    [
      'are absent',
      `return ['TextEncoder', 'TextDecoder', 'atob', 'btoa', 'crypto', 'URL', 'Blob', 'FormData', 'AbortController', 'Intl', 'performance', 'queueMicrotask', 'structuredClone', 'WebAssembly', 'Worker', 'window', 'document', 'navigator', 'localStorage', 'require', 'process', '__host', '__setup', 'scriptArgs', 'std', 'os'].filter((name) => name in globalThis)`,
      '[]',
    ],
    ['Object.hasOwn is one of them', `return typeof Object.hasOwn`, 'undefined'],
    [
      'those that Figma declares are there',
      `return ['figma', 'console', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'fetch'].filter((name) => !(name in globalThis))`,
      '[]',
    ],
    [
      'fetch says that the stand-in lacks it',
      `fetch('https://example.com')`,
      'fetch exists in Figma but is not implemented by this host',
    ],
    [
      'base64 is figma’s',
      `return figma.base64Encode(new Uint8Array([1, 2, 3, 4])) + figma.base64Decode('AQIDBA==').length`,
      'AQIDBA==4',
    ],
  ],
};

function pattern(): string {
  return `{ type: 'PATTERN', sourceNodeId: '$photo', tileType: 'RECTANGULAR', scalingFactor: 1, spacing: { x: 0, y: 0 }, horizontalAlignment: 'START' }`;
}

for (const [group, cases] of Object.entries(CASES)) {
  describe(group, () => {
    test.for(cases)('%s', async ([_behaviour, lines, expected]) => {
      const { document, hash, ids } = scene();
      const filled = (text: string): string =>
        text.replace(/\$(\w+)/g, (_all, name: string) => (name === 'hash' ? hash : (ids[name] ?? `$${name}`)));
      const printed = await outcome(filled(lines), { document });
      if (typeof expected === 'string') expect(printed).toContain(filled(expected));
      else expect(printed).toMatch(expected);
    });
  });
}

describe('code that Figma refuses', () => {
  test.for([
    ['import(', 'const text = "import("; console.log(1)'],
    ['<!--', 'console.log(1) // <!-- '],
    ['-->', 'let n = 3; while (n-->0); console.log(1)'],
  ] as const)('%s anywhere, strings and comments included', async ([text, code]) => {
    const host = await pluginHost(code);
    await host.run('go');
    expect(host.surface.console()).toHaveLength(1);
    expect(host.surface.console()[0]?.text).toMatch(/^SyntaxError: possible/);
    expect(host.surface.console()[0]?.text).toContain(text);
    expect(host.running()).toBe(false);
  });
});
