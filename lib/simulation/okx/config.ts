import { oneOf } from '../../errors/optionRules.js';
import { checkVenueConfig } from '../checkVenueConfig.js';
import type { SimulatedVenueConfig } from '../simulatedVenueConfig.js';
import { okxLimits, type OkxLimits } from './limits.js';

/** What a simulated OKX is like. */
export interface SimulatedOkxConfig extends SimulatedVenueConfig {
  /** Default: as {@link OkxLimits} says. */
  readonly limits?: Partial<OkxLimits>;
  /** What books bear: a constant 0, as since June 2026; or their checksums, as before. Default: `zero`. */
  readonly checksums?: 'zero' | 'true';
}

/** @throws InvalidArgumentError for what can't be meant. */
export function checkSimulatedOkxConfig(config: SimulatedOkxConfig): void {
  checkVenueConfig(config, okxLimits, { checksums: oneOf('zero', 'true') });
}
