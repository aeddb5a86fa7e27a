import { type Observable, EMPTY, expand, forkJoin, map, of, reduce, switchMap } from 'rxjs';
import { reader } from '../../codec/read.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { type Order, OrdersAnswer, OrdersFrame } from './frames.js';
import { isSame, type Owner } from './ids.js';
import type { Markets, O2Market } from './markets.js';
import type { Rest } from './rest.js';
import { levelIn, seenAt, timeOf } from './scale.js';
import { topicOf } from './topics.js';

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
  readonly receivedTime: number;
}

/** An order as it came, before its market is looked up. */
export interface RawOrder {
  readonly order: Order;
  readonly venueTime: number | undefined;
  readonly receivedTime: number;
}

/** Every state of every order of one account. Orders that name another account are another subscription's. */
export const ordersChannel = (owner: Owner): ChannelSpec<readonly RawOrder[]> => ({
  topic: topicOf(`orders ${owner.id}`, 'orders', {
    subscribe: { action: 'subscribe_orders', identities: [{ [owner.kind]: owner.id }] },
    // Ends every orders subscription of the connection: this one is the only one on its wire.
    unsubscribe: { action: 'unsubscribe_orders' },
  }),
  decode: reader(OrdersFrame, (frame, at): readonly RawOrder[] =>
    frame.orders
      .filter(({ account }) => account?.kind !== owner.kind || isSame(account, owner))
      .map((order) => ({ order, venueTime: seenAt(frame), receivedTime: at })),
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

export const isClosed = ({ status }: O2Order): boolean => status === 'filled' || status === 'cancelled';

/**
 * The open orders of an account: one that closed is left out, any other takes the place of its older state. A state with
 * less filled than is known is older than a reload that overtook it, and passed over.
 */
export function foldOrder(open: readonly O2Order[], order: O2Order): readonly O2Order[] {
  const known = open.find(({ id }) => id === order.id);
  if (isClosed(order)) return known === undefined ? open : open.filter((one) => one !== known);
  if (known === undefined) return [...open, order];
  if (BigInt(order.units.filled ?? 0) < BigInt(known.units.filled ?? 0)) return open;
  return open.map((one) => (one === known ? order : one));
}

const PAGE = 200;

/** The open orders of an account over REST, which asks market by market, 200 at a time. */
export function loadOrders(
  rest: Rest,
  markets: Markets,
  owner: Owner,
  now: () => number,
): Observable<readonly O2Order[]> {
  const load = (market: O2Market): Observable<readonly O2Order[]> => {
    const ask = (last: Order | undefined): Observable<readonly Order[]> =>
      rest
        .get(
          '/v1/orders',
          {
            market_id: market.id,
            contract: owner.id,
            direction: 'desc',
            count: String(PAGE),
            is_open: 'true',
            ...(last?.timestamp !== undefined && { start_timestamp: last.timestamp, start_order_id: last.order_id }),
          },
          OrdersAnswer,
        )
        .pipe(map(({ orders }) => orders));
    return ask(undefined).pipe(
      // A page that does not lead on is the last one.
      expand((page) => (page.length < PAGE || page.at(-1)?.timestamp === undefined ? EMPTY : ask(page.at(-1)))),
      reduce((all: readonly Order[], page) => [...all, ...page], []),
      map((orders) =>
        orders
          .map((order) => orderOf({ order, venueTime: undefined, receivedTime: now() }, market))
          .reduceRight(foldOrder, []),
      ),
    );
  };
  return markets.all().pipe(
    switchMap((all) => (all.length === 0 ? of([]) : forkJoin(all.map(load)))),
    map((lists) => lists.flat()),
  );
}
