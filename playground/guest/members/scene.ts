/** Layers on the canvas: seen or not, locked or not, mixed with what is below, exported, copied. */
import type { ExportSettings } from '../../host/calls';
import { arrayOf, boolean, number, oneOf, require } from '../check';
import { data, mayWrite } from '../guest';
import { BLEND_MODES } from '../paintCheck';
import { field, fixed, method, type NodeMember, value } from './member';

export const sceneMembers = {
  visible: field('visible', boolean),
  locked: field('locked', boolean),
  stuckNodes: fixed([]),
  attachedConnectors: fixed([]),
  componentPropertyReferences: fixed(null),
  boundVariables: fixed({}),
  explicitVariableModes: fixed({}),
  exportSettings: fixed([]),
  clone: method(({ guest, id }) => {
    mayWrite(guest, 'clone');
    data(guest, id, 'clone');
    return guest.wrap(guest.bridge.call('clone', 'node.clone', { id }));
  }),
  exportAsync: method(async ({ guest, id }, settings) => {
    data(guest, id, 'exportAsync');
    return guest.bridge.ask('exportAsync', 'node.export', { id, settings: exportSettings(settings) });
  }),
} satisfies Readonly<Record<string, NodeMember>>;

export const blendMembers = {
  opacity: field('opacity', number(0, 1)),
  blendMode: field('blendMode', oneOf(...BLEND_MODES)),
  isMask: field('isMask', boolean),
  effects: field(
    'effects',
    arrayOf((effect, at) => (typeof effect === 'object' && effect !== null ? null : `Expected object at ${at}`)),
  ),
  effectStyleId: fixed(''),
  reactions: fixed([]),
  absoluteRenderBounds: value((node, { guest, id }) =>
    node.visible ? guest.bridge.call('get_absoluteRenderBounds', 'node.place', { id }).absoluteBox : null,
  ),
} satisfies Readonly<Record<string, NodeMember>>;

function exportSettings(given: unknown): ExportSettings {
  const settings = (given ?? { format: 'PNG' }) as Readonly<Record<string, unknown>>;
  const { format, constraint } = settings;
  if (format !== 'PNG' && format !== 'JPG') {
    throw new Error(`exportAsync({format: '${String(format)}'}) exists in Figma but is not implemented by this host`);
  }
  const known = ['format', 'constraint', 'contentsOnly', 'useAbsoluteBounds', 'suffix', 'colorProfile'];
  const odd = Object.keys(settings).filter((key) => !known.includes(key));
  if (odd.length > 0) {
    throw new Error(
      `in exportAsync: Property "settings" failed validation: Unrecognized key(s) in object: ${odd.map((key) => `'${key}'`).join(', ')}`,
    );
  }
  if (constraint === undefined) return { format, constraint: { type: 'SCALE', value: 1 } };
  const { type, value: size } = constraint as Readonly<Record<string, unknown>>;
  require('exportAsync', 'settings', type, oneOf('SCALE', 'WIDTH', 'HEIGHT'));
  require('exportAsync', 'settings', size, number(0.01));
  return { format, constraint: { type: type as 'SCALE', value: size as number } };
}
