/**
 * Abort signals of plain objects, for the random schedules alone: Node's own take more than half of a schedule's time
 * (an event target, a DOMException with its stack, weak references). A test holds the two to the same requests.
 */

type Hear = () => void;

class LightSignal {
  aborted = false;
  reason: unknown = undefined;
  readonly hearers: Hear[] = [];
  readonly followers: LightSignal[] = [];

  addEventListener(_type: string, hear: Hear): void {
    if (!this.aborted) this.hearers.push(hear);
  }

  removeEventListener(_type: string, hear: Hear): void {
    const place = this.hearers.indexOf(hear);
    if (place >= 0) this.hearers.splice(place, 1);
  }

  throwIfAborted(): void {
    if (this.aborted) throw this.reason;
  }

  static any(signals: readonly LightSignal[]): LightSignal {
    const follower = new LightSignal();
    const over = signals.find(({ aborted }) => aborted);
    if (over !== undefined) mark(over.reason, [follower]);
    else for (const signal of signals) signal.followers.push(follower);
    return follower;
  }
}

/** All that follow are aborted before the first listener hears of it, as the standard has it. */
function mark(reason: unknown, signals: readonly LightSignal[]): LightSignal[] {
  const fresh: LightSignal[] = [];
  for (const signal of signals) {
    if (signal.aborted) continue;
    signal.aborted = true;
    signal.reason = reason;
    fresh.push(signal, ...mark(reason, signal.followers));
  }
  return fresh;
}

const ABORTED = new Error('Aborted');

class LightController {
  readonly signal = new LightSignal();

  abort(reason: unknown = ABORTED): void {
    for (const signal of mark(reason, [this.signal])) {
      for (const hear of signal.hearers.splice(0)) hear();
    }
  }
}

/** Runs `act` with the light signals in the place of Node's own. */
export async function withLightSignals<Value>(act: () => Promise<Value>): Promise<Value> {
  const { AbortController: controller, AbortSignal: signal } = globalThis;
  // They have all of the shape that the client uses; whatever else it came to use would fail at once.
  globalThis.AbortController = LightController as unknown as typeof AbortController;
  globalThis.AbortSignal = LightSignal as unknown as typeof AbortSignal;
  try {
    return await act();
  } finally {
    globalThis.AbortController = controller;
    globalThis.AbortSignal = signal;
  }
}
