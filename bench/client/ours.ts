/** This project's client as the panel runs it: records are kept, the list is searched for twins, the bytes are checked. */
import { SAFE_POLICY } from '../../src/api/policy';
import { startJob } from '../../src/api/restore';
import type { Client as Shared } from '../../src/api/running';
import { createTraffic } from '../../src/api/traffic';
import type { World } from '../../src/api/world';
import { contentHash, fileId, imageHash, nodeId } from '../../src/core/ids';
import type { JobOrder } from '../../src/core/job/job';
import { workKey } from '../../src/core/job/workKey';
import { mintJobId } from '../../src/core/mint';
import { STANDARD_PARAMETERS } from '../../src/core/parameters';
import { inspectPng } from '../../src/core/picture/png';
import { ok } from '../../src/core/result';
import { type Fetch, sleep } from './network';
import type { Client } from './peers';

/** A panel of its own for each lane: one person who restores one picture after another. */
export function openPanel(far: Fetch, random: () => number): Client {
  const world: World = {
    fetch: far,
    upload: async (address, { headers, body, signal }, onSent) => {
      const response = await far(address, { method: 'POST', headers, body, signal });
      onSent(1);
      return response;
    },
    now: () => performance.now(),
    clock: () => Date.now(),
    random,
    sleep,
    online: () => true,
    blocked: () => false,
    onWake: () => () => undefined,
  };
  // The host's answer takes a few milliseconds in Figma.
  const store = { save: async () => sleep(5, null).then(() => ok(null)) };
  const shared: Shared = { world, store, traffic: createTraffic(world), policy: SAFE_POLICY };
  return async (picture, { address, key }) => {
    const watcher = { onProgress: () => undefined, onJob: () => undefined };
    const source = async () => ok({ bytes: picture, format: 'png' } as const);
    const endpoint = { address, key, name: 'Benchmark' };
    const signal = new AbortController().signal;
    const { outcome } = startJob(shared, endpoint, order(picture, address, random), source, watcher, signal);
    const result = await outcome;
    if (!result.ok) throw new Error(`The job ended with ${result.error.code}`);
    return result.value.bytes;
  };
}

function order(picture: Uint8Array, address: string, random: () => number): JobOrder {
  const facts = inspectPng(picture);
  if (!facts.ok) throw new Error('Not a PNG');
  return {
    id: mintJobId(random),
    workKey: workKey(contentHash('00'.repeat(32)), { kind: 'faces', parameters: STANDARD_PARAMETERS }),
    target: { fileId: fileId('file'), nodeId: nodeId('1:2'), paintIndex: 0, imageHash: imageHash('hash') },
    layerName: 'Portrait',
    fileName: 'Benchmark',
    work: { kind: 'faces', parameters: STANDARD_PARAMETERS },
    preset: null,
    address,
    input: { width: facts.value.width, height: facts.value.height },
    estimate: 1,
    boxes: null,
    batch: null,
    reuses: null,
    createdAt: Date.now(),
  };
}
