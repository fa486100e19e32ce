/** Real sockets, with a clock that runs faster than the wall's so that waits do not make the tests slow. */
import type { World } from '../../src/api/world';

export function realWorld(speed: number): World {
  const now = (): number => performance.now() * speed;
  return {
    fetch: (address, init) => fetch(address, init),
    upload: async (address, { headers, body, signal }, onSent) => {
      const response = await fetch(address, { method: 'POST', headers, body, signal });
      onSent(1);
      return response;
    },
    now,
    clock: () => Date.UTC(2026, 0, 1) + now(),
    random: () => 0.5,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const timer = setTimeout(() => {
          signal.removeEventListener('abort', onAbort);
          resolve();
        }, milliseconds / speed);
        const onAbort = (): void => {
          clearTimeout(timer);
          reject(signal.reason);
        };
        signal.addEventListener('abort', onAbort, { once: true });
      }),
    online: () => true,
    blocked: () => false,
    onWake: () => () => undefined,
  };
}
