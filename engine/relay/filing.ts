/** A picture behind one of the relay's links: fetched while it is sent on, at the pace of whoever reads, and not kept. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { refuse } from './answer';
import type { RelayContext } from './context';
import { unseal } from './sealed';
import { passUnsent } from './service';

const PASSED = ['content-type', 'content-length', 'etag', 'last-modified'];

/**
 * Answers 403 for a link that is not ours, expired, or of a person who is no longer there, and 429 beyond that
 * person's pace. Gives the person's name for the log, "-" when it is nobody's.
 */
export async function relayFile(
  context: RelayContext,
  sealed: string,
  request: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<string> {
  const link = unseal(context.secret, sealed);
  const person = link === null ? null : context.register.byName(link.person);
  if (link === null || person === null || link.method !== request.method) {
    refuse(response, 403, 'The link is not valid.');
    return '-';
  }
  if (context.now() / 1000 >= link.expires) {
    refuse(response, 403, 'The link has expired.');
    return person.name;
  }
  const seconds = context.pace.take(person.name, person.requestsPerMinute);
  if (seconds !== null) {
    refuse(response, 429, 'Too many requests.', { 'Retry-After': String(seconds) });
    return person.name;
  }
  // Neither key nor token: the storage host knows the link alone.
  const answer = await context.outbound.send(new URL(link.address), { method: link.method, headers: {} }, null, signal);
  if (!answer.ok) passUnsent(response, answer.error);
  else await passFile(answer.value, response, context.downloadLimit);
  return person.name;
}

async function passFile(answer: IncomingMessage, response: ServerResponse, limit: number): Promise<void> {
  const status = answer.statusCode ?? 0;
  if (status < 200 || (status >= 300 && status < 400) || Number(answer.headers['content-length'] ?? 0) > limit) {
    answer.destroy();
    return passUnsent(response, 'refused');
  }
  const headers = PASSED.concat('retry-after').flatMap((name) => {
    const value = answer.headers[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  response.writeHead(status, Object.fromEntries(headers));
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > limit ? new Error('too long') : null, chunk);
    },
  });
  try {
    await pipeline(answer, counted, response);
  } catch {
    // Whoever reads sees that it is not whole: the connection ends before its time.
    response.destroy();
  }
}
