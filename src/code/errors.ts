/** What Figma throws, as data. Its texts are documented in part and change: matched by what they contain. */
import type { PluginError } from '../core/errors';
import { failed, type Result } from '../core/result';

const TEXTS: readonly (readonly [RegExp, PluginError])[] = [
  [/image is too small/i, { code: 'image-refused', reason: 'too-small' }],
  [/image is too large|too large|exceeds.*4096/i, { code: 'image-refused', reason: 'too-large' }],
  [/image type is unsupported|unsupported image/i, { code: 'image-refused', reason: 'type' }],
  [/inside of an instance|is an instance|in an instance|within an instance/i, { code: 'layer-in-instance' }],
  [/read.?only|not editable|permission|view.?only/i, { code: 'layer-read-only' }],
  [/does not exist|has been removed|was removed|not found/i, { code: 'layer-gone' }],
  [/quota|storage/i, { code: 'storage-full' }],
];

/** 'unexpected', with the text as its detail, for what no pattern knows. */
export function hostError(thrown: unknown): PluginError {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const known = TEXTS.find(([pattern]) => pattern.test(text));
  return known === undefined ? { code: 'unexpected', detail: text } : known[1];
}

/** Does what may throw in the host; what it throws becomes data. */
export function attempt<Value>(act: () => Result<Value, PluginError>): Result<Value, PluginError> {
  try {
    return act();
  } catch (thrown) {
    return failed(hostError(thrown));
  }
}

/** The same for what takes time. */
export async function attemptAsync<Value>(
  act: () => Promise<Result<Value, PluginError>>,
): Promise<Result<Value, PluginError>> {
  try {
    return await act();
  } catch (thrown) {
    return failed(hostError(thrown));
  }
}
