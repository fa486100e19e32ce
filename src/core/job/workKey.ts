/**
 * Names a piece of work: the same picture, model, parameters and result format give the same key, and the same key
 * is paid once. The service it is for stands beside it in the order, not in it.
 */
import { type ContentHash, contentHash } from '../ids';
import { type AskedWork, modelOf, workFields } from './work';

/** Asked for because PNG chunks carry CRCs: a flipped bit in a JPEG cannot be seen. */
export const OUTPUT_FORMAT = 'png';

/** `content`: of the picture that is sent. */
export function workKey(content: ContentHash, work: AskedWork): string {
  const fields = workFields(work)
    .filter(([name]) => name !== 'model')
    .map(([name, text]) => `${name}=${text}`);
  return [content, modelOf(work), ...fields, OUTPUT_FORMAT].join('|');
}

/** The hash of the picture that the work is done on; null when the key is not one of ours. */
export function contentOf(key: string): ContentHash | null {
  const [content = ''] = key.split('|');
  return /^[0-9a-f]{64}$/.test(content) ? contentHash(content) : null;
}
