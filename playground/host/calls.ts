/**
 * Every message between the script inside the VM (guest) and the host: one synchronous function out, one entry in.
 * `SyncCalls` answer at once; `AsyncCalls` answer by a later `settle` turn.
 */
import type { NodeData, NodeType, Paint, Patch } from '../document/node';
import type { Rect, Transform, Vec } from '../document/transform';
import type { PaintStyleData } from '../document/tree';
import type { ChangedNode } from './changes';
import type { Parameters } from './run';

export interface SyncCalls {
  'node.get': { readonly ask: { readonly id: string }; readonly answer: NodeData | null };
  'node.place': { readonly ask: { readonly id: string }; readonly answer: NodePlace };
  'node.create': { readonly ask: { readonly type: NodeType }; readonly answer: string };
  'node.write': { readonly ask: { readonly id: string; readonly patch: Patch }; readonly answer: null };
  'node.insert': {
    readonly ask: { readonly id: string; readonly parent: string; readonly index: number };
    readonly answer: null;
  };
  'node.remove': { readonly ask: { readonly id: string }; readonly answer: null };
  'node.clone': { readonly ask: { readonly id: string }; readonly answer: string };
  'node.group': {
    readonly ask: { readonly ids: readonly string[]; readonly parent: string; readonly index: number };
    readonly answer: string;
  };
  'node.instance': { readonly ask: { readonly component: string }; readonly answer: string };
  'node.insideInstance': { readonly ask: { readonly id: string }; readonly answer: boolean };
  'node.pageOf': { readonly ask: { readonly id: string }; readonly answer: string | null };
  'style.get': { readonly ask: { readonly id: string }; readonly answer: PaintStyleData | null };
  'style.create': { readonly ask: Nothing; readonly answer: string };
  'style.write': { readonly ask: { readonly style: PaintStyleData }; readonly answer: null };
  'style.remove': { readonly ask: { readonly id: string }; readonly answer: null };
  'selection.get': { readonly ask: { readonly page: string }; readonly answer: readonly string[] };
  'selection.set': { readonly ask: { readonly page: string; readonly ids: readonly string[] }; readonly answer: null };
  'page.current': { readonly ask: Nothing; readonly answer: string };
  /** Whether the plugin may read what is on the page: the open page and those it loaded. */
  'page.loaded': { readonly ask: { readonly id: string }; readonly answer: boolean };
  'image.add': { readonly ask: { readonly bytes: Uint8Array }; readonly answer: string };
  'image.has': { readonly ask: { readonly hash: string }; readonly answer: boolean };
  'ui.show': { readonly ask: UiOptions & { readonly html: string }; readonly answer: null };
  'ui.change': { readonly ask: Partial<Pick<UiOptions, 'visible' | 'width' | 'height'>>; readonly answer: null };
  'ui.close': { readonly ask: Nothing; readonly answer: null };
  'ui.post': { readonly ask: { readonly message: unknown }; readonly answer: null };
  'notice.show': { readonly ask: Notice; readonly answer: null };
  'notice.cancel': { readonly ask: { readonly id: number }; readonly answer: null };
  'undo.commit': { readonly ask: Nothing; readonly answer: null };
  'undo.trigger': { readonly ask: Nothing; readonly answer: null };
  'timer.set': {
    readonly ask: { readonly id: number; readonly milliseconds: number; readonly repeat: boolean };
    readonly answer: null;
  };
  'timer.clear': { readonly ask: { readonly id: number }; readonly answer: null };
  'console.write': { readonly ask: { readonly level: ConsoleLevel; readonly text: string }; readonly answer: null };
  'plugin.close': { readonly ask: { readonly message: string | null }; readonly answer: null };
  'link.open': { readonly ask: { readonly address: string }; readonly answer: null };
  'viewport.get': { readonly ask: Nothing; readonly answer: Viewport };
  'viewport.set': { readonly ask: Partial<Pick<Viewport, 'center' | 'zoom'>>; readonly answer: null };
  'viewport.show': { readonly ask: { readonly ids: readonly string[] }; readonly answer: null };
  'suggestion.answer': {
    readonly ask: { readonly id: number; readonly suggestion: Suggestion };
    readonly answer: null;
  };
}

