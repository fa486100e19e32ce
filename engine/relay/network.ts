/** Names to addresses, and a request to one of them: all that the relay can do outside, in one place. */
import { lookup } from 'node:dns/promises';
import * as http from 'node:http';
import * as https from 'node:https';
import { isIP } from 'node:net';

export interface Opening {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Network {
  /** All addresses of a name; rejects when there are none. */
  readonly resolve: (host: string) => Promise<readonly string[]>;
  /** Begins a request to `url` at this address and no other, whatever the name may mean by now. */
  readonly open: (url: URL, address: string, opening: Opening) => http.ClientRequest;
}

/**
 * The machine's resolver and Node's own clients. A name is resolved once, and the address that was checked is the
 * one that is called.
 */
export function realNetwork(): Network {
  return {
    resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
    open: (url, address, { method, headers }) => {
      const family = isIP(address);
      const send = url.protocol === 'https:' ? https.request : http.request;
      return send(url, {
        method,
        // A server that refuses an upload early reads on when the connection is to stay, instead of breaking it.
        headers: { ...headers, Connection: 'keep-alive' },
        // A connection of its own: one that was kept open may be dead, and a submission is never sent twice.
        agent: false,
        lookup: (_host, options, done) => {
          if (options.all === true) done(null, [{ address, family }]);
          else done(null, address, family);
        },
      });
    },
  };
}
