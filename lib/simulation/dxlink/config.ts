import { aBoolean, aCount, aFunction } from '../../errors/optionRules.js';
import { checkVenueConfig } from '../checkVenueConfig.js';
import { dxLinkLimits, type DxLinkLimits } from './limits.js';
import type { SimulatedVenueConfig } from '../simulatedVenueConfig.js';

/** What a simulated dxLink is like: its instruments, its limits, its faults. */
export interface SimulatedDxLinkConfig extends SimulatedVenueConfig {
  /** Default: as {@link DxLinkLimits} says. */
  readonly limits?: Partial<DxLinkLimits>;
  /**
   * Which tokens are good, and until when (ms; `Infinity`: for ever): `undefined` for one that is none. Default: no token
   * is wanted.
   */
  readonly tokens?: (token: string, now: number) => number | undefined;
  /** Rows in one frame at most: a longer snapshot or transaction goes on in the next. Default: 100. */
  readonly rowsPerFrame?: number;
  /** Several event types in one frame. The official client reads only the first of them. Default: false. */
  readonly mixesTypes?: boolean;
}

const rules = {
  tokens: aFunction,
  rowsPerFrame: aCount,
  mixesTypes: aBoolean,
};

/** @throws InvalidArgumentError for what can't be meant. */
export function checkSimulatedDxLinkConfig(config: SimulatedDxLinkConfig): void {
  checkVenueConfig(config, dxLinkLimits, rules);
}
