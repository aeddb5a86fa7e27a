import { type OptionRule, aBoolean, aText, texts } from '../../errors/optionRules.js';
import { checkVenueConfig } from '../checkVenueConfig.js';
import { tastytradeLimits, type TastytradeLimits } from './limits.js';
import type { SimulatedVenueConfig } from '../simulatedVenueConfig.js';

/** What a simulated tastytrade is like: its accounts, its tokens, its faults. */
export interface SimulatedTastytradeConfig extends SimulatedVenueConfig {
  /** Default: `5WT00000`. */
  readonly accounts?: readonly string[];
  /** How many things a customer begins in a second, on average. Default: 0.5. */
  readonly activity?: number;
  /** Default: as {@link TastytradeLimits} says. */
  readonly limits?: Partial<TastytradeLimits>;
  /** What logs in, with the one below. Default: `simulated-client-secret`. */
  readonly clientSecret?: string;
  /** Default: `simulated-refresh-token`. */
  readonly refreshToken?: string;
  /**
   * What `GET /api-quote-tokens` names: the address of the dxLink that goes with it, `simulatedDxLink` for instance. A
   * function is asked each time, for an address that is known later only. Default: `wss://dxlink.invalid/realtime`, which
   * any simulated network serves and which no name service knows.
   */
  readonly dxlinkUrl?: string | (() => string);
  /** Whether notifications are numbered, as they are since 2026. Default: true. */
  readonly numbered?: boolean;
}

const anAddress: OptionRule = [
  (value) => aText[0](value) || typeof value === 'function',
  'an address, or what gives one',
];
const rules = {
  accounts: texts,
  clientSecret: aText,
  refreshToken: aText,
  dxlinkUrl: anAddress,
  numbered: aBoolean,
};

/** @throws InvalidArgumentError for what can't be meant. */
export function checkSimulatedTastytradeConfig(config: SimulatedTastytradeConfig): void {
  checkVenueConfig(config, tastytradeLimits, rules);
}