export interface AsyncCalls {
  'page.open': { readonly ask: { readonly id: string }; readonly answer: null };
  /** Null = all pages. */
  'page.load': { readonly ask: { readonly id: string | null }; readonly answer: null };
  'node.find': { readonly ask: { readonly id: string }; readonly answer: boolean };
  'style.find': { readonly ask: { readonly id: string }; readonly answer: boolean };
  'style.list': { readonly ask: Nothing; readonly answer: readonly string[] };
  'node.instances': { readonly ask: { readonly component: string }; readonly answer: readonly string[] };
  'image.bytes': { readonly ask: { readonly hash: string }; readonly answer: Uint8Array };
  'image.size': {
    readonly ask: { readonly hash: string };
    readonly answer: { readonly width: number; readonly height: number };
  };
  'node.export': {
    readonly ask: { readonly id: string; readonly settings: ExportSettings };
    readonly answer: Uint8Array;
  };
  'storage.get': { readonly ask: { readonly key: string }; readonly answer: unknown };
  'storage.set': { readonly ask: { readonly key: string; readonly value: unknown }; readonly answer: null };
  'storage.delete': { readonly ask: { readonly key: string }; readonly answer: null };
  'storage.keys': { readonly ask: Nothing; readonly answer: readonly string[] };
}

export type Nothing = Record<string, never>;
export type ConsoleLevel = 'log' | 'info' | 'warn' | 'error';

export interface NodePlace {
  readonly absolute: Transform;
  readonly absoluteBox: Rect;
  /** In the coordinates that the node's own transform is written in. */
  readonly relativeBox: Rect;
}

export interface Viewport {
  readonly center: Vec;
  readonly zoom: number;
  readonly bounds: Rect;
}

export interface UiOptions {
  readonly visible: boolean;
  readonly title: string | null;
  readonly width: number;
  readonly height: number;
  readonly themeColors: boolean;
}

export interface Notice {
  readonly id: number;
  /** At most 100 characters: the rest is cut. */
  readonly text: string;
  readonly error: boolean;
  /** Milliseconds, Infinity = until it is dismissed. */
  readonly timeout: number;
  /** The button's text, or null. */
  readonly button: string | null;
}

export interface ExportSettings {
  readonly format: 'PNG' | 'JPG';
  readonly constraint: { readonly type: 'SCALE' | 'WIDTH' | 'HEIGHT'; readonly value: number };
}

export type Suggestion =
  | { readonly kind: 'list'; readonly items: readonly { readonly name: string; readonly data: unknown }[] }
  | { readonly kind: 'error'; readonly text: string }
  | { readonly kind: 'loading'; readonly text: string };

/** What the host tells the guest, one at a time; jobs are drained after each. */
export type Turn =
  | { readonly type: 'settle'; readonly call: number; readonly ok: true; readonly value: unknown }
  | { readonly type: 'settle'; readonly call: number; readonly ok: false; readonly message: string }
  | { readonly type: 'timer'; readonly id: number }
  | { readonly type: 'run'; readonly command: string; readonly parameters: Parameters | undefined }
  | { readonly type: 'selectionchange' | 'currentpagechange' | 'close' }
  | { readonly type: 'changes'; readonly changes: readonly ChangedNode[]; readonly styles: boolean }
  | { readonly type: 'message'; readonly message: unknown; readonly origin: string }
  | { readonly type: 'notice'; readonly id: number; readonly reason: 'timeout' | 'dismiss' | 'action_button_click' }
  | {
      readonly type: 'suggest';
      readonly id: number;
      readonly key: string;
      readonly query: string;
      readonly parameters: Parameters;
    };

/** What the guest is told once, before the plugin's code. */
export interface GuestSetup {
  readonly command: string;
  readonly editorType: string;
  readonly html: string | null;
  readonly pluginId: string;
  /** `session` is the window's. */
  readonly user: { readonly id: string; readonly name: string; readonly session: number } | null;
  /** True while quick actions ask for suggestions: nothing may be written or shown. */
  readonly query: boolean;
  /** Toasts of earlier runs keep their numbers. */
  readonly lastNotice: number;
  readonly relaunchCommands: readonly string[];
  /** Names of Figma's members by interface: what the fake lacks is told apart from what Figma lacks. */
  readonly members: { readonly [interfaceName: string]: readonly string[] };
}

/** What a refused call answers; the guest throws it as `in <member>: <refused>`. */
export interface Refusal {
  readonly refused: string;
}

export type { Paint };
