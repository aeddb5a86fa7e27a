import type { Either } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { millisOfNanos, scaledDown } from '../../codec/integers.js';
import type { ChannelSpec } from '../../socket/channel.js';
import type { TplusBookDecimals, TplusOrder, TplusOrderEvent } from './orderEvent.js';
import {
  Amended,
  Canceled,
  Created,
  Failed,
  type OrderFrame,
  Removed,
  Replaced,
  Triggered,
  Updated,
} from './orderFrames.js';
import { topicOf } from './topics.js';

/** Events of the user's orders. What older servers send of other people's orders is left out. */
export const ordersChannel = (userId: string): ChannelSpec<readonly TplusOrderEvent[]> => ({
  topic: topicOf('orders'),
  decode: (payload) => readEvent(payload, userId),
});

type Read = (payload: unknown) => Either<t.Errors, OrderContent>;
/** An event, and whose it is where it says so. */
interface OrderContent {
  readonly event: TplusOrderEvent;
  readonly user?: string | undefined;
}

const Envelope = new t.Type<readonly [name: string, payload: unknown], unknown>(
  'tplus.OrderEvent',
  (u): u is readonly [string, unknown] => Array.isArray(u),
  (u, c) => envelopeOf(u) ?? t.failure(u, c),
  t.identity,
);

/**
 * `{"Removed":{…}}` as the order service sends it, or `{"type":"removed",…}` as it did for a while. Names are compared
 * without `_` and case.
 */
function envelopeOf(u: unknown): Either<never, readonly [string, unknown]> | undefined {
  if (typeof u !== 'object' || u === null || Array.isArray(u)) return undefined;
  if ('type' in u && typeof u.type === 'string') return t.success([u.type, u]) as Either<never, [string, unknown]>;
  const [entry, ...more] = Object.entries(u as Readonly<Record<string, unknown>>);
  if (entry === undefined || more.length > 0) return undefined;
  return t.success(entry) as Either<never, [string, unknown]>;
}

function readEvent(payload: unknown, userId: string): Either<t.Errors, readonly TplusOrderEvent[]> {
  const envelope = Envelope.decode(payload);
  if (envelope._tag === 'Left') return envelope;
  const [name, content] = envelope.right;
  const read = readers[name.replaceAll('_', '').toUpperCase()];
  if (read === undefined) return t.success([{ type: 'unknown', name }]);
  const order = read(content);
  if (order._tag === 'Left') return order;
  const { event, user } = order.right;
  return t.success(user === undefined || plainKey(user) === plainKey(userId) ? [event] : []);
}

const plainKey = (key: string): string => key.toLowerCase().replace(/^0x/, '');

const reading =
  <A>(codec: t.Type<A, unknown>, to: (value: A) => OrderContent): Read =>
  (payload) => {
    const result = codec.decode(payload);
    return result._tag === 'Left' ? result : t.success(to(result.right));
  };

const failed = (type: 'createFailed' | 'replaceFailed' | 'cancelFailed' | 'amendFailed'): Read =>
  reading(Failed, ({ order_id, user_id, reason }) => ({ event: { type, orderId: order_id, reason }, user: user_id }));

const ofMarket = ({ order_id, asset_id }: { readonly order_id: string; readonly asset_id: string }) => ({
  orderId: order_id,
  asset: asset_id,
});
const timed = (nanos: string | undefined) =>
  nanos === undefined ? {} : { venueTime: millisOfNanos(nanos), venueTimeNs: nanos };

const readers: Readonly<Record<string, Read | undefined>> = {
  CREATED: reading(Created, ({ user_order, book_timestamp_ns }) => {
    const decimals = { price: user_order.book_price_decimals, quantity: user_order.book_quantity_decimals };
    const order = orderOf(user_order, decimals);
    return {
      event: { type: 'created', orderId: order.id, asset: order.asset, ...timed(book_timestamp_ns), order, decimals },
      user: user_order.signer,
    };
  }),
  CANCELED: reading(Canceled, (frame) => ({
    event: { type: 'canceled', ...ofMarket(frame), ...timed(frame.timestamp_ns), reason: frame.reason },
    user: frame.user_id,
  })),
  REMOVED: reading(Removed, (frame) => {
    const { filled_quantity = '0', confirmed_quantity = '0', book_quantity_decimals: decimals = 0 } = frame;
    return {
      event: {
        type: 'removed',
        ...ofMarket(frame),
        ...timed(frame.timestamp_ns),
        reason: frame.reason,
        filledSize: scaledDown(filled_quantity, decimals),
        confirmedSize: scaledDown(confirmed_quantity, decimals),
        filledAmountUnits: frame.filled_amount ?? '0',
        confirmedAmountUnits: frame.confirmed_amount ?? '0',
      },
      user: frame.user_id,
    };
  }),
  REPLACED: reading(Replaced, (frame) => ({
    event: {
      type: 'replaced',
      ...ofMarket(frame),
      ...timed(frame.timestamp_ns),
      quantityUnits: frame.new_quantity,
      priceUnits: frame.new_price,
    },
    user: frame.user_id,
  })),
  AMENDED: reading(Amended, (frame) => ({
    event: {
      type: 'amended',
      ...ofMarket(frame),
      ...timed(frame.timestamp_ns),
      size: scaledDown(frame.new_quantity, frame.book_quantity_decimals),
      remainingSize: scaledDown(frame.remaining_quantity, frame.book_quantity_decimals),
    },
    user: frame.user_id,
  })),
  TRIGGERED: reading(Triggered, (frame) => ({
    event: { type: 'triggered', ...ofMarket(frame), ...timed(frame.timestamp_ns), quantityUnits: frame.quantity },
    user: frame.user_id,
  })),
  CREATEFAILED: failed('createFailed'),
  REPLACEFAILED: failed('replaceFailed'),
  CANCELFAILED: failed('cancelFailed'),
  AMENDFAILED: failed('amendFailed'),
  UPDATED: reading(Updated, (frame) => ({
    event: {
      type: 'updated',
      orderId: frame.order_id,
      ...timed(frame.update_timestamp_ns),
      status: frame.status,
      filledUnits: frame.filled_quantity,
      remainingUnits: frame.remaining_quantity,
    },
  })),
};

function orderOf(frame: OrderFrame, decimals: TplusBookDecimals): TplusOrder {
  const { Limit, Market } = frame.details;
  const price = Limit === undefined ? undefined : scaledDown(Limit.limit_price, decimals.price);
  const quantity = Limit?.quantity ?? Market?.quantity.BaseAsset?.quantity;
  const size = quantity === undefined ? undefined : scaledDown(quantity, decimals.quantity);
  return {
    id: frame.order_id,
    asset: frame.base_asset,
    side: frame.side === 'Buy' ? 'buy' : 'sell',
    price: price === undefined ? undefined : Number(price),
    size: size === undefined ? undefined : Number(size),
    exact: { price, size },
    createdTime: millisOfNanos(frame.creation_timestamp_ns),
  };
}
