import { levelOf } from '../../book/level.js';
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

const readTrade = reader(TradeEvent, (event, at) =>
  event.X === undefined || event.X === 'MARKET' ? tradeOf(event.t, event, at) : undefined,
);

/** Trades of one taker order at one price, added up. */
export const aggregateTradesChannel = (market: BinanceMarket, symbol: string): ChannelSpec<Trade> => ({
  topic: topicOf(market, symbol, 'aggTrade'),
  decode: readAggregate,
});

const readAggregate = reader(AggregateTradeEvent, (event, at) => tradeOf(event.a, event, at));

const tradeOf = (id: string, { s, p, q, T, m }: AggregateTradeEvent | TradeEvent, at: number): Trade => ({
  instrument: s,
  id,
  ...levelOf(p, q),
  side: m ? 'sell' : 'buy',
  venueTime: T,
  receivedTime: at,
});
