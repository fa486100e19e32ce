/** The guest's side of the one line to the host. It runs inside the VM and knows only strings and ArrayBuffers. */
import type { NodeData } from '../document/node';
import type { AsyncCalls, Refusal, SyncCalls, Turn } from '../host/calls';
import { pack, unpack } from '../host/wire';
import { createNodes, type Nodes } from './nodes';

export type RawHost = (json: string, ...buffers: ArrayBuffer[]) => string;

export interface Bridge {
  /** Throws `in <member>: <why>` when the host refuses. */
  call<Name extends keyof SyncCalls>(
    member: string,
    name: Name,
    ask: SyncCalls[Name]['ask'],
  ): SyncCalls[Name]['answer'];
  ask<Name extends keyof AsyncCalls>(
    member: string,
    name: Name,
    ask: AsyncCalls[Name]['ask'],
  ): Promise<AsyncCalls[Name]['answer']>;
  settle(turn: Extract<Turn, { type: 'settle' }>): void;
  readonly nodes: Nodes;
}

interface Waiting {
  readonly member: string;
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/** One for each VM. A layer that was read is remembered until the plugin writes or the turn ends. */
export function createBridge(host: RawHost): Bridge {
  let lastCall = 0;
  const open = new Map<number, Waiting>();
  const send = (member: string, message: object): unknown => {
    const { json, bytes } = pack(message);
    const answer: unknown = JSON.parse(host(json, ...bytes.map(ownBuffer)));
    if (isRefusal(answer)) throw new Error(`in ${member}: ${answer.refused}`);
    return (answer as { readonly value: unknown }).value;
  };
  // The host answers by the same table of calls.
  const nodes = createNodes((id) => send('getNode', { name: 'node.get', ask: { id } }) as NodeData | null);
  return {
    nodes,
    call(member, name, ask) {
      nodes.before(name);
      return send(member, { name, ask }) as never;
    },
    ask: (member, name, ask) =>
      new Promise((resolve, reject) => {
        nodes.before(name);
        lastCall += 1;
        open.set(lastCall, { member, resolve, reject });
        send(member, { name, ask, call: lastCall });
      }),
    settle(turn) {
      const waiting = open.get(turn.call);
      open.delete(turn.call);
      if (turn.ok) waiting?.resolve(turn.value as never);
      else waiting?.reject(new Error(`in ${waiting.member}: ${turn.message}`));
    },
  };
}

/** What the host told, with its bytes put back in; nothing is checked, since only the host calls it. */
export function readTurn(json: string, buffers: readonly ArrayBuffer[]): Turn {
  const turn = unpack(
    json,
    buffers.map((buffer) => new Uint8Array(buffer)),
  );
  // The host packs only turns.
  return turn as Turn;
}

function isRefusal(answer: unknown): answer is Refusal {
  return typeof answer === 'object' && answer !== null && 'refused' in answer;
}

/** The array's own bytes and no more: a view into a larger buffer must not give away its neighbours. */
function ownBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer } = bytes;
  if (bytes.byteLength === buffer.byteLength && buffer instanceof ArrayBuffer) return buffer;
  return bytes.slice().buffer as ArrayBuffer;
}
