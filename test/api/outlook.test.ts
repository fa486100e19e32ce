import { describe, expect, it } from 'vitest';
import { createOutlook } from '../../src/api/outlook';
import { DENSITY, etaWindow } from '../../src/core/pace/poll';

const ESTIMATE = 20;

describe('the outlook on a job', () => {
  it('is the estimate until a pace was seen, and then the pace', () => {
    const outlook = createOutlook();
    expect(outlook.window(null)).toBeNull();
    outlook.see(2.5, 0.1);
    expect(outlook.window(ESTIMATE)).toEqual(etaWindow(ESTIMATE));
    expect(outlook.density(2.5, ESTIMATE)).toBe(DENSITY.probing);
    outlook.see(12.5, 0.6);
    expect(outlook.window(ESTIMATE)!.to).toBeCloseTo(12.5 + 1.2 * 8 + 0.3, 9);
    expect(outlook.density(12.5, ESTIMATE)).toBe(DENSITY.close);
  });

  it('asks for the status while much is open and progress tells, and for the download near the end', () => {
    const outlook = createOutlook();
    outlook.see(2.5, 0.1);
    expect(outlook.question(16, outlook.window(ESTIMATE))).toBe('status');
    outlook.see(16, 0.9);
    const window = outlook.window(ESTIMATE)!;
    expect(window.to - window.from).toBeLessThan(4);
    expect(outlook.question(window.from, window)).toBe('download');
  });

  it('asks for the download where progress says nothing: there is none, or it does not move', () => {
    for (const stuck of [null, 0, 0.04]) {
      const outlook = createOutlook();
      outlook.see(2.5, stuck);
      outlook.see(15.3, stuck);
      expect(outlook.window(ESTIMATE)).toEqual(etaWindow(ESTIMATE));
      expect(outlook.question(15.5, outlook.window(ESTIMATE))).toBe('download');
    }
  });

  it('reads the status every third time all the same: a job that failed has no download', () => {
    const outlook = createOutlook();
    outlook.see(2.5, null);
    const window = outlook.window(ESTIMATE);
    const asked = [16, 17, 18, 19, 20, 21].map((t) => outlook.question(t, window));
    expect(asked).toEqual(['download', 'download', 'status', 'download', 'download', 'status']);
  });

  it('looks gently at a job that puts off its end again and again', () => {
    const outlook = createOutlook();
    outlook.see(2.5, 0.1);
    outlook.see(12.5, 0.6);
    for (let t = 21; t < 100; t += 1) {
      outlook.question(t, outlook.window(ESTIMATE));
      outlook.see(t, 0.6 + t / 1000);
    }
    expect(outlook.density(100, ESTIMATE)).toBe(DENSITY.gentle);
  });
});
