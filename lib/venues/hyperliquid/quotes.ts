import { levelOf } from '../../codec/levelOf.js';
import { reader } from '../../codec/read.js';
import type { PriceLevel } from '../../model/priceLevel.js';
import type { Quote } from '../../model/quote.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { QuoteFrame } from './frames.js';
import { channelOf, coinOf } from './topics.js';

/** Best bid and ask, whenever they change. */
export const quotesChannel = (coin: string): ChannelSpec<Quote> =>
  channelOf(
    { type: 'bbo', coin: coinOf(coin) },
    reader(QuoteFrame, ({ coin: instrument, time, bbo: [bid, ask] }, at) => ({
      instrument,
      bid: levelIn(bid),
      ask: levelIn(ask),
      venueTime: time,
      receivedTime: at,
    })),
  );

const levelIn = (level: QuoteFrame['bbo'][number]): PriceLevel | undefined =>
  level === undefined || level === null ? undefined : levelOf(level.px, level.sz);
