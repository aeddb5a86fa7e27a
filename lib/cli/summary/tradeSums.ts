import { Big } from 'big.js';
import type { Trade } from '../../model/trade.js';
import type { TradeSummary } from './recordingSummary.js';

/** Running sums over the trades of one symbol. */
export interface TradeSums {
  add(trade: Trade): void;
  /** One that was told as history. */
  addPast(trade: Trade): void;
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
  let historyCount = 0;
  let historySize = new Big(0);
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
    addPast: ({ exact }) => {
      historyCount += 1;
      historySize = historySize.plus(exact.size);
    },
    summary: () => ({
      count,
      size: size.toFixed(),
      repeatedIds: count - ids.size,
      priceTimesSize: priceTimesSize.toFixed(),
      takerBuys,
      takerBuySize: takerBuySize.toFixed(),
      historyCount,
      historySize: historySize.toFixed(),
    }),
  };
}
