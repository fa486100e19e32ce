/**
 * Rows as comma-separated values for a spreadsheet. Form: RFC 4180 (CRLF after every row, quotes doubled). A byte order
 * mark comes first: without it Excel takes UTF-8 for the machine's old code page and spoils every accent; all others
 * skip it. A text that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, "CSV injection"),
 * because layer and file names come from whoever shares the file.
 */
const BYTE_ORDER_MARK = '\ufeff';
const ROW_END = '\r\n';

/** Numbers are written as they are, with a point; texts are made harmless and quoted where they must be. */
export function csv(rows: readonly (readonly (string | number)[])[]): string {
  return BYTE_ORDER_MARK + rows.map((row) => row.map(cell).join(',') + ROW_END).join('');
}

/** What starts a formula, also behind white space and in the wide letters of East Asian keyboards. */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
