import { timeIfAny } from '../../../codec/isoTime.js';
import { sparingReader } from '../../../codec/sparing.js';
import { leftOutOf } from '../../../feed/leftOut.js';
import type { Report } from '../../../model/fault.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import { HEARTBEATS } from './dialect.js';
import { HeartbeatEvent } from './frames.js';

/** What the venue says every second. */
export interface CoinbaseAdvancedHeartbeat {
  /** One more each second, from any number on. */
  readonly counter: number;
  /** In ms. */
  readonly venueTime?: number | undefined;
  /** When we had it, in ms. */
  readonly receivedTime: number;
}

/** Asked for by each session anyway. */
export const heartbeatsChannel = (report: Report): ChannelSpec<CoinbaseAdvancedHeartbeat> => ({
  topic: { key: HEARTBEATS, group: 'market', detail: { channel: HEARTBEATS, product: '' } },
  decode: sparingReader(
    HeartbeatEvent,
    ['timestamp'],
    leftOutOf(HEARTBEATS, report),
    ({ heartbeat_counter: counter, timestamp }, at) => ({
      counter,
      venueTime: timeIfAny(timestamp),
      receivedTime: at,
    }),
  ),
});
