/** Whether downloaded bytes are the whole, undamaged result: signature, chunk CRCs, size. */
import type { PluginError } from '../core/errors';
import type { Size } from '../core/money/price';
import { isPicture, sniff } from '../core/picture/format';
import { inspectPng } from '../core/picture/png';
import { failed, ok, type Result } from '../core/result';

/** `expected` is the size in the status, or null when it did not say. */
export function verifyResult(bytes: Uint8Array, expected: Size | null): Result<null, PluginError> {
  const content = sniff(bytes);
  if (!isPicture(content)) return failed({ code: 'result-not-picture', content });
  if (content === 'jpeg') return endsAsJpeg(bytes) ? ok(null) : failed({ code: 'result-damaged' });
  if (content !== 'png') return failed({ code: 'result-not-picture', content: 'unknown' });
  const facts = inspectPng(bytes);
  if (!facts.ok) return failed({ code: 'result-damaged' });
  const { width, height } = facts.value;
  if (expected !== null && (expected.width !== width || expected.height !== height)) {
    return failed({ code: 'result-wrong-size', expected, actual: { width, height } });
  }
  return ok(null);
}

/** JPEG has no checksums: its end marker (FF D9), near the end, is all that shows that it is whole. */
function endsAsJpeg(bytes: Uint8Array): boolean {
  for (let at = bytes.length - 2; at >= Math.max(2, bytes.length - 64); at--) {
    if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return true;
  }
  return false;
}
