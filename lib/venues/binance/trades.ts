import { levelOf } from '../../book/level.js';
import type { Trade } from '../../model/trade.js';
import { AggregateTradeEvent, TradeEvent } from './frames.js';
import { channelOf } from './topics.js';

/**
 * Every trade by itself. USD-M also tells of what the insurance fund and auto-deleveraging moved off the book (`X` other
 * than `MARKET`): no trades of the market, so they come as `undefined` and are left out.
 */
export const tradesChannel = channelOf('public', 'trade', TradeEvent, (event, at) =>
  event.X === undefined || event.X === 'MARKET' ? tradeOf(event.t, event, at) : undefined,
);

/** Trades of one taker order at one price, added up. */
export const aggregateTradesChannel = channelOf('market', 'aggTrade', AggregateTradeEvent, (event, at) =>
  tradeOf(event.a, event, at),
);

const tradeOf = (id: string, { s, p, q, T, m }: AggregateTradeEvent | TradeEvent, at: number): Trade => ({
  instrument: s,
  id,
  ...levelOf(p, q),
  side: m ? 'sell' : 'buy',
  venueTime: T,
  receivedTime: at,
});
