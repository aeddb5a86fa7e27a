import { makeTrade } from '../../codec/makeTrade.js';
import type { Trade } from '../../model/trade.js';
import { AggregateTradeEvent, TradeEvent } from './frames.js';
import { channelOf } from './topics.js';

/**
 * Every trade by itself. USD-M also tells of what is no trade of the market: such events come as `undefined` and are left
 * out. Whatever else it names is let through, words that it will think of later too: `RPI`, for instance, is a trade.
 */
export const tradesChannel = channelOf('public', 'trade', TradeEvent, (event, at) => {
  const trade = tradeOf(event.t, event, at);
  return isOffBook(event.X, trade) ? undefined : trade;
});

/** What the insurance fund and auto-deleveraging moved, and `NA` with nothing in it. */
const isOffBook = (kind: string | undefined, { price, size }: Trade): boolean =>
  kind === 'INSURANCE_FUND' || kind === 'ADL' || (kind === 'NA' && price === 0 && size === 0);

/** Trades of one taker order at one price, added up. */
export const aggregateTradesChannel = channelOf('market', 'aggTrade', AggregateTradeEvent, (event, at) =>
  tradeOf(event.a, event, at),
);

const tradeOf = (id: string, { s, p, q, T, m }: AggregateTradeEvent | TradeEvent, at: number): Trade =>
  makeTrade(
    {
      instrument: s,
      id,
      side: m ? 'sell' : 'buy',
      venueTime: T,
      receivedTime: at,
    },
    p,
    q,
  );
