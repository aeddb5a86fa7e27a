import type { ChannelSpec } from '../../socket/channel.js';
import type { Ticker } from '../../model/ticker.js';
import type { BinanceMarket } from './endpoint.js';
import { TickerEvent } from './frames.js';
import { numbersOf } from '../../codec/numbersOf.js';
import { channelOf } from './topics.js';

const tickers = channelOf('market', 'ticker', TickerEvent, ({ E, s, o, h, l, c, v, q }, at): Ticker => {
  const exact = { open: o, high: h, low: l, last: c, volume: v, quoteVolume: q };
  return { instrument: s, ...numbersOf(exact), exact, venueTime: E, receivedTime: at };
});

/** Of COIN-M the first volume is in contracts, and the second one in base units. */
const coinTickers = channelOf('market', 'ticker', TickerEvent, ({ E, s, o, h, l, c, q }, at): Ticker => {
  const exact = { open: o, high: h, low: l, last: c, volume: q };
  return { instrument: s, ...numbersOf(exact), exact, venueTime: E, receivedTime: at };
});

/** Statistics of the last 24 hours. */
export const tickerChannel = (market: BinanceMarket, symbol: string): ChannelSpec<Ticker> =>
  (market === 'coinm' ? coinTickers : tickers)(market, symbol);
