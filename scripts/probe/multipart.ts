/** A form with one file as its last part, as the client sends it (RFC 7578). Parts are small: all in memory. */

export interface FormFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

export interface Body {
  readonly type: string;
  readonly bytes: Uint8Array;
}

const BOUNDARY = 'recover-faces-probe-5f1c7a90e2b8';

export function multipart(fields: Readonly<Record<string, string>>, file: FormFile | null): Body {
  const head = Object.entries(fields).map(
    ([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const parts: Uint8Array[] = [Buffer.from(head.join(''))];
  if (file !== null) {
    const line = `Content-Disposition: form-data; name="image"; filename="${file.name}"`;
    parts.push(Buffer.from(`--${BOUNDARY}\r\n${line}\r\nContent-Type: ${file.type}\r\n\r\n`), file.bytes);
    parts.push(Buffer.from('\r\n'));
  }
  parts.push(Buffer.from(`--${BOUNDARY}--\r\n`));
  return { type: `multipart/form-data; boundary=${BOUNDARY}`, bytes: Buffer.concat(parts) };
}
