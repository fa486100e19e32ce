/**
 * Watches a submission (multipart/form-data) as it streams by: the fields and the picture's name are read before a byte
 * goes on, the picture itself is only looked through for the end of its part. It must be the last part, as the client
 * writes it: what follows a picture could not be checked before the service has it.
 */
import { Transform, type TransformCallback } from 'node:stream';

/** Fields with which the service fetches, calls or reuses something that is not in the upload. */
const REFUSED_FIELDS = ['source_url', 'source_id', 'webhook_url'];

/** Bytes of everything before the picture. */
const HEAD_LIMIT = 64 * 1024;
const DISPOSITION = /^form-data; name="([^"\r\n]*)"(?:; filename="([^"\r\n]*)")?$/;

/** Why the form is not taken: the message is the answer's. */
export class FormRefusal extends Error {
  constructor(
    readonly status: 400 | 413,
    message: string,
  ) {
    super(message);
  }
}

/** The boundary of a Content-Type; null when it is no form. */
export function boundaryOf(contentType: string | undefined): string | null {
  const match = /^multipart\/form-data;\s*boundary=(?:"([^"\r\n]{1,70})"|([^\s;"]{1,70}))$/i.exec(contentType ?? '');
  return match?.[1] ?? match?.[2] ?? null;
}

export class FormWatch extends Transform {
  /** The picture's file name, as soon as everything before the picture is found right. */
  readonly fileName: Promise<string>;
  #named!: (name: string) => void;
  #refuse!: (reason: unknown) => void;
  readonly #delimiter: Buffer;
  #state: 'head' | 'picture' | 'end' = 'head';
  #held: Buffer = Buffer.alloc(0);
  #total = 0;

  /** `limit`: bytes of the whole form. */
  constructor(
    boundary: string,
    readonly limit: number,
  ) {
    super();
    this.#delimiter = Buffer.from(`\r\n--${boundary}`);
    this.fileName = new Promise((resolve, reject) => {
      this.#named = resolve;
      this.#refuse = reject;
    });
    // Whoever asks hears it; that nobody asked yet is no failure of the process.
    this.fileName.catch(() => undefined);
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#total += chunk.length;
    try {
      if (this.#total > this.limit) throw new FormRefusal(413, 'The upload is too large.');
      this.#take(chunk);
      done();
    } catch (refusal) {
      done(refusal as Error);
    }
  }

  override _flush(done: TransformCallback): void {
    done(this.#state === 'end' ? null : new FormRefusal(400, 'The form has no end.'));
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#refuse(error ?? new FormRefusal(400, 'The form was cut off.'));
    done(error);
  }

  #take(chunk: Buffer): void {
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    if (this.#state === 'head') this.#head(bytes);
    else if (this.#state === 'picture') this.#picture(bytes);
    else this.#afterEnd(chunk);
  }

  #head(bytes: Buffer): void {
    const head = readHead(bytes, this.#delimiter);
    if (head === null) {
      if (bytes.length > HEAD_LIMIT) throw new FormRefusal(400, 'There is no picture in the form.');
      this.#held = bytes;
      return;
    }
    this.#state = 'picture';
    this.#named(head.fileName);
    this.push(bytes.subarray(0, head.length));
    this.#picture(bytes.subarray(head.length));
  }

  #picture(bytes: Buffer): void {
    const length = this.#delimiter.length;
    const at = bytes.indexOf(this.#delimiter);
    const safe = at === -1 ? bytes.length - (length - 1) : at;
    if (safe > 0) this.push(bytes.subarray(0, safe));
    this.#held = safe > 0 ? bytes.subarray(safe) : bytes;
    if (at === -1 || this.#held.length < length + 2) return;
    if (this.#held.toString('latin1', length, length + 2) !== '--')
      throw new FormRefusal(400, 'The picture must be the last part of the form.');
    this.#state = 'end';
    const end = this.#held;
    this.#held = Buffer.alloc(0);
    this.push(end.subarray(0, length + 2));
    this.#afterEnd(end.subarray(length + 2));
  }

  #afterEnd(bytes: Buffer): void {
    this.#held = Buffer.concat([this.#held, bytes]);
    if (this.#held.length > 2 || !'\r\n'.startsWith(this.#held.toString('latin1')))
      throw new FormRefusal(400, 'Something follows the end of the form.');
    this.push(bytes);
  }
}

/** Null while more is needed. `length`: bytes up to the picture's first one. */
function readHead(bytes: Buffer, delimiter: Buffer): { readonly fileName: string; readonly length: number } | null {
  const first = delimiter.subarray(2);
  const begun = Math.min(bytes.length, first.length);
  if (first.compare(bytes, 0, begun, 0, begun) !== 0) throw new FormRefusal(400, 'The form does not begin as one.');
  let at = first.length;
  for (;;) {
    const end = bytes.indexOf('\r\n\r\n', at);
    if (end === -1) {
      if (bytes.toString('latin1', at, at + 2) === '--') throw new FormRefusal(400, 'There is no picture in the form.');
      return null;
    }
    if (bytes.toString('latin1', at, at + 2) !== '\r\n') throw new FormRefusal(400, 'The form cannot be read.');
    const { name, fileName } = partOf(bytes.toString('utf8', at + 2, end));
    if (name === 'image' && fileName !== null) return { fileName, length: end + 4 };
    if (fileName !== null) throw new FormRefusal(400, 'There is a file in the form that is no picture.');
    if (REFUSED_FIELDS.includes(name.toLowerCase())) throw new FormRefusal(400, `The relay does not take ${name}.`);
    const next = bytes.indexOf(delimiter, end + 2);
    if (next === -1) return null;
    at = next + delimiter.length;
  }
}

/** Strict on purpose: what two readers could read differently is refused. */
function partOf(headers: string): { readonly name: string; readonly fileName: string | null } {
  let found: { name: string; fileName: string | null } | null = null;
  for (const line of headers.split('\r\n')) {
    const match = /^([A-Za-z-]+): *(.*?) *$/.exec(line);
    const name = match?.[1]?.toLowerCase();
    if (name === 'content-disposition' && found === null) {
      const read = DISPOSITION.exec(match![2]!);
      if (read !== null) found = { name: read[1]!, fileName: read[2] ?? null };
    } else if (name !== 'content-type') {
      throw new FormRefusal(400, 'The form cannot be read.');
    }
  }
  if (found === null || /[\r\n\0]/.test(headers.replaceAll('\r\n', ''))) {
    throw new FormRefusal(400, 'The form cannot be read.');
  }
  return found;
}
