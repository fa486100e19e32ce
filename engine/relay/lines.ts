/** A file of JSON lines that is only ever appended to. A line that was cut by a crash is left out when it is read. */
import { closeSync, existsSync, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs';

export interface Lines {
  /** On the disk when it returns. */
  append(line: object): void;
  close(): void;
}

/**
 * What each line holds, unchecked, in the order in which it was written; empty without a file. Throws where the
 * file cannot be read.
 */
export function readLines(file: string): readonly unknown[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as unknown];
      } catch {
        return [];
      }
    });
}

/** A line is on the disk when `append` returns. Only its owner may read the file. */
export function openLines(file: string): Lines {
  const cut = existsSync(file) && !/(^|\n)$/.test(readFileSync(file, 'utf8'));
  const handle = openSync(file, 'a', 0o600);
  if (cut) writeSync(handle, '\n');
  return {
    append: (line) => {
      writeSync(handle, `${JSON.stringify(line)}\n`);
      fdatasyncSync(handle);
    },
    close: () => closeSync(handle),
  };
}
