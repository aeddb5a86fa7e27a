import { reader } from '../../codec/read.js';
import type { DepthSnapshot } from '../../model/depthEvent.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { DomSnapshot } from './frames.js';
import { levelOf } from './quotes.js';
import { type DomDetail, domTopic } from './topics.js';

/** The depth of one symbol, whole each time. */
export function domChannel(detail: Omit<DomDetail, 'service'>): ChannelSpec<DepthSnapshot> {
  const instrument = detail.symbol;
  return {
    topic: domTopic(detail),
    decode: reader(DomSnapshot, ({ time, bids, asks }, at): DepthSnapshot => ({
      type: 'snapshot',
      instrument,
      bids: bids.map(({ price, size }) => levelOf(price, size)),
      asks: asks.map(({ price, size }) => levelOf(price, size)),
      venueTime: time,
      receivedTime: at,
    })),
  };
}
