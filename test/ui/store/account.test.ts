import { expect, test } from 'vitest';
import { createSession } from '../../../src/ui/store/session';
import { fakeHost } from '../fakes/host';
import { fakeService } from '../fakes/service';
import { fakeWorld, settled } from '../fakes/session';
import { fakeStudio } from '../fakes/studio';

test('a panel that is closed while the credits are being asked for leaves no error behind', async () => {
  const asked: AbortSignal[] = [];
  const { service } = fakeService();
  const session = createSession({
    host: fakeHost().host,
    studio: fakeStudio(),
    world: fakeWorld(),
    service: {
      ...service,
      balance: (_world, _at, signal) => {
        asked.push(signal);
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
    },
  });
  await session.deeds.open();
  await settled();
  const left: unknown[] = [];
  const hear = (reason: unknown): void => void left.push(reason);
  process.on('unhandledRejection', hear);
  session.close();
  await settled();
  process.off('unhandledRejection', hear);
  expect(asked.map(({ aborted }) => aborted)).toEqual([true]);
  expect(left).toEqual([]);
});
