import { oneOf } from '../../errors/optionRules.js';
import { aFraction, checkVenueConfig } from '../checkVenueConfig.js';
import { binanceLimits, type BinanceLimits } from './limits.js';
import type { SimulatedVenueConfig } from '../simulatedVenueConfig.js';

/** What a simulated Binance is like: its market, its instruments, its limits, its faults. */
export interface SimulatedBinanceConfig extends SimulatedVenueConfig {
  /** Default: `spot`. */
  readonly market?: 'spot' | 'usdm';
  /** Default: those of the market, as {@link BinanceLimits} says. */
  readonly limits?: Partial<BinanceLimits>;
  /** How many acknowledgements come after the next data, in [0, 1]. Default: 0.25. */
  readonly lateAcks?: number;
  /** Errors on sockets as documented, or wrapped in `error` as they have been seen. Default: `flat`. */
  readonly errors?: 'flat' | 'nested';
}

const rules = {
  market: oneOf('spot', 'usdm'),
  lateAcks: aFraction,
  errors: oneOf('flat', 'nested'),
};

/** @throws InvalidArgumentError for what can't be meant. */
export function checkSimulatedBinanceConfig(config: SimulatedBinanceConfig): void {
  checkVenueConfig(config, binanceLimits.spot, rules);
}
