import type { Ticker } from '../../model/ticker.js';
import { TickerEvent } from './frames.js';
import { numbersOf } from '../../codec/numbersOf.js';
import { channelOf } from './topics.js';

/** Statistics of the last 24 hours. */
export const tickerChannel = channelOf('market', 'ticker', TickerEvent, ({ E, s, o, h, l, c, v, q }, at): Ticker => {
  const exact = { open: o, high: h, low: l, last: c, volume: v, quoteVolume: q };
  return { instrument: s, ...numbersOf(exact), exact, venueTime: E, receivedTime: at };
});
