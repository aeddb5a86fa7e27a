import type { Trade } from '../../model/trade.js';

/** Trades, as they happen or from before the subscription. */
export interface TradeNews {
  readonly isPast: boolean;
  readonly trades: readonly Trade[];
}
