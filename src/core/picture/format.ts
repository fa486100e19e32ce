/**
 * What a file is, by its first bytes. A label (file name, MIME type, Figma's own word) is never believed.
 * Signatures: PNG 1.2 5.2, ITU T.81 B.1.1.3, GIF89a 17, RIFF/WebP container, TIFF 6.0 section 2, ISO/IEC 23008-12 brands.
 */
export type PictureFormat = 'png' | 'jpeg' | 'gif' | 'webp' | 'tiff' | 'bmp' | 'avif' | 'heic';
/** What is not a picture but comes in its place when a server or a disk fails. */
export type OtherContent = 'empty' | 'html' | 'xml' | 'json' | 'video' | 'unknown';

const ascii = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, Math.min(to, bytes.length)));

const startsWith = (bytes: Uint8Array, ...signature: readonly number[]): boolean =>
  bytes.length >= signature.length && signature.every((value, index) => bytes[index] === value);

/** The format the bytes begin with. Looks at 64 bytes at most; says nothing about whether the rest is whole. */
export function sniff(bytes: Uint8Array): PictureFormat | OtherContent {
  if (bytes.length === 0) return 'empty';
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  if (startsWith(bytes, 0xff, 0xd8, 0xff)) return 'jpeg';
  const head = ascii(bytes, 0, 64);
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'gif';
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'webp';
  if (startsWith(bytes, 0x49, 0x49, 0x2a, 0) || startsWith(bytes, 0x4d, 0x4d, 0, 0x2a)) return 'tiff';
  if (head.slice(4, 8) === 'ftyp') return isoBrand(head.slice(8, 12));
  if (head.startsWith('BM') && bytes.length > 26) return 'bmp';
  return text(head);
}

/**
 * True also for formats that we know but cannot read (TIFF, HEIC): what can be opened is for `openPicture` to say.
 */
export function isPicture(content: PictureFormat | OtherContent): content is PictureFormat {
  return !['empty', 'html', 'xml', 'json', 'video', 'unknown'].includes(content);
}

function isoBrand(brand: string): PictureFormat | OtherContent {
  if (brand === 'avif' || brand === 'avis') return 'avif';
  if (['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1'].includes(brand)) return 'heic';
  return 'video';
}

function text(head: string): OtherContent {
  const start = head
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
    .toLowerCase();
  if (start.startsWith('<!doctype html') || start.startsWith('<html')) return 'html';
  if (start.startsWith('<?xml') || start.startsWith('<error')) return 'xml';
  if (start.startsWith('{') || start.startsWith('[')) return 'json';
  return 'unknown';
}
