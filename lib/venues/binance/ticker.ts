import { reader } from '../../codec/read.js';
import type { Ticker } from '../../model/ticker.js';
import type { ChannelSpec } from '../../socket/channel.js';
import type { BinanceMarket } from './endpoint.js';
import { TickerEvent } from './frames.js';
import { topicOf } from './topics.js';

/** Statistics of the last 24 hours. */
export const tickerChannel = (market: BinanceMarket, symbol: string): ChannelSpec<Ticker> => ({
  topic: topicOf(market, symbol, 'ticker'),
  decode: readTicker,
});

const readTicker = reader(TickerEvent, ({ E, s, o, h, l, c, v, q }, at): Ticker => ({
  instrument: s,
  open: Number(o),
  high: Number(h),
  low: Number(l),
  last: Number(c),
  volume: Number(v),
  quoteVolume: Number(q),
  exact: { open: o, high: h, low: l, last: c, volume: v, quoteVolume: q },
  venueTime: E,
  receivedTime: at,
}));
