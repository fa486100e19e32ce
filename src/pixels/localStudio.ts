/** The studio on this very thread, with the browser's codecs. What the worker's script runs. */
import { fromBase64 } from './base64';
import { browserCodec } from './codec';
import { detectFaces } from './detect/detect';
import { loadNetwork, type Network } from './detect/network';
import { createPace } from './pace';
import type { Studio } from './studio';
import { createWorkshop } from './workshop';

/** One turn of the event loop; a message port is not slowed down to 4 ms as nested timers are. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** `weights`: the packed face network in base64, read when the first faces are looked for. */
export function createLocalStudio(weights: string): Studio {
  let network: Network | null = null;
  return createWorkshop({
    codec: browserCodec(),
    pace: (signal) => createPace(signal, () => performance.now(), turn),
    findFaces: (image, signal, pace) => {
      network ??= loadNetwork(fromBase64(weights));
      return detectFaces(image, network, { signal, pause: () => pace.rest() });
    },
  });
}
