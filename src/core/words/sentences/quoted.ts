/** The service's own words, shortened, as an aside; empty when there are none worth showing. */
export function quoted(message: string): string {
  const line = message.replace(/[<>{}\s]+/g, ' ').trim();
  if (line === '') return '';
  const short = line.length > 120 ? `${line.slice(0, 119).trimEnd()}\u2026` : line.replace(/[.!]+$/, '');
  return `: \u201c${short}\u201d`;
}
