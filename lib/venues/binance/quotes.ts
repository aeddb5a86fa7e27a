import { levelOf } from '../../book/level.js';
import { reader } from '../../codec/read.js';
import type { PriceLevel } from '../../model/priceLevel.js';
import type { Quote } from '../../model/quote.js';
import type { ChannelSpec } from '../../socket/channel.js';
import type { BinanceMarket } from './endpoint.js';
import { BookTicker } from './frames.js';
import { topicOf } from './topics.js';

/** Best bid and ask whenever one changes. */
export const quotesChannel = (market: BinanceMarket, symbol: string): ChannelSpec<Quote> => ({
  topic: topicOf(market, symbol, 'bookTicker'),
  decode: readQuote,
});

const readQuote = reader(BookTicker, ({ u, s, b, B, a, A, T }, at): Quote => ({
  instrument: s,
  bid: present(levelOf(b, B)),
  ask: present(levelOf(a, A)),
  sequence: u,
  venueTime: T,
  receivedTime: at,
}));

/** An empty side is told as price 0. */
const present = (level: PriceLevel): PriceLevel | undefined => (level.price === 0 ? undefined : level);
