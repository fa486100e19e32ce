/** Time, chance and the network, handed in: the panel gives the browser's, tests give their own. */
export interface World {
  readonly fetch: (address: string, init: RequestInit) => Promise<Response>;
  /** A multipart POST that tells how much of the body has gone out. The same promise as fetch otherwise. */
  readonly upload: (
    address: string,
    init: { readonly headers: Record<string, string>; readonly body: FormData; readonly signal: AbortSignal },
    onSent: (fraction: number) => void,
  ) => Promise<Response>;
  /** Monotonic milliseconds: every wait and time-out reckons with these. */
  readonly now: () => number;
  /** Unix milliseconds, for records only. */
  readonly clock: () => number;
  /** 0 <= x < 1. */
  readonly random: () => number;
  /** Rejects with the signal's reason as soon as it is aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly online: () => boolean;
  /** True when the page's content security policy has refused this host since the page was opened. */
  readonly blocked: (host: string) => boolean;
  /** Calls back when waiting should end early: wake from sleep, back online, panel visible again. */
  readonly onWake: (hear: () => void) => () => void;
}
