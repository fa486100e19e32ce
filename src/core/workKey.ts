/**
 * Names a piece of work: the same picture, model, parameters and result format give the same key, and the same key
 * is paid once. The service it is for stands beside it in the order, not in it.
 */
import { type ContentHash, contentHash } from './ids';
import { type FaceParameters, NUMBER_PARAMETERS, RANGES, REFERENCE_WIRE_NAME } from './parameters';

export const MODEL = 'Faces';
/** Asked for because PNG chunks carry CRCs: a flipped bit in a JPEG cannot be seen. */
export const OUTPUT_FORMAT = 'png';

export function workKey(content: ContentHash, parameters: FaceParameters): string {
  const numbers = NUMBER_PARAMETERS.map((name) => `${RANGES[name].wire}=${parameters[name]}`);
  const reference = parameters.referenceUri === null ? [] : [`${REFERENCE_WIRE_NAME}=${parameters.referenceUri}`];
  return [content, MODEL, ...numbers, ...reference, OUTPUT_FORMAT].join('|');
}

/** The hash of the picture that the work is done on; null when the key is not one of ours. */
export function contentOf(key: string): ContentHash | null {
  const [content = ''] = key.split('|');
  return /^[0-9a-f]{64}$/.test(content) ? contentHash(content) : null;
}
