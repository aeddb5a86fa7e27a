import { reader } from '../../../codec/read.js';
import { timeIfAny } from '../../../codec/isoTime.js';
import { isJsonObject } from '../../../codec/jsonObject.js';
import type { DepthEvent } from '../../../model/depthEvent.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import type { KrakenDepth } from '../depths.js';
import { channelOf } from '../topics.js';
import { SnapshotFrame, UpdateFrame } from './frames.js';
import type { TimedLevels } from './scalars.js';

/** A book and its changes. Only changes have a checksum. */
export function depthChannel(symbol: string, depth: KrakenDepth): ChannelSpec<DepthEvent> {
  const [snapshot, update] = [snapshotReader(symbol), updateReader(symbol)];
  return channelOf(
    `book-${depth}`,
    { channel: 'book', symbol, params: { depth } },
    (payload, at) => (isSnapshot(payload) ? snapshot(payload, at) : update(payload, at)),
    'book',
  );
}

const isSnapshot = (payload: unknown): boolean => isJsonObject(payload) && ('as' in payload || 'bs' in payload);

const snapshotReader = (instrument: string) =>
  reader(SnapshotFrame, ({ as, bs }, at): DepthEvent => ({ type: 'snapshot', ...changes(instrument, bs, as, at) }));

const updateReader = (instrument: string) =>
  reader(UpdateFrame, ({ a, b, c: checksum }, at): DepthEvent => ({
    type: 'diff',
    ...changes(instrument, b, a, at),
    checksum,
  }));

const changes = (instrument: string, bids: TimedLevels | undefined, asks: TimedLevels | undefined, at: number) => ({
  instrument,
  bids: bids?.levels ?? [],
  asks: asks?.levels ?? [],
  venueTime: timeIfAny(Math.max(bids?.time ?? 0, asks?.time ?? 0)),
  receivedTime: at,
});
