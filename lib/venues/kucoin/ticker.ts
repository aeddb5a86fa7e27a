import { levelOf } from '../../codec/levelOf.js';
import { sparingReader } from '../../codec/sparing.js';
import { leftOutOf } from '../../feed/leftOut.js';
import type { Report } from '../../model/fault.js';
import type { PriceLevel } from '../../model/priceLevel.js';
import type { Quote } from '../../model/quote.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { TickerFrame } from './frames.js';
import { channelOf } from './topics.js';

/** Best bid and ask with the last trade. Statistics of a day are not in it, so this is no `Ticker`. */
export interface KucoinTicker extends Quote {
  /** Price and size of the last trade; absent before the first, and where they can't be read. */
  readonly last: PriceLevel | undefined;
}

export const tickerChannel = (symbol: string, report: Report): ChannelSpec<KucoinTicker> =>
  channelOf(
    '/market/ticker',
    symbol,
    sparingReader(
      TickerFrame,
      ['data.price', 'data.size'],
      leftOutOf(`/market/ticker:${symbol}`, report),
      ({ data }, at) => ({
        instrument: symbol,
        bid: levelIn(data.bestBid, data.bestBidSize),
        ask: levelIn(data.bestAsk, data.bestAskSize),
        last: levelIn(data.price, data.size),
        venueTime: data.time,
        receivedTime: at,
      }),
    ),
  );

/** An empty side has neither, or sizes of 0. */
function levelIn(price: string | undefined, size: string | undefined): PriceLevel | undefined {
  if (price === undefined || size === undefined) return undefined;
  const level = levelOf(price, size);
  return level.size === 0 ? undefined : level;
}
