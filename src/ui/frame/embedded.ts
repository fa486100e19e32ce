/** The texts that the build puts into the page beside the script: the pixel worker and the face network's weights. */

/** Text of `<script type="text/plain" id=...>`, or null when the build left it empty. */
export function embeddedText(page: Document, id: string): string | null {
  const text = page.getElementById(id)?.textContent ?? '';
  return text.trim() === '' ? null : text;
}

export function fromBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
