import { numbersOf } from '../../../codec/numbersOf.js';
import { reader } from '../../../codec/read.js';
import type { Ticker } from '../../../model/ticker.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import { channelOf } from '../topics.js';
import { TickerFrame } from './frames.js';

/** Statistics of the last 24 hours. A market without a trade in them has none to tell. */
export const tickerChannel = (symbol: string): ChannelSpec<readonly Ticker[]> =>
  channelOf(
    'ticker',
    { channel: 'ticker', symbol, params: {} },
    reader(TickerFrame, (frame, at) => tickerOf(symbol, frame, at)),
  );

function tickerOf(instrument: string, { ticker: { c, v, l, h, o } }: TickerFrame, at: number): readonly Ticker[] {
  const exact = { open: o.day, high: h.day, low: l.day, last: c.price, volume: v.day };
  if (Number(exact.last) === 0) return [];
  return [{ instrument, ...numbersOf(exact), exact, receivedTime: at }];
}
