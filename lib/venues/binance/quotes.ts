import { levelOf } from '../../codec/levelOf.js';
import type { PriceLevel } from '../../model/priceLevel.js';
import type { Quote } from '../../model/quote.js';
import { BookTicker } from './frames.js';
import { channelOf } from './topics.js';

/** Best bid and ask whenever one changes. */
export const quotesChannel = channelOf('public', 'bookTicker', BookTicker, ({ u, s, b, B, a, A, T }, at): Quote => ({
  instrument: s,
  bid: present(levelOf(b, B)),
  ask: present(levelOf(a, A)),
  sequence: u,
  venueTime: T,
  receivedTime: at,
}));

/** An empty side is told as price 0. */
const present = (level: PriceLevel): PriceLevel | undefined => (level.price === 0 ? undefined : level);
