/** Takes both servers down for a while, as a machine that restarts: connections drop, new ones are refused. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Doors {
  goDown(seconds: number): void;
  /** Ends the time down at once; does nothing when they are up. */
  reopen(): Promise<void>;
}

/** `servers` are listening. Each comes back at its own port. */
export function createDoors(servers: readonly Server[]): Doors {
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  let timer: NodeJS.Timeout | null = null;
  const reopen = async (): Promise<void> => {
    if (timer === null) return;
    clearTimeout(timer);
    timer = null;
    await Promise.all(
      servers.map((server, at) => new Promise<void>((resolve) => server.listen(ports[at], '127.0.0.1', resolve))),
    );
  };
  return {
    reopen,
    goDown: (seconds) => {
      if (timer !== null) return;
      timer = setTimeout(() => void reopen(), seconds * 1000);
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}
