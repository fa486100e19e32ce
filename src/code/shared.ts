/**
 * What the document carries for everybody who opens it: entries of the root's plugin data, each with who wrote it and
 * when. Keeps what it is given and understands nothing of it.
 */
import type { PluginError } from '../core/errors';
import { failed, ok, type Result } from '../core/result';
import type { SavedRecord, SharedRecord } from '../protocol/messages';
import { asOneStep } from './undo';

const KEYS = 'shared:';

type Root = Pick<DocumentNode, 'getPluginData' | 'setPluginData' | 'getPluginDataKeys'>;

/** Every readable entry whose key begins with one of these. */
export function readShared(root: Root, prefixes: readonly string[]): readonly SharedRecord[] {
  const keys = root.getPluginDataKeys().filter((key) => prefixes.some((prefix) => key.startsWith(KEYS + prefix)));
  return keys.map((key) => parseShared(key.slice(KEYS.length), root.getPluginData(key)));
}

/** `by`: the writer's name, where Figma tells it; `at`: unix milliseconds. */
export async function saveShared(
  root: Root,
  { key, value }: SavedRecord,
  by: string | null,
  at: number,
): Promise<Result<SharedRecord, PluginError>> {
  return written(() => root.setPluginData(KEYS + key, JSON.stringify({ value, by, at })), { key, value, by, at });
}

/** One undo step of its own. Nothing happens when there is no such entry. Error: shared-unwritten. */
export async function forgetShared(root: Root, key: string): Promise<Result<null, PluginError>> {
  return written(() => root.setPluginData(KEYS + key, ''), null);
}

async function written<Value>(write: () => void, value: Value): Promise<Result<Value, PluginError>> {
  try {
    await asOneStep(async () => write());
    return ok(value);
  } catch {
    // Too long, or a document that may not be edited: for the panel it is the same.
    return failed({ code: 'shared-unwritten' });
  }
}

/** What cannot be read has no value, and is the panel's to count. */
function parseShared(key: string, text: string): SharedRecord {
  const none = { key, value: null, by: null, at: 0 };
  try {
    const saved = JSON.parse(text) as { value?: unknown; by?: unknown; at?: unknown } | null;
    if (typeof saved !== 'object' || saved === null) return none;
    const { value, by, at } = saved;
    return { key, value, by: typeof by === 'string' ? by : null, at: typeof at === 'number' ? at : 0 };
  } catch {
    return none;
  }
}

/** Who works here, in which window: null without the permission, or when nobody is signed in. */
export function user(): User | null {
  try {
    return figma.currentUser;
  } catch {
    return null;
  }
}
