import { sparingReader } from '../../codec/sparing.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { type Order, ORDER_EXTRAS, OrdersFrame } from './frames.js';
import { isSame, type Owner } from './ids.js';
import type { O2Market } from './markets.js';
import { levelIn, seenAt, timeOf } from './scale.js';
import { topicOf } from './topics.js';
import { leftOutOf } from '../../feed/leftOut.js';
import type { Report } from '../../model/fault.js';

/** `Spot`, `PostOnly`, `FillOrKill`, `Market`, …, or one with parameters, in smallest units as the venue has them. */
export type O2OrderType =
  | string
  | { readonly Limit: readonly [price: string, timestamp: string] }
  | { readonly BoundedMarket: { readonly max_price: string; readonly min_price: string } };

/** The state of one order. Every event holds all of it. */
export interface O2Order {
  readonly id: string;
  /** Absent where the venue named the market of this order never yet. */
  readonly market: O2Market | undefined;
  readonly side: 'buy' | 'sell';
  /** Absent where the venue left it out. */
  readonly type: O2OrderType | undefined;
  readonly status: 'open' | 'partial' | 'filled' | 'cancelled';
  /** In human units; absent while the market is not known. */
  readonly price: number | undefined;
  /** In base units. */
  readonly size: number | undefined;
  /** How much of `size` is filled; absent where the venue left it out. */
  readonly filled: number | undefined;
  /** Average price of the fills, by volume. */
  readonly fillPrice: number | undefined;
  /** The same as exact decimal texts. */
  readonly exact: {
    readonly price: string | undefined;
    readonly size: string | undefined;
    readonly filled: string | undefined;
    readonly fillPrice: string | undefined;
  };
  /** The same as the venue has them: whole numbers of smallest units, digit for digit. */
  readonly units: {
    readonly price: string;
    readonly size: string;
    readonly filled: string | undefined;
    readonly fillPrice: string | undefined;
    /** What the order still wants: of the base asset, or (`quote`) what it may still spend of the quote asset. */
    readonly remaining: string | undefined;
    readonly remainingQuote: string | undefined;
  };
  /** When it was placed, in ms. The venue documents no unit: its magnitude decides. */
  readonly placedTime: number | undefined;
  /** When the venue saw this state, in ms; absent over REST. */
  readonly venueTime: number | undefined;
  /** When we had it, in ms. */
  readonly receivedTime: number;
}

/** An order as it came, before its market is looked up. */
export interface RawOrder {
  readonly order: Order;
  /** The id of its market, as far as it was ever named. */
  readonly market: string | undefined;
  readonly venueTime: number | undefined;
  readonly receivedTime: number;
}

/** Every state of every order of one account. Orders that name another account are another subscription's. */
export const ordersChannel = (owner: Owner, report: Report): ChannelSpec<readonly RawOrder[]> => ({
  topic: topicOf(`orders ${owner.id}`, 'orders', {
    subscribe: { action: 'subscribe_orders', identities: [{ [owner.kind]: owner.id }] },
    // Ends every orders subscription of the connection: this one is the only one on its wire.
    unsubscribe: { action: 'unsubscribe_orders' },
  }),
  decode: sparingReader(
    OrdersFrame,
    ORDER_EXTRAS,
    leftOutOf(`orders ${owner.id}`, report),
    (frame, at): readonly RawOrder[] =>
      frame.orders
        .filter(({ account }) => account?.kind !== owner.kind || isSame(account, owner))
        .map((order) => ({ order, market: order.market_id, venueTime: seenAt(frame), receivedTime: at })),
  ),
});

/** @param market The order's market, where it is known. */
export function orderOf({ order, venueTime, receivedTime }: RawOrder, market: O2Market | undefined): O2Order {
  const { price, quantity, quantity_fill, price_fill, timestamp } = order;
  const { desired_quantity: desired } = order;
  const placed = market === undefined ? undefined : levelIn(market, price, quantity);
  const fill = market === undefined ? undefined : levelIn(market, price_fill ?? '0', quantity_fill ?? '0');
  const filled = quantity_fill === undefined ? undefined : fill;
  const fillPrice = price_fill === undefined ? undefined : fill;
  return {
    id: order.order_id,
    market,
    side: order.side,
    type: order.order_type,
    status: statusOf(order),
    price: placed?.price,
    size: placed?.size,
    filled: filled?.size,
    fillPrice: fillPrice?.price,
    exact: {
      price: placed?.exact.price,
      size: placed?.exact.size,
      filled: filled?.exact.size,
      fillPrice: fillPrice?.exact.price,
    },
    units: {
      price,
      size: quantity,
      filled: quantity_fill,
      fillPrice: price_fill,
      remaining: desired !== undefined && 'Base' in desired ? desired.Base.remaining_quantity : baseOf(desired),
      remainingQuote: desired !== undefined && 'Quote' in desired ? desired.Quote.remaining_quote_token : undefined,
    },
    placedTime: timestamp === undefined ? undefined : timeOf(timestamp),
    venueTime,
    receivedTime,
  };
}

function baseOf(desired: Order['desired_quantity']): string | undefined {
  const base = desired !== undefined && 'Quote' in desired ? desired.Quote.desired_base_quantity : undefined;
  return base === undefined || base === 'Infinite' ? undefined : base.Quantity;
}

function statusOf({ cancel, close, partially_filled }: Order): O2Order['status'] {
  if (cancel === true) return 'cancelled';
  if (close === true) return 'filled';
  return partially_filled === true ? 'partial' : 'open';
}

export const isClosed = ({ cancel, close }: Order): boolean => cancel === true || close === true;
