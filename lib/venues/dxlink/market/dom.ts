import { levelOfNumbers } from '../../../codec/jsonNumbers.js';
import { sparingReader } from '../../../codec/sparing.js';
import { leftOutOf } from '../../../feed/leftOut.js';
import type { DepthSnapshot } from '../../../model/depthEvent.js';
import type { Report } from '../../../model/fault.js';
import type { PriceLevel } from '../../../model/priceLevel.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import { type DomLevel, DomSnapshot } from '../frames.js';
import { type DomDetail, domTopic } from '../topics.js';

/** The depth of one symbol, whole each time. */
export function domChannel(detail: Omit<DomDetail, 'service'>, report: Report): ChannelSpec<DepthSnapshot> {
  const instrument = detail.symbol;
  const topic = domTopic(detail);
  return {
    topic,
    decode: sparingReader(
      DomSnapshot,
      ['time'],
      leftOutOf(topic.key, report),
      ({ time, bids, asks }, at): DepthSnapshot => ({
        type: 'snapshot',
        instrument,
        bids: bids.flatMap(levels),
        asks: asks.flatMap(levels),
        venueTime: time,
        receivedTime: at,
      }),
    ),
  };
}

/** Without a price, or of a size of nothing, it is none. */
const levels = ({ price, size = 0 }: DomLevel): readonly PriceLevel[] =>
  price === undefined || size === 0 ? [] : [levelOfNumbers(price, size)];
