/** The account's credits: free to ask, so it also tests a key. */
import type { PluginError } from '../core/errors';
import type { Result } from '../core/result';
import type { Endpoint } from '../core/settings';
import type { World } from './world';

export interface Balance {
  /** Credits, whole numbers. */
  readonly available: number;
  readonly reserved: number;
  readonly total: number;
}

export declare function balance(
  world: World,
  endpoint: Endpoint,
  signal: AbortSignal,
): Promise<Result<Balance, PluginError>>;
