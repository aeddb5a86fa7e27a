import { type Observable, EMPTY, expand, forkJoin, map, of, reduce, switchMap } from 'rxjs';
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
}

/** So many closed orders are remembered. */
const CLOSED_KEPT = 1_000;
export const NO_ORDERS: OrdersState = { open: [], closed: [] };

/**
 * One that closed leaves the open ones, and stays closed whatever is told late; any other takes the place of its older
 * state. A state with less filled than is known is older than a reload that overtook it, and passed over.
 */
export function foldOrder(state: OrdersState, raw: RawOrder): OrdersState {
  const { open, closed } = state;
  const { order_id: id, quantity_fill: filled = '0' } = raw.order;
  const known = open.find(({ order }) => order.order_id === id);
  if (isClosed(raw.order)) {
    if (known === undefined && closed.includes(id)) return state;
    return { open: open.filter((one) => one !== known), closed: [...closed, id].slice(-CLOSED_KEPT) };
  }
  if (closed.includes(id)) return state;
  if (known === undefined) return { ...state, open: [...open, raw] };
  if (BigInt(filled) < BigInt(known.order.quantity_fill ?? 0)) return state;
  return { ...state, open: open.map((one) => (one === known ? raw : one)) };
}

const PAGE = 200;

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
  const load = (market: string): Observable<readonly RawOrder[]> =>
    page(market, undefined).pipe(
      // A page that does not lead on is the last one.
      expand((orders) => {
        const end = orders.at(-1);
        return orders.length < PAGE || end?.timestamp === undefined ? EMPTY : page(market, end);
      }),
      reduce((all: readonly Order[], orders) => [...all, ...orders], []),
      map((orders) => orders.map((order) => ({ order, market, venueTime: undefined, receivedTime: now() }))),
    );
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
      return lists.length === 0 ? of([]) : forkJoin(lists);
    }),
    // They come newest first.
    map((lists) => lists.flatMap((list) => [...list].reverse()).reduce(foldOrder, { open: [], closed: last.closed })),
  );
}
