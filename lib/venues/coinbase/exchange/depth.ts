import { sparingReader } from '../../../codec/sparing.js';
import { leftOutOf } from '../../../feed/leftOut.js';
import type { Report } from '../../../model/fault.js';
import { timeIfAny } from '../../../codec/isoTime.js';
import { isJsonObject } from '../../../codec/jsonObject.js';
import type { DepthEvent } from '../../../model/depthEvent.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import { channelOf } from '../topics.js';
import { LEVEL2 } from './dialect.js';
import { GROUP } from './endpoint.js';
import { type SnapshotFrame as Snapshot, SnapshotFrame, type UpdateFrame as Update, UpdateFrame } from './frames.js';

/**
 * The venue's book channels: `level2_batch`, changes put together every 50 ms; `level2`, each by itself, which the venue
 * refuses without the login that this client has not. In recordings of before August 2023 it is public.
 */
export type CoinbaseBookChannel = 'level2_batch' | 'level2';

/** A book and its changes. Frames of both channels are the same, so a wire has one of them of a product. */
export function depthChannel(product: string, channel: CoinbaseBookChannel, report: Report): ChannelSpec<DepthEvent> {
  const unread = leftOutOf(`${channel}:${product}`, report);
  const readSnapshot = sparingReader(SnapshotFrame, ['time'], unread, snapshotOf);
  const readUpdate = sparingReader(UpdateFrame, ['time'], unread, diffOf);
  return channelOf(
    GROUP,
    channel,
    product,
    (payload, at) => (isSnapshot(payload) ? readSnapshot(payload, at) : readUpdate(payload, at)),
    LEVEL2,
  );
}

const isSnapshot = (payload: unknown): boolean => isJsonObject(payload) && payload['type'] === 'snapshot';

const snapshotOf = ({ product_id, bids, asks, time }: Snapshot, at: number): DepthEvent => ({
  type: 'snapshot',
  instrument: product_id,
  bids,
  asks,
  venueTime: timeIfAny(time),
  receivedTime: at,
});

const diffOf = ({ product_id, changes, time }: Update, at: number): DepthEvent => ({
  type: 'diff',
  instrument: product_id,
  bids: changes.bids,
  asks: changes.asks,
  venueTime: timeIfAny(time),
  receivedTime: at,
});
