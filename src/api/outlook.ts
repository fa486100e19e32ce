/** When a job is expected to be ready by all that was seen of it so far, and what is best asked next. */
import { byPace, DENSITY, type EtaWindow, etaWindow, type Sighting } from '../core/pace/poll';

export interface Outlook {
  /** Takes down what a look showed, at `t` seconds since acceptance. */
  see(t: number, fraction: number | null): void;
  /** Null while nothing is known. `duration`: seconds by the service's estimate. */
  window(duration: number | null): EtaWindow | null;
  /** How dense looks are at `t`. */
  density(t: number, duration: number | null): number;
  /** What a look at the job itself asks for; each answer counts as such a look. */
  question(t: number, window: EtaWindow | null): 'status' | 'download';
}

/** Near the end the download is asked for directly; every third look still reads the status. */
const STATUS_EVERY = 3;
/** Seconds: a wider window is narrowed by the progress that the status tells, where it tells any. */
const VAGUE = 4;
/** Share of the first estimate without any progress after which progress says nothing. */
const STALLED = 0.1;
/** Seconds beyond twice the first estimate after which nobody waits at the edge of the chair. */
const PATIENT = 30;
/** Looks that came after the end that progress foretold; a job that stays at 99 % must not be looked at this often for ever. */
const MOST_LATE = 8;

/** For one job, from its acceptance on; its times are seconds since then. */
export function createOutlook(): Outlook {
  const sightings: Sighting[] = [];
  let looks = 0;
  /** The first estimate: one that is put off again and again is not followed as closely. */
  let promised: number | null = null;
  let late = 0;
  let foretold = Number.POSITIVE_INFINITY;
  const telling = (): boolean => {
    const last = sightings.at(-1);
    if (late >= MOST_LATE || last === undefined || (last.fraction ?? 0) <= 0) return false;
    const since = sightings.find(({ fraction }) => fraction === last.fraction)?.t ?? last.t;
    return last.t - since <= STALLED * (promised ?? 0);
  };
  const pace = (): EtaWindow | null => (telling() ? byPace(sightings) : null);
  const countLate = (t: number): void => {
    if (t > foretold) late++;
  };
  return {
    see(t, fraction) {
      countLate(t);
      sightings.push({ t, fraction });
    },
    window(duration) {
      if (duration === null) return null;
      promised ??= duration;
      const window = pace();
      foretold = window === null ? Number.POSITIVE_INFINITY : (window.from + window.to) / 2;
      return window ?? etaWindow(duration);
    },
    density(t, duration) {
      if (duration === null) return DENSITY.status;
      if (t > 2 * (promised ?? duration) + PATIENT) return DENSITY.gentle;
      return pace() === null ? DENSITY.probing : DENSITY.close;
    },
    question(t, window) {
      if (window === null || t < window.from) return 'status';
      const vague = telling() && (t > window.to || window.to - window.from > VAGUE);
      countLate(t);
      looks++;
      return vague || looks % STATUS_EVERY === 0 ? 'status' : 'download';
    },
  };
}
