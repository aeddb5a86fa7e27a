import { sparingReader } from '../../../codec/sparing.js';
import { leftOutOf } from '../../../feed/leftOut.js';
import type { Report } from '../../../model/fault.js';
import { timeIfAny } from '../../../codec/isoTime.js';
import type { DepthEvent } from '../../../model/depthEvent.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import { channelOf } from '../topics.js';
import { BookEvent } from './frames.js';

/** A book and its changes. */
export const depthChannel = (product: string, report: Report): ChannelSpec<DepthEvent> =>
  channelOf(
    'books',
    'level2',
    product,
    sparingReader(
      BookEvent,
      ['timestamp'],
      leftOutOf(`level2:${product}`, report),
      ({ type, product_id, updates, timestamp }, at): DepthEvent => ({
        type: type === 'snapshot' ? 'snapshot' : 'diff',
        instrument: product_id,
        bids: updates.bids,
        asks: updates.asks,
        venueTime: timeIfAny(timestamp),
        receivedTime: at,
      }),
    ),
  );
