/** `figma.base64Encode` and `base64Decode` (RFC 4648, section 4). */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** With padding. The VM has no `btoa`. */
export function base64Encode(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const bits = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text += ALPHABET[bits >> 18];
    text += ALPHABET[(bits >> 12) & 63];
    text += left > 1 ? ALPHABET[(bits >> 6) & 63] : '=';
    text += left > 2 ? ALPHABET[bits & 63] : '=';
  }
  return text;
}

/** Padding may be left out. Throws for any other letter, white space too. */
export function base64Decode(text: string): Uint8Array {
  const digits = text.replace(/=+$/, '');
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let bits = 0;
  let count = 0;
  let at = 0;
  for (const digit of digits) {
    const value = ALPHABET.indexOf(digit);
    if (value < 0) throw new Error('in base64Decode: Invalid base64 string');
    bits = ((bits << 6) | value) & 0xffffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes[at++] = (bits >> count) & 0xff;
  }
  return bytes;
}
