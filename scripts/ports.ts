/** Servers of this project keep their usual ports where they can, so that addresses stay the same from day to day. */
import { createServer } from 'node:net';

/** The wanted port of 127.0.0.1 when it is free, else the next free one of the following ten, else 0 (any). */
export async function freePort(wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + 10; port += 1) if (await isFree(port)) return port;
  return 0;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
