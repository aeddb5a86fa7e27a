import { Big } from 'big.js';
import type { Trade } from '../../model/trade.js';
import type { TradeSummary } from './recordingSummary.js';

/** Running sums over the trades of one symbol. */
export interface TradeSums {
  add(trade: Trade): void;
  summary(): TradeSummary;
}

/** Sums in decimals: over thousands of trades a double loses digits. Holds the ids it has seen. */
export function tradeSums(): TradeSums {
  const ids = new Set<string>();
  let count = 0;
  let takerBuys = 0;
  let size = new Big(0);
  let priceTimesSize = new Big(0);
  let takerBuySize = new Big(0);
  return {
    add: ({ id, side, exact }) => {
      ids.add(id);
      count += 1;
      size = size.plus(exact.size);
      priceTimesSize = priceTimesSize.plus(new Big(exact.price).times(exact.size));
      if (side === 'buy') {
        takerBuys += 1;
        takerBuySize = takerBuySize.plus(exact.size);
      }
    },
    summary: () => ({
      count,
      size: size.toFixed(),
      repeatedIds: count - ids.size,
      priceTimesSize: priceTimesSize.toFixed(),
      takerBuys,
      takerBuySize: takerBuySize.toFixed(),
      // No venue here tells history at subscription; the fields stand for those that do.
      historyCount: 0,
      historySize: '0',
    }),
  };
}
