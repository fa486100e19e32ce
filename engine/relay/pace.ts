/** Requests a minute, one bucket a person: it holds a minute's worth and fills evenly. */

export interface Pace {
  /** Null: go on. Otherwise whole seconds after which there is room again. */
  take(person: string, perMinute: number): number | null;
}

/** `now`: milliseconds. */
export function createPace(now: () => number): Pace {
  const buckets = new Map<string, { level: number; at: number }>();
  return {
    take(person, perMinute) {
      const time = now();
      const bucket = buckets.get(person) ?? { level: perMinute, at: time };
      const rate = perMinute / 60_000;
      const level = Math.min(perMinute, bucket.level + Math.max(0, time - bucket.at) * rate);
      const room = level >= 1;
      buckets.set(person, { level: room ? level - 1 : level, at: time });
      return room ? null : Math.max(1, Math.ceil((1 - level) / rate / 1000));
    },
  };
}
