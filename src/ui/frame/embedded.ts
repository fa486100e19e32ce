/** The texts that the build puts into the page beside the script: the pixel worker and the face network's weights. */

/** Text of `<script type="text/plain" id=...>`, or null when the build left it empty. */
export function embeddedText(page: Document, id: string): string | null {
  const text = page.getElementById(id)?.textContent ?? '';
  return text.trim() === '' ? null : text;
}
