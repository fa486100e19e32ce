/** How formats, contents and sizes are called in sentences. */
import { megapixels, type Size } from '../money/price';
import type { OtherContent, PictureFormat } from '../picture/format';

const FORMAT_NAMES: { readonly [Format in PictureFormat]: string } = {
  png: 'PNG',
  jpeg: 'JPEG',
  gif: 'GIF',
  webp: 'WebP',
  tiff: 'TIFF',
  bmp: 'BMP',
  avif: 'AVIF',
  heic: 'HEIC',
};

const CONTENT_NAMES: { readonly [Content in OtherContent]: string } = {
  empty: 'an empty file',
  html: 'a web page',
  xml: 'an error message',
  json: 'an error message',
  video: 'a video',
  unknown: 'something unreadable',
};

/** As people write it: "JPEG", "PNG". */
export function formatName(format: PictureFormat): string {
  return FORMAT_NAMES[format];
}

/** With its article, as the object of a sentence: "a web page", "an AVIF picture". */
export function contentName(content: PictureFormat | OtherContent): string {
  if (content in CONTENT_NAMES) return CONTENT_NAMES[content as OtherContent];
  const name = FORMAT_NAMES[content as PictureFormat];
  return `${name === 'AVIF' ? 'an' : 'a'} ${name} picture`;
}

/** Bytes that a text takes in a saved record: as JSON in UTF-8, without its quotation marks. */
export function savedBytes(text: string): number {
  let bytes = -2;
  for (const letter of JSON.stringify(text)) {
    const code = letter.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** As much of the text as a record has room for; a cut one ends in an ellipsis, and no character is halved. */
export function fitted(text: string, bytes: number): string {
  if (savedBytes(text.slice(0, bytes + 1)) <= bytes) return text;
  const letters = [...text.slice(0, bytes)];
  while (letters.length > 0 && savedBytes(`${letters.join('')}\u2026`) > bytes) letters.pop();
  return `${letters.join('').trimEnd()}\u2026`;
}

/** "640 x 480 px", with the multiplication sign. */
export function sizeText(size: Size): string {
  return `${size.width} \u00d7 ${size.height} px`;
}

/** "0.3 MP", "16.8 MP", and two decimals where one would say nothing. */
export function megapixelText(size: Size): string {
  const value = megapixels(size);
  if (value < 0.01) return 'under 0.01 MP';
  return `${value.toFixed(value < 0.1 ? 2 : 1)} MP`;
}

/** "1 credit", "3 credits". */
export function creditText(count: number): string {
  return `${count} ${count === 1 ? 'credit' : 'credits'}`;
}
