import { reader } from '../../codec/read.js';
import type { Trade } from '../../model/trade.js';
import type { ChannelSpec } from '../../socket/channel.js';
import type { BinanceMarket } from './endpoint.js';
import { AggregateTradeEvent, TradeEvent } from './frames.js';
import { topicOf } from './topics.js';

/**
 * Every trade by itself. USD-M also tells of what the insurance fund and auto-deleveraging moved off the book (`X` other
 * than `MARKET`): no trades of the market, so they come as `undefined` and are left out.
 */
export const tradesChannel = (market: BinanceMarket, symbol: string): ChannelSpec<Trade | undefined> => ({
  topic: topicOf(market, symbol, 'trade'),
  decode: readTrade,
});

const readTrade = reader(TradeEvent, ({ s, t, p, q, T, m, X = 'MARKET' }, at): Trade | undefined =>
  X === 'MARKET' ? trade(s, t, p, q, m, T, at) : undefined,
);

/** Trades of one taker order at one price, added up. */
export const aggregateTradesChannel = (market: BinanceMarket, symbol: string): ChannelSpec<Trade> => ({
  topic: topicOf(market, symbol, 'aggTrade'),
  decode: readAggregate,
});

const readAggregate = reader(AggregateTradeEvent, ({ s, a, p, q, T, m }, at): Trade => trade(s, a, p, q, m, T, at));

const trade = (
  instrument: string,
  id: string,
  price: string,
  size: string,
  buyerIsMaker: boolean,
  venueTime: number,
  receivedTime: number,
): Trade => ({
  instrument,
  id,
  price: Number(price),
  size: Number(size),
  exact: { price, size },
  side: buyerIsMaker ? 'sell' : 'buy',
  venueTime,
  receivedTime,
});
