import { subtractDecimals } from '../../book/decimals.js';
import { levelOf } from '../../book/level.js';
import { numbersOf } from '../../codec/numbersOf.js';
import { reader } from '../../codec/read.js';
import type { PriceLevel } from '../../model/priceLevel.js';
import type { Quote } from '../../model/quote.js';
import type { Ticker } from '../../model/ticker.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { TickerFrame } from './frames.js';
import { byKind } from './told.js';
import { channelOf } from './topics.js';

/** What the venue tells in one: the best prices, and a day. */
export interface TickerNews {
  readonly quote: Quote;
  /** Absent before the first trade. */
  readonly ticker: Ticker | undefined;
}

export function tickerChannel(instrument: string): ChannelSpec<TickerNews | undefined> {
  const update = reader(TickerFrame, ({ data }, at): TickerNews => {
    const { bid, bidSize, ask, askSize } = data;
    const quote = { instrument, bid: levelIn(bid, bidSize), ask: levelIn(ask, askSize), receivedTime: at };
    return { quote, ticker: tickerOf(instrument, data, at) };
  });
  return channelOf({ channel: 'ticker', symbol: instrument }, byKind({ update }, undefined));
}

const levelIn = (price: string | undefined, size: string | undefined): PriceLevel | undefined =>
  price === undefined || size === undefined ? undefined : levelOf(price, size);

function tickerOf(instrument: string, data: TickerFrame['data'], at: number): Ticker | undefined {
  const { last, change, high, low, volume } = data;
  if (last === undefined || change === undefined || high === undefined || low === undefined) return undefined;
  if (volume === undefined) return undefined;
  // The venue tells the change, and not the price it began at.
  const exact = { open: subtractDecimals(last, change), high, low, last, volume };
  return { instrument, ...numbersOf(exact), exact, receivedTime: at };
}
