/**
 * What all jobs of one panel share towards the service: how many are there at once, who uploads, how long nobody sends
 * after the service said that it is busy, what is known of the account, and one reading of the list for all when
 * there are several.
 */
import { type Account, createAccount } from './account';
import { createGate, type Gate } from './gate';
import { createReadings, type Readings } from './readings';
import type { World } from './world';

export interface Traffic {
  readonly gate: Gate;
  readonly account: Account;
  readonly readings: Readings;
}

export function createTraffic(world: World): Traffic {
  return { gate: createGate(world), account: createAccount(world), readings: createReadings(world) };
}
