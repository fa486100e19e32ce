/** Puts the fault machine's door in front of one of the two servers. */
import type { FastifyInstance, FastifyServerOptions, InjectOptions } from 'fastify';
import { openDoor } from '../faults/door';
import type { Context } from './context';
import { isOwnAddress } from './control';
import { originHeaders } from './cors';

/** `app` is asked for only when a request comes. */
export function faultyServer(
  context: Context,
  origin: 'api' | 'files',
  app: () => FastifyInstance,
): Pick<FastifyServerOptions, 'serverFactory' | 'forceCloseConnections'> {
  const { options, machine, kind, store, goDown, closing } = context;
  return {
    forceCloseConnections: true,
    serverFactory: (handler) =>
      openDoor(
        origin,
        {
          options,
          machine,
          modelType: kind,
          jobs: store.list,
          cors: ({ headers }) => originHeaders(headers.origin, options),
          isOwn: (address) => origin === 'api' && isOwnAddress(address),
          goDown,
          closing,
        },
        (request) => app().inject(request as InjectOptions),
        handler,
      ),
  };
}
