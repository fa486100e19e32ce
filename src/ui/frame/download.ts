/** Hands a text to the person as a file, by the browser's own way of saving. Only in answer to a press of a button. */

/** Milliseconds after which the browser has taken the bytes for certain. */
const TAKEN = 60_000;

/** `type`: the media type, such as `text/csv`. The text is written as UTF-8. */
export function download(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), TAKEN);
}
