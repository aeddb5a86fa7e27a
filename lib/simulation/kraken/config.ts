import { checkVenueConfig } from '../checkVenueConfig.js';
import type { SimulatedVenueConfig } from '../simulatedVenueConfig.js';
import { krakenLimits, type KrakenLimits } from './limits.js';

/** What a simulated Kraken is like. */
export interface SimulatedKrakenConfig extends SimulatedVenueConfig {
  /** Default: as {@link KrakenLimits} says. */
  readonly limits?: Partial<KrakenLimits>;
}

/** @throws InvalidArgumentError for what can't be meant. */
export function checkSimulatedKrakenConfig(config: SimulatedKrakenConfig): void {
  checkVenueConfig(config, krakenLimits, {});
}
