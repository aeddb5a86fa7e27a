import { reader } from '../../../codec/read.js';
import type { DepthSnapshot } from '../../../model/depthEvent.js';
import type { PriceLevel } from '../../../model/priceLevel.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import { type DomLevel, DomSnapshot } from '../frames.js';
import { levelOf } from './quotes.js';
import { type DomDetail, domTopic } from '../topics.js';

/** The depth of one symbol, whole each time. */
export function domChannel(detail: Omit<DomDetail, 'service'>): ChannelSpec<DepthSnapshot> {
  const instrument = detail.symbol;
  return {
    topic: domTopic(detail),
    decode: reader(DomSnapshot, ({ time, bids, asks }, at): DepthSnapshot => ({
      type: 'snapshot',
      instrument,
      bids: bids.flatMap(levels),
      asks: asks.flatMap(levels),
      venueTime: time,
      receivedTime: at,
    })),
  };
}

/** Without a price, or of a size of nothing, it is none. */
const levels = ({ price, size = 0 }: DomLevel): readonly PriceLevel[] =>
  price === undefined || size === 0 ? [] : [levelOf(price, size)];
