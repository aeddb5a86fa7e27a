import { aBoolean, aText, texts } from '../../errors/optionRules.js';
import { aFraction, checkVenueConfig } from '../checkVenueConfig.js';
import { tradestationLimits, type TradestationLimits } from './limits.js';
import type { SimulatedVenueConfig } from '../simulatedVenueConfig.js';

/** What a simulated TradeStation is like: its accounts, its quota of streams, its tokens, its faults. */
export interface SimulatedTradestationConfig extends SimulatedVenueConfig {
  /** Default: as {@link TradestationLimits} says. */
  readonly limits?: Partial<TradestationLimits>;
  /** Default: `simulated-refresh-token`. */
  readonly refreshToken?: string;
  /** Whether each access token brings a new refresh token. Default: false. */
  readonly rotates?: boolean;
  /** Default: `SIM0000001M`. */
  readonly accounts?: readonly string[];
  /** How often an account acts in a step of the market, in [0, 1]. Default: 0.2. */
  readonly accountActivity?: number;
}

const rules = {
  refreshToken: aText,
  rotates: aBoolean,
  accounts: texts,
  accountActivity: aFraction,
};

/** @throws InvalidArgumentError for what can't be meant. */
export function checkSimulatedTradestationConfig(config: SimulatedTradestationConfig): void {
  checkVenueConfig(config, tradestationLimits, rules);
}
