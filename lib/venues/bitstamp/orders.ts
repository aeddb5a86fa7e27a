import { levelOf } from '../../codec/levelOf.js';
import { reader } from '../../codec/read.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { millisOf, OrderFrame } from './frames.js';
import { channelOf } from './topics.js';

/** What became of one order of the venue's book. */
export interface BitstampOrderEvent {
  /** What became of the order: it is there, it is another, it is gone. */
  readonly type: 'created' | 'changed' | 'deleted';
  readonly instrument: string;
  readonly id: string;
  readonly side: 'buy' | 'sell';
  /** 0 of a market order. */
  readonly price: number;
  /** What is left of it after this. */
  readonly size: number;
  /** The venue’s own decimal texts. */
  readonly exact: { readonly price: string; readonly size: string };
  /** The event's id, and that of the one before it in the channel; absent in frames before 2026. */
  readonly eventId: string | undefined;
  readonly previousEventId: string | undefined;
  readonly venueTime: number;
  readonly receivedTime: number;
}

const types = { order_created: 'created', order_changed: 'changed', order_deleted: 'deleted' } as const;

/** Every order by itself, as it comes, changes and goes. */
export const ordersChannel = (instrument: string): ChannelSpec<BitstampOrderEvent> =>
  channelOf(
    'live_orders',
    instrument,
    reader(OrderFrame, ({ event, data, event_id, pre_event_id }, at) => ({
      type: types[event],
      instrument,
      id: data.id_str,
      side: data.order_type === 0 ? 'buy' : 'sell',
      ...levelOf(data.price_str, data.amount_str),
      eventId: event_id,
      previousEventId: pre_event_id,
      venueTime: millisOf(data.microtimestamp),
      receivedTime: at,
    })),
  );
