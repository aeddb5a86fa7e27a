import { checkVenueConfig } from '../checkVenueConfig.js';
import type { SimulatedVenueConfig } from '../simulatedVenueConfig.js';
import { coinbaseLimits, type CoinbaseLimits } from './limits.js';

/** What a simulated Coinbase is like. */
export interface SimulatedCoinbaseConfig extends SimulatedVenueConfig {
  /** Default: as {@link CoinbaseLimits} says. */
  readonly limits?: Partial<CoinbaseLimits>;
}

/** @throws InvalidArgumentError for what can't be meant. */
export function checkSimulatedCoinbaseConfig(config: SimulatedCoinbaseConfig): void {
  checkVenueConfig(config, coinbaseLimits, {});
}
