import { reader } from '../../codec/read.js';
import type { Ticker } from '../../model/ticker.js';
import type { ChannelSpec } from '../../socket/channel.js';
import type { BinanceMarket } from './endpoint.js';
import { TickerEvent } from './frames.js';
import { numbersOf } from './numbersOf.js';
import { topicOf } from './topics.js';

/** Statistics of the last 24 hours. */
export const tickerChannel = (market: BinanceMarket, symbol: string): ChannelSpec<Ticker> => ({
  topic: topicOf(market, symbol, 'ticker'),
  decode: readTicker,
});

const readTicker = reader(TickerEvent, ({ E, s, o, h, l, c, v, q }, at): Ticker => {
  const exact = { open: o, high: h, low: l, last: c, volume: v, quoteVolume: q };
  return { instrument: s, ...numbersOf(exact), exact, venueTime: E, receivedTime: at };
});
