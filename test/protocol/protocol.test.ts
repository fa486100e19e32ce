import { describe, expect, it } from 'vitest';
import { nodeId } from '../../src/core/ids';
import { failed, ok } from '../../src/core/result';
import { connect, type Waiting } from '../../src/protocol/connect';
import { type CallName, type HostEvent, PROTOCOL_VERSION, parseEnvelope } from '../../src/protocol/messages';
import { type Handlers, serve } from '../../src/protocol/serve';
import { settled, wire } from './ports';

const patient: Waiting = { giveUp: () => new Promise(() => undefined) };

/** Handlers of which a test names those it needs; the others must not be called. */
function handlers(some: Partial<Handlers>): Handlers {
  return some as Handlers;
}

describe('a call', () => {
  it('is answered with what its handler gives, bytes included', async () => {
    const { panel, host } = wire();
    const bytes = Uint8Array.of(1, 2, 3);
    serve(host, handlers({ 'thumbnail.read': async (ask) => ok(Uint8Array.of(...bytes, ask.width)) }));
    const answer = await connect(panel, patient).call('thumbnail.read', { nodeId: nodeId('1:2'), width: 9 });
    expect(answer).toEqual(ok(Uint8Array.of(1, 2, 3, 9)));
  });

  it('gets its own answer although others overtake it', async () => {
    const { panel, host } = wire();
    let release = (): void => undefined;
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    serve(
      host,
      handlers({
        'layer.show': async (ask) => {
          if (ask.nodeId === 'slow') await slow;
          return ask.nodeId === 'slow' ? failed({ code: 'layer-gone' }) : ok(null);
        },
      }),
    );
    const client = connect(panel, patient);
    const first = client.call('layer.show', { nodeId: nodeId('slow') });
    expect(await client.call('layer.show', { nodeId: nodeId('quick') })).toEqual(ok(null));
    release();
    expect(await first).toEqual(failed({ code: 'layer-gone' }));
  });

  it('whose handler throws, at once or later, is answered with an error and not with a throw', async () => {
    const { panel, host } = wire();
    serve(
      host,
      handlers({
        'panel.close': () => {
          throw new Error('at once');
        },
        'panel.open': async () => {
          await settled();
          throw new Error('later');
        },
      }),
    );
    const client = connect(panel, patient);
    expect(await client.call('panel.close', {})).toEqual(failed({ code: 'unexpected', detail: 'Error: at once' }));
    expect(await client.call('panel.open', { records: [], shared: [] })).toEqual(
      failed({ code: 'unexpected', detail: 'Error: later' }),
    );
  });

  it('that nobody handles is answered as such', async () => {
    const { panel, host } = wire();
    serve(host, handlers({}));
    expect(await connect(panel, patient).call('panel.close', {})).toMatchObject({ error: { code: 'unexpected' } });
  });

  it('that is not answered is given up as the waiting says, and a late answer then changes nothing', async () => {
    const { panel, host } = wire();
    let release = (): void => undefined;
    const handled = new Promise<void>((resolve) => {
      release = resolve;
    });
    serve(
      host,
      handlers({
        'record.forget': async () => {
          await handled;
          return ok(null);
        },
      }),
    );
    const given: CallName[] = [];
    const client = connect(panel, {
      giveUp: async (name) => {
        given.push(name);
        await settled();
      },
    });
    const answer = await client.call('record.forget', { key: 'x' });
    expect(answer).toEqual(failed({ code: 'host-silent' }));
    expect(given).toEqual(['record.forget']);
    release();
    await settled();
    await settled();
    expect(answer).toEqual(failed({ code: 'host-silent' }));
  });

  it('that is open when the panel closes the line is given up', async () => {
    const { panel } = wire();
    const client = connect(panel, patient);
    const open = client.call('panel.open', { records: [], shared: [] });
    client.close();
    expect(await open).toEqual(failed({ code: 'host-silent' }));
  });
});

describe('an announcement', () => {
  const event: HostEvent = { type: 'command', command: 'settings', preset: null };

  it('reaches every hearer until it stops hearing', async () => {
    const { panel, host } = wire();
    const served = serve(host, handlers({}));
    const client = connect(panel, patient);
    const heard: string[] = [];
    const stop = client.onEvent(() => heard.push('one'));
    client.onEvent(() => heard.push('other'));
    served.announce(event);
    await settled();
    stop();
    served.announce(event);
    await settled();
    expect(heard).toEqual(['one', 'other', 'other']);
  });

  it('is not heard after the line is closed', async () => {
    const { panel, host } = wire();
    const served = serve(host, handlers({}));
    const client = connect(panel, patient);
    const heard: HostEvent[] = [];
    client.onEvent((announced) => heard.push(announced));
    client.close();
    served.announce(event);
    await settled();
    expect(heard).toEqual([]);
  });
});

describe('messages of others', () => {
  const foreign: readonly unknown[] = [
    null,
    undefined,
    7,
    'figma',
    [],
    {},
    { type: 'event', event: {} },
    { recoverFaces: PROTOCOL_VERSION + 1, kind: 'call', id: 1, name: 'panel.close', ask: {} },
    { recoverFaces: String(PROTOCOL_VERSION), kind: 'call', id: 1, name: 'panel.close', ask: {} },
    { recoverFaces: PROTOCOL_VERSION, kind: 'shout' },
    { kind: 'call', id: 1, name: 'panel.close', ask: {} },
  ];

  it.each(foreign.map((message) => [message]))('%j is no envelope of ours', (message) => {
    expect(parseEnvelope(message)).toBeNull();
  });

  it('are dropped by both ends without a word', async () => {
    const { panel, host, messages, inject } = wire();
    let called = 0;
    serve(
      host,
      handlers({
        'panel.close': async () => {
          called++;
          return ok(null);
        },
      }),
    );
    const heard: HostEvent[] = [];
    connect(panel, patient).onEvent((announced) => heard.push(announced));
    for (const message of foreign) inject(message);
    await settled();
    expect([called, heard, messages]).toEqual([0, [], []]);
  });

  it('an answer to a call that nobody made changes nothing', async () => {
    const { panel, host, inject } = wire();
    serve(host, handlers({ 'panel.close': async () => ok(null) }));
    const client = connect(panel, patient);
    inject({ recoverFaces: PROTOCOL_VERSION, kind: 'reply', id: 99, answer: failed({ code: 'layer-gone' }) });
    expect(await client.call('panel.close', {})).toEqual(ok(null));
  });

  it('a name from the prototype is not a call', async () => {
    const { panel, host, messages, inject } = wire();
    serve(host, handlers({}));
    connect(panel, patient);
    inject({ recoverFaces: PROTOCOL_VERSION, kind: 'call', id: 5, name: 'toString', ask: {} });
    await settled();
    expect(messages).toMatchObject([{ kind: 'reply', id: 5, answer: { ok: false, error: { code: 'unexpected' } } }]);
  });
});
