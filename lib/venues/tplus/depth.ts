import { reader } from '../../codec/read.js';
import type { DepthDiff } from '../../model/depthEvent.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { DepthUpdate } from './frames.js';
import { topicOf } from './topics.js';

/** Every change of one book. The frame does not say of which: its socket does. */
export const depthChannel = (asset: string): ChannelSpec<DepthDiff> => ({
  topic: topicOf('depth', asset),
  decode: reader(DepthUpdate, ({ sequence_number, bids, asks }, at): DepthDiff => ({
    type: 'diff',
    instrument: asset,
    firstSequence: sequence_number,
    lastSequence: sequence_number,
    previousSequence: undefined,
    bids,
    asks,
    venueTime: undefined,
    receivedTime: at,
    checksum: undefined,
  })),
});
