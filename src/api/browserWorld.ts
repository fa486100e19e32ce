/** The world of a browser frame. Everything starts when it is asked for, nothing on import. */
import type { World } from './world';

/** Milliseconds between two beats, and the lateness by the wall clock that means the machine slept. */
const BEAT = 1_000;
const LATE = 2_000;

/** One for each page: a host that the page's policy refused stays known to be blocked until the page is gone. */
export function browserWorld(): World {
  const blockedHosts = new Set<string>();
  document.addEventListener('securitypolicyviolation', (event) => {
    if (URL.canParse(event.blockedURI)) blockedHosts.add(new URL(event.blockedURI).host);
  });
  return {
    fetch: (address, init) => fetch(address, init),
    upload: uploadByXhr,
    now: () => performance.now(),
    clock: () => Date.now(),
    random: () => Math.random(),
    sleep,
    online: () => navigator.onLine,
    blocked: (host) => blockedHosts.has(host),
    onWake,
  };
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

/** Back online, visible again, or awake after the machine slept (seen by a beat that comes late by the wall clock). */
function onWake(hear: () => void): () => void {
  const onVisible = (): void => {
    if (document.visibilityState === 'visible') hear();
  };
  let last = Date.now();
  const beat = setInterval(() => {
    const now = Date.now();
    // A hidden page's timers are held back on purpose: that is no sleep.
    if (now - last > BEAT + LATE && document.visibilityState === 'visible') hear();
    last = now;
  }, BEAT);
  window.addEventListener('online', hear);
  document.addEventListener('visibilitychange', onVisible);
  return () => {
    clearInterval(beat);
    window.removeEventListener('online', hear);
    document.removeEventListener('visibilitychange', onVisible);
  };
}

/**
 * fetch cannot tell how much of a body has gone out; XMLHttpRequest can. It follows redirects on its own: an answer
 * from another address than the one asked is thrown away like a failed request.
 */
const uploadByXhr: World['upload'] = (address, { headers, body, signal }, onSent) =>
  new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const request = new XMLHttpRequest();
    request.open('POST', address);
    request.responseType = 'arraybuffer';
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable && event.total > 0) onSent(event.loaded / event.total);
    };
    request.upload.onload = () => onSent(1);
    const onAbort = (): void => request.abort();
    signal.addEventListener('abort', onAbort, { once: true });
    request.onloadend = () => {
      signal.removeEventListener('abort', onAbort);
      if (signal.aborted) reject(signal.reason);
      else if (request.status === 0 || !sameAddress(request.responseURL, address))
        reject(new TypeError('Upload failed'));
      else resolve(toResponse(request));
    };
    request.send(body);
  });

function sameAddress(one: string, other: string): boolean {
  return new URL(one).href === new URL(other).href;
}

function toResponse(request: XMLHttpRequest): Response {
  const headers = new Headers();
  for (const line of request
    .getAllResponseHeaders()
    .trim()
    .split(/[\r\n]+/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  // These statuses may not have a body, not even an empty one.
  const bodyless = [204, 205, 304].includes(request.status);
  return new Response(bodyless ? null : (request.response as ArrayBuffer), { status: request.status, headers });
}
