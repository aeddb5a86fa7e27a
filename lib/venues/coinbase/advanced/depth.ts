import { reader } from '../../../codec/read.js';
import { timeIfAny } from '../../../codec/isoTime.js';
import type { DepthEvent } from '../../../model/depthEvent.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import { channelOf } from '../topics.js';
import { BookEvent } from './frames.js';

/** A book and its changes. */
export const depthChannel = (product: string): ChannelSpec<DepthEvent> =>
  channelOf(
    'books',
    'level2',
    product,
    reader(BookEvent, ({ type, product_id, updates, timestamp }, at): DepthEvent => ({
      type: type === 'snapshot' ? 'snapshot' : 'diff',
      instrument: product_id,
      ...updates,
      venueTime: timeIfAny(timestamp),
      receivedTime: at,
    })),
  );
