// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { browserWorld } from '../../src/api/browserWorld';
import { waitUntil } from '../../src/api/wait';

afterEach(() => {
  vi.useRealTimers();
});

function hearing() {
  const world = browserWorld();
  let heard = 0;
  const stop = world.onWake(() => heard++);
  return { world, stop, heard: () => heard };
}

describe('waking up', () => {
  it('is heard when the connection is back and when the panel is visible again, until one stops hearing', () => {
    const { stop, heard } = hearing();
    window.dispatchEvent(new Event('online'));
    document.dispatchEvent(new Event('visibilitychange'));
    expect(heard()).toBe(2);
    stop();
    window.dispatchEvent(new Event('online'));
    expect(heard()).toBe(2);
  });

  it('is heard when a beat comes late by the wall clock, and not while the beats come in time', () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
    const { stop, heard } = hearing();
    vi.advanceTimersByTime(10_000);
    expect(heard()).toBe(0);
    vi.setSystemTime(Date.now() + 3_600_000);
    vi.advanceTimersByTime(1_000);
    expect(heard()).toBe(1);
    vi.advanceTimersByTime(10_000);
    expect(heard()).toBe(1);
    stop();
  });

  it('ends a wait early, and the wait leaves nothing behind', async () => {
    const world = browserWorld();
    const waiting = waitUntil(world, world.now() + 3_600_000, new AbortController().signal);
    window.dispatchEvent(new Event('online'));
    await waiting;
  });

  it('is not needed for a wait to end when it is stopped', async () => {
    const world = browserWorld();
    const stopping = new AbortController();
    const waiting = waitUntil(world, world.now() + 3_600_000, stopping.signal);
    stopping.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
  });
});

it('a host that the page was refused is remembered by its name and port', () => {
  const world = browserWorld();
  const refusal = Object.assign(new Event('securitypolicyviolation'), {
    blockedURI: 'https://api.example:444/image/v1',
  });
  document.dispatchEvent(refusal);
  document.dispatchEvent(Object.assign(new Event('securitypolicyviolation'), { blockedURI: 'inline' }));
  expect(world.blocked('api.example:444')).toBe(true);
  expect(world.blocked('api.example')).toBe(false);
});
