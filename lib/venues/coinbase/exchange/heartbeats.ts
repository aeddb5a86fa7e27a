import { reader } from '../../../codec/read.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import { channelOf } from '../topics.js';
import { GROUP } from './endpoint.js';
import { HeartbeatFrame } from './frames.js';

/** What the venue tells of a product every second. */
export interface CoinbaseHeartbeat {
  readonly instrument: string;
  /** How far the product has come, counting all that happens to its orders; trades bear such numbers, too. */
  readonly sequence: number;
  /** The id of the last trade. */
  readonly lastTradeId: string;
  /** In ms. */
  readonly venueTime: number;
  /** When we had it, in ms. */
  readonly receivedTime: number;
}

export const heartbeatChannel = (product: string): ChannelSpec<CoinbaseHeartbeat> =>
  channelOf(GROUP, 'heartbeat', product, reader(HeartbeatFrame, heartbeatOf));

const heartbeatOf = (frame: HeartbeatFrame, at: number): CoinbaseHeartbeat => ({
  instrument: frame.product_id,
  sequence: frame.sequence,
  lastTradeId: frame.last_trade_id,
  venueTime: frame.time,
  receivedTime: at,
});
