/**
 * Cross-origin answers. The panel is a frame with the origin `null`; pages on this machine are the playground and
 * tests. No other page of the web gets an answer it may read, and none is asked for cookies.
 */
import type { FastifyInstance } from 'fastify';

const LOOPBACK = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** A page of this machine, on any port. */
export const isLoopbackOrigin = (origin: string): boolean => LOOPBACK.test(origin);

export interface CorsOptions {
  /** Response headers that a page may read. */
  readonly exposeHeaders: readonly string[];
  /** Request headers that a page may send. */
  readonly allowHeaders: readonly string[];
}

/** What lets a page of this origin read an answer; nothing for a page that may not. */
export function originHeaders(
  origin: string | undefined,
  { exposeHeaders }: Pick<CorsOptions, 'exposeHeaders'>,
): Readonly<Record<string, string>> {
  if (origin !== 'null' && (origin === undefined || !LOOPBACK.test(origin))) return { vary: 'Origin' };
  const exposed = exposeHeaders.length === 0 ? {} : { 'access-control-expose-headers': exposeHeaders.join(', ') };
  return { vary: 'Origin', 'access-control-allow-origin': origin, ...exposed };
}

/** For every route that is added after it. 421 for a name of the host that is not this machine's own. */
export function allowOrigins(app: FastifyInstance, { exposeHeaders, allowHeaders }: CorsOptions): void {
  app.addHook('onRequest', async (request, reply) => {
    // A foreign name that was made to point at this machine would be "same origin" to its page.
    if (!LOOPBACK_HOST.test(request.headers.host ?? '')) {
      return reply.code(421).send({ message: 'This engine answers to localhost and 127.0.0.1 only.', code: 421 });
    }
    const headers = originHeaders(request.headers.origin, { exposeHeaders });
    void reply.headers(headers);
    if (!('access-control-allow-origin' in headers)) return;
    if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) return;
    void reply.header('Access-Control-Allow-Methods', 'GET, HEAD, POST, DELETE');
    void reply.header('Access-Control-Allow-Headers', allowHeaders.join(', '));
    void reply.header('Access-Control-Max-Age', '600');
    // Figma's page is public and this machine is not: Chromium asks before it lets the one call the other.
    if (request.headers['access-control-request-private-network'] === 'true') {
      void reply.header('Access-Control-Allow-Private-Network', 'true');
    }
    return reply.code(204).send();
  });
}
