/** What a benchmark found, as a table that is printed to a terminal or written into a document. */
export interface Table {
  readonly title: string;
  /** Of each column; the first names the rows. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Sentences below it. */
  readonly notes: readonly string[];
}

/** What a benchmark found, and what was wrong with it: one sentence each, which makes the command fail. */
export interface Report {
  readonly tables: readonly Table[];
  readonly wrong: readonly string[];
}

/** Columns side by side: the first from the left, numbers from the right. */
export function asText({ title, head, rows, notes }: Table): string {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    widths
      .map((width, column) => {
        const cell = cells[column] ?? '';
        return column === 0 ? cell.padEnd(width) : cell.padStart(width + 3);
      })
      .join('')
      .trimEnd();
  return ['', title, line(head), ...rows.map(line), ...notes].join('\n');
}

export function asMarkdown({ title, head, rows, notes }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const marks = head.map((_, column) => (column === 0 ? '---' : '---:'));
  return [`### ${title}`, '', line(head), line(marks), ...rows.map(line), '', ...notes.map((note) => `${note}\n`)].join(
    '\n',
  );
}

/** Prints the tables; the exit code is 1 when something was wrong. */
export function print({ tables, wrong }: Report): void {
  for (const table of tables) console.log(asText(table));
  for (const what of wrong) console.error(what);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}

export const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
export const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 2 : 1)} MB`;

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};
export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
