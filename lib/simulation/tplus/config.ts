import { aBoolean, aFunction, oneOf, texts } from '../../errors/optionRules.js';
import { aFraction, checkVenueConfig } from '../checkVenueConfig.js';
import { tplusLimits, type TplusLimits } from './limits.js';
import type { SimulatedVenueConfig } from '../simulatedVenueConfig.js';

/** What a simulated T+ is like: its assets, its users, its tokens, its faults. */
export interface SimulatedTplusConfig extends SimulatedVenueConfig {
  /** Default: as {@link TplusLimits} says. */
  readonly limits?: Partial<TplusLimits>;
  /** Proves a signature. Default: any 64 bytes will do. */
  readonly verify?: (userId: string, nonce: string, signature: readonly number[]) => boolean;
  /** Whether streams are acknowledged by a first frame; older servers do. Default: true. */
  readonly acks?: boolean;
  /** How levels of diffs are written. Default: `texts`. */
  readonly levels?: 'texts' | 'numbers';
  /** How events of orders are wrapped: in their name, or with it inside. Default: `outside`. */
  readonly envelope?: 'outside' | 'inside';
  /** How `/markets` and bars are listed: in pages, as since v0.6, or bare. Default: `pages`. */
  readonly lists?: 'pages' | 'bare';
  /** Users who are there from the start; whoever else signs in is there from then on. Default: none. */
  readonly users?: readonly string[];
  /** How often a user acts in a step of the market, in [0, 1]. Default: 0.2. */
  readonly userActivity?: number;
}

const rules = {
  verify: aFunction,
  acks: aBoolean,
  levels: oneOf('texts', 'numbers'),
  envelope: oneOf('outside', 'inside'),
  lists: oneOf('pages', 'bare'),
  users: texts,
  userActivity: aFraction,
};

/** @throws InvalidArgumentError for what can't be meant. */
export function checkSimulatedTplusConfig(config: SimulatedTplusConfig): void {
  checkVenueConfig(config, tplusLimits, rules);
}
