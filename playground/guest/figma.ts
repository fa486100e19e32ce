/** The `figma` object. What it lacks of Figma says so when it is touched; what Figma lacks throws. */
import type { PluginAPI } from '@figma/plugin-typings/plugin-api-standalone';
import type { NodeType } from '../document/node';
import { base64Decode, base64Encode } from './base64';
import { number, require, string } from './check';
import { clientStorage } from './clientStorage';
import { events } from './events';
import { alive, data, type Guest, idOf, mayWrite } from './guest';
import { createImage, imageObject } from './image';
import { notify } from './notify';
import { owns, strictObject } from './strict';
import { styleObject } from './style';
import { showUI, uiMembers } from './ui';

const needsAsync = (use: string): string => `Cannot call with documentAccess: dynamic-page. Use ${use} instead.`;

/** The whole object; `closed` answers what the caller of `closePlugin` still has to do. */
export function figmaObject(guest: Guest, close: (message: string | null) => void): PluginAPI {
  const { bridge, setup } = guest;
  const create = (member: string, type: NodeType) => (): never => {
    mayWrite(guest, member);
    return guest.wrap(bridge.call(member, 'node.create', { type })) as never;
  };
  const refuse = (member: string, text: string): never => {
    alive(guest, member);
    throw new Error(`in ${member}: ${text}`);
  };
  const members = {
    apiVersion: '1.0.0',
    editorType: 'figma',
    mode: 'default',
    command: setup.command,
    pluginId: setup.pluginId,
    // For private plugins only, as in Figma.
    fileKey: undefined,
    // `unique symbol` has one value in all programs; this is this run's.
    mixed: guest.mixed as PluginAPI['mixed'],
    get skipInvisibleInstanceChildren() {
      return guest.state.skipInvisible;
    },
    set skipInvisibleInstanceChildren(skip) {
      guest.state.skipInvisible = skip;
    },
    get currentUser() {
      alive(guest, 'get_currentUser');
      if (setup.user === null) return refuse('get_currentUser', 'The "currentuser" permission must be in the manifest');
      return {
        id: setup.user.id,
        name: setup.user.name,
        photoUrl: null,
        color: '#7b61ff',
        sessionId: setup.user.session,
      };
    },
    get root() {
      alive(guest, 'get_root');
      return guest.wrap('0:0') as PluginAPI['root'];
    },
    get currentPage() {
      alive(guest, 'get_currentPage');
      return guest.wrap(bridge.call('get_currentPage', 'page.current', {})) as PluginAPI['currentPage'];
    },
    set currentPage(_page) {
      refuse('set_currentPage', needsAsync('figma.setCurrentPageAsync'));
    },
    setCurrentPageAsync: async (page) => {
      alive(guest, 'setCurrentPageAsync');
      await bridge.ask('setCurrentPageAsync', 'page.open', { id: idOf('setCurrentPageAsync', page) });
    },
    loadAllPagesAsync: async () => {
      alive(guest, 'loadAllPagesAsync');
      await bridge.ask('loadAllPagesAsync', 'page.load', { id: null });
      guest.state.allPagesLoaded = true;
    },
    getNodeById: () => refuse('getNodeById', needsAsync('figma.getNodeByIdAsync')),
    getNodeByIdAsync: async (id) => {
      alive(guest, 'getNodeByIdAsync');
      require('getNodeByIdAsync', 'id', id, string);
      return ((await bridge.ask('getNodeByIdAsync', 'node.find', { id })) ? guest.wrap(id) : null) as never;
    },
    getStyleById: () => refuse('getStyleById', needsAsync('figma.getStyleByIdAsync')),
    getStyleByIdAsync: async (id) => {
      alive(guest, 'getStyleByIdAsync');
      require('getStyleByIdAsync', 'id', id, string);
      return ((await bridge.ask('getStyleByIdAsync', 'style.find', { id })) ? styleObject(guest, id) : null) as never;
    },
    getLocalPaintStyles: () => refuse('getLocalPaintStyles', needsAsync('figma.getLocalPaintStylesAsync')),
    getLocalPaintStylesAsync: async () => {
      alive(guest, 'getLocalPaintStylesAsync');
      const ids = await bridge.ask('getLocalPaintStylesAsync', 'style.list', {});
      return ids.map((id) => styleObject(guest, id)) as never;
    },
    createPaintStyle: () => {
      mayWrite(guest, 'createPaintStyle');
      return styleObject(guest, bridge.call('createPaintStyle', 'style.create', {})) as never;
    },
    createRectangle: create('createRectangle', 'RECTANGLE'),
    createEllipse: create('createEllipse', 'ELLIPSE'),
    createPolygon: create('createPolygon', 'POLYGON'),
    createStar: create('createStar', 'STAR'),
    createVector: create('createVector', 'VECTOR'),
    createLine: create('createLine', 'LINE'),
    createText: create('createText', 'TEXT'),
    createFrame: create('createFrame', 'FRAME'),
    createSection: create('createSection', 'SECTION'),
    createComponent: create('createComponent', 'COMPONENT'),
    createPage: create('createPage', 'PAGE'),
    group: (nodes, parent, index) => {
      mayWrite(guest, 'group');
      const ids = nodes.map((node) => idOf('group', node));
      if (ids.length === 0) refuse('group', 'First argument must be an array of at least one node');
      const holder = idOf('group', parent);
      const at = index ?? data(guest, holder, 'group').children.length;
      return guest.wrap(bridge.call('group', 'node.group', { ids, parent: holder, index: at })) as never;
    },
    createImage: (bytes) => createImage(guest, bytes) as never,
    getImageByHash: (hash) => {
      require('getImageByHash', 'hash', hash, string);
      alive(guest, 'getImageByHash');
      return (bridge.call('getImageByHash', 'image.has', { hash }) ? imageObject(guest, hash) : null) as never;
    },
    base64Encode: (bytes) => {
      alive(guest, 'base64Encode');
      if (!(bytes instanceof Uint8Array)) refuse('base64Encode', 'Expected "data" to be a Uint8Array');
      return base64Encode(bytes);
    },
    base64Decode: (text) => {
      alive(guest, 'base64Decode');
      return base64Decode(text);
    },
    loadFontAsync: async (font) => {
      alive(guest, 'loadFontAsync');
      guest.fonts.add(`${font.family} ${'style' in font ? String(font.style) : 'Regular'}`);
    },
    showUI: (html, options) => showUI(guest, html, options),
    ui: strictMembers(guest, 'figma.ui', 'UIAPI', uiMembers(guest)) as PluginAPI['ui'],
    clientStorage: strictMembers(
      guest,
      'figma.clientStorage',
      'ClientStorageAPI',
      clientStorage(guest),
    ) as PluginAPI['clientStorage'],
    parameters: strictMembers(
      guest,
      'figma.parameters',
      'ParametersAPI',
      events(guest).parameters,
    ) as PluginAPI['parameters'],
    viewport: strictMembers(guest, 'figma.viewport', 'ViewportAPI', {
      get center() {
        return bridge.call('get_center', 'viewport.get', {}).center;
      },
      set center(center) {
        bridge.call('set_center', 'viewport.set', { center });
      },
      get zoom() {
        return bridge.call('get_zoom', 'viewport.get', {}).zoom;
      },
      set zoom(zoom) {
        require('set_zoom', 'zoom', zoom, number(0.01));
        bridge.call('set_zoom', 'viewport.set', { zoom });
      },
      get bounds() {
        return bridge.call('get_bounds', 'viewport.get', {}).bounds;
      },
      scrollAndZoomIntoView: (nodes) => {
        const ids = nodes.map((node) => idOf('scrollAndZoomIntoView', node));
        for (const id of ids) data(guest, id, 'scrollAndZoomIntoView');
        bridge.call('scrollAndZoomIntoView', 'viewport.show', { ids });
      },
    } satisfies Partial<PluginAPI['viewport']>) as PluginAPI['viewport'],
    notify: (message, options) => notify(guest, message, options),
    commitUndo: () => {
      alive(guest, 'commitUndo');
      bridge.call('commitUndo', 'undo.commit', {});
    },
    triggerUndo: () => {
      alive(guest, 'triggerUndo');
      bridge.call('triggerUndo', 'undo.trigger', {});
    },
    openExternal: (address) => {
      alive(guest, 'openExternal');
      require('openExternal', 'url', address, string);
      bridge.call('openExternal', 'link.open', { address });
    },
    closePlugin: (message) => close(message ?? null),
    ...events(guest).figma,
  } satisfies Partial<PluginAPI>;
  return strictMembers(guest, 'the figma global object', 'PluginAPI', members) as PluginAPI;
}

/** The given members and no others; `known` tells what Figma has besides. */
function strictMembers(guest: Guest, name: string, interfaceName: string, members: object): object {
  const descriptors = Object.getOwnPropertyDescriptors(members) as Readonly<Record<string, PropertyDescriptor>>;
  return strictObject({
    name,
    known: guest.setup.members[interfaceName] ?? [],
    names: () => Object.keys(members),
    member: (key) => {
      const found = owns(descriptors, key) ? descriptors[key] : undefined;
      if (found === undefined) return undefined;
      const get = found.get ?? ((): unknown => found.value);
      return found.set === undefined ? { get } : { get, set: found.set };
    },
  });
}
