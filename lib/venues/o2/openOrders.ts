import { type Observable, EMPTY, expand, forkJoin, map, of, reduce, switchMap } from 'rxjs';
import { RequestFailedError } from '../../errors/requestFailedError.js';
import { sparing } from '../../codec/sparing.js';
import { type Order, ORDER_EXTRAS, OrdersAnswer } from './frames.js';
import type { Owner } from './ids.js';
import { isClosed, type RawOrder } from './orders.js';
import type { LoadContext } from './listings.js';
import { noneIfUnknown } from './rest.js';

/** What is known of an account's orders. */
export interface OrdersState {
  readonly open: readonly RawOrder[];
  /** Ids of the newest that closed: what is told late of one of them does not open it again. */
  readonly closed: readonly string[];
  /** The markets whose orders the load asked for. */
  readonly asked: ReadonlySet<string>;
}

/** So many closed orders are remembered. */
const CLOSED_KEPT = 1_000;
export const NO_ORDERS: OrdersState = { open: [], closed: [], asked: new Set() };

/**
 * One that closed leaves the open ones, and stays closed whatever is told late; any other takes the place of its older
 * state. A state with less filled than is known is older than a reload that overtook it, and passed over.
 */
export const foldOrder = (state: OrdersState, raw: RawOrder): OrdersState => foldOrders(state, [raw]);

/** The same for all that one message tells: what is known is copied but once. */
export function foldOrders(state: OrdersState, raws: readonly RawOrder[]): OrdersState {
  const open = new Map(state.open.map((one) => [one.order.order_id, one]));
  const closed = new Set(state.closed);
  let isChanged = false;
  for (const raw of raws) {
    const { order_id: id } = raw.order;
    const known = open.get(id);
    if (known === undefined && closed.has(id)) continue;
    if (isClosed(raw.order)) {
      open.delete(id);
      closed.add(id);
    } else if (known !== undefined && isOlder(raw, known)) continue;
    else open.set(id, raw);
    isChanged = true;
  }
  return isChanged ? { ...state, open: [...open.values()], closed: [...closed].slice(-CLOSED_KEPT) } : state;
}

/** Fills are never taken back: what tells of less was overtaken. */
const isOlder = ({ order }: RawOrder, known: RawOrder): boolean =>
  BigInt(order.quantity_fill ?? 0) < BigInt(known.order.quantity_fill ?? 0);

/** What is loaded of an order, or what was known of it before, where the load is behind that. */
function newestBy({ open }: OrdersState): (loaded: RawOrder) => RawOrder {
  const before = new Map(open.map((one) => [one.order.order_id, one]));
  return (loaded) => {
    const known = before.get(loaded.order.order_id);
    return known !== undefined && isOlder(loaded, known) ? known : loaded;
  };
}

const PAGE = 200;
/** The most open orders in one market that are asked for. */
const MOST = 10_000;

export interface OrdersQuery extends LoadContext {
  readonly owner: Owner;
}

/**
 * The open orders of an account over REST, which asks market by market, 200 at a time: those that the venue lists now,
 * since one may have been listed a moment ago, and those of open orders that it lists no more.
 *
 * @param last What was known before.
 */
export function loadOrders(
  { rest, listed$, owner, now, unread }: OrdersQuery,
  last = NO_ORDERS,
): Observable<OrdersState> {
  const answer = sparing(OrdersAnswer, ['orders.*', ...ORDER_EXTRAS], unread);
  const page = (market: string, after: Order | undefined): Observable<readonly Order[]> =>
    rest
      .get(
        '/v1/orders',
        {
          market_id: market,
          contract: owner.id,
          direction: 'desc',
          count: String(PAGE),
          is_open: 'true',
          ...(after?.timestamp !== undefined && { start_timestamp: after.timestamp, start_order_id: after.order_id }),
        },
        answer,
      )
      .pipe(map(({ orders }) => orders));
  const load = (market: string): Observable<readonly RawOrder[]> => {
    const ids = new Set<string>();
    return page(market, undefined).pipe(
      // A page that does not lead on is the last one; one that leads back to itself hides all that come after it.
      expand((orders) => {
        const [known, end] = [ids.size, orders.at(-1)];
        for (const { order_id } of orders) ids.add(order_id);
        if (orders.length < PAGE || end?.timestamp === undefined) return EMPTY;
        if (ids.size === known) throw new RequestFailedError(`the pages of orders repeat after ${known} orders`);
        if (ids.size >= MOST) throw new RequestFailedError(`more than ${MOST} orders`);
        return page(market, end);
      }),
      reduce((all: readonly Order[], orders) => [...all, ...orders], []),
      map((orders) => orders.map((order) => ({ order, market, venueTime: undefined, receivedTime: now() }))),
    );
  };
  const newest = newestBy(last);
  return listed$.pipe(
    switchMap((all) => {
      const listed = new Set(all.map(({ id }) => id));
      const unlisted = new Set(
        last.open.map(({ market }) => market).filter((id) => id !== undefined && !listed.has(id)),
      );
      const lists = [
        ...[...listed].map(load),
        ...[...unlisted].map((market) => (market === undefined ? of([]) : noneIfUnknown(load(market)))),
      ];
      const asked = new Set([...listed, ...last.open.flatMap(({ market }) => market ?? [])]);
      return (lists.length === 0 ? of([]) : forkJoin(lists)).pipe(
        // They come newest first.
        map((found) =>
          foldOrders(
            { open: [], closed: last.closed, asked },
            found.flatMap((list) => [...list].reverse().map(newest)),
          ),
        ),
      );
    }),
  );
}
