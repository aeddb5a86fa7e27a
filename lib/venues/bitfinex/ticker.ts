import { subtractDecimals } from '../../book/decimals.js';
import { levelOf } from '../../codec/levelOf.js';
import { numbersOf } from '../../codec/numbersOf.js';
import { pathOf } from '../../codec/path.js';
import { reader } from '../../codec/read.js';
import { leftOutOf } from '../../feed/leftOut.js';
import type { Report } from '../../model/fault.js';
import type { PriceLevel } from '../../model/priceLevel.js';
import type { Quote } from '../../model/quote.js';
import type { Ticker } from '../../model/ticker.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { BestFrame, TickerFrame } from './frames.js';
import { byKind } from './frameData.js';
import { channelOf } from './topics.js';

/** What the venue tells in one: the best prices, and a day. */
export interface TickerNews {
  readonly quote: Quote;
  /** Absent before the first trade. */
  readonly ticker: Ticker | undefined;
}

/** Figures of a day that can't be read cost the ticker, and not the best prices before them. */
export function tickerChannel(instrument: string, report: Report): ChannelSpec<TickerNews | undefined> {
  const unread = leftOutOf(`ticker:${instrument}`, report);
  const readWhole = reader(TickerFrame, ({ data }, at): TickerNews => ({
    quote: quoteOf(instrument, data, at),
    ticker: tickerOf(instrument, data, at),
  }));
  const readBest = reader(BestFrame, ({ data }, at): TickerNews => ({
    quote: quoteOf(instrument, data, at),
    ticker: undefined,
  }));
  const update: typeof readWhole = (payload, at) => {
    const whole = readWhole(payload, at);
    if (whole._tag === 'Right') return whole;
    const best = readBest(payload, at);
    if (best._tag === 'Left') return whole;
    unread([pathOf(whole.left)], payload);
    return best;
  };
  return channelOf({ channel: 'ticker', symbol: instrument }, byKind({ update }, undefined));
}

const quoteOf = (instrument: string, { bid, bidSize, ask, askSize }: BestFrame['data'], at: number): Quote => ({
  instrument,
  bid: levelIn(bid, bidSize),
  ask: levelIn(ask, askSize),
  receivedTime: at,
});

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
