import { type Observable, EMPTY, concatMap, expand, from, map, of, reduce, switchMap } from 'rxjs';
import { catchError, throwError } from 'rxjs';
import { millisOfNanos } from '../../codec/integers.js';
import type { Unread } from '../../codec/sparing.js';
import { RequestFailedError } from '../../errors/requestFailedError.js';
import type { AuthorizedRequest } from '../../feed/authorizedRequest.js';
import { isRefusedWith } from '../../feed/isPage.js';
import { ListedOrder, MarketAnswer, type Page, pageOf, sparingPage } from './frames.js';
import type { Report } from '../../model/fault.js';
import { type TplusLastChanges, changesSince, isBefore, isBeforeListed, withChange } from './orderChanges.js';
import type { TplusBookDecimals, TplusOrder, TplusOrderEvent } from './orderEvent.js';

/** The orders that stand. */
export interface TplusOpenOrders {
  /** By id. */
  readonly orders: ReadonlyMap<string, TplusOrder>;
  /** Decimals of the markets they are in, by asset: some events are in whole numbers. */
  readonly decimals: ReadonlyMap<string, TplusBookDecimals>;
  /** The newest orders that ended, by id, and when, in ms by the venue's clock: none is taken back by what is told late. */
  readonly ended?: ReadonlyMap<string, number>;
  /** The newest orders that the venue listed as ended, by id, and when they were made, in ms: none begins by what is told late. */
  readonly over?: ReadonlyMap<string, number>;
  /** When the orders that the last load listed as standing were made, by id, in ms: one made before is another. */
  readonly listed?: ReadonlyMap<string, number>;
  /** What changed orders last, by id, where the venue told when: none is taken back by what is told late. */
  readonly changes?: ReadonlyMap<string, TplusLastChanges>;
  /** When orders were made, by id: what is older than one whose id was used before is of the one before. */
  readonly made?: ReadonlyMap<string, TplusMaking>;
}

/** By the clock of the book, which all events tell, in ns; and whether there was one of the same id before. */
export interface TplusMaking {
  readonly at: string;
  readonly isAgain: boolean;
}

/** So many orders that ended are remembered, of so many the last changes, and when so many were made. */
const KEPT = 1_000;

/**
 * Pure. An event that the orders already hold, or that is of no order they hold, changes nothing. One that ended stays so, but
 * for a newer one of its name: ids are the client's own.
 */
export function foldOrders(state: TplusOpenOrders, event: TplusOrderEvent): TplusOpenOrders {
  switch (event.type) {
    case 'created': {
      const decimals = new Map(state.decimals).set(event.asset, event.decimals);
      if (isOfEnded(state, event) || isOver(state, event.order) || isBeforeListed(state, event))
        return { ...state, decimals };
      const before = state.made?.get(event.orderId);
      const isNext = before !== undefined && isBefore(before.at, event.venueTimeNs);
      const made = withMade(state, event, isNext);
      if (state.orders.has(event.orderId) && !isNext) return { ...state, decimals, made };
      const exact = changesSince(state.changes?.get(event.orderId), event.venueTimeNs, event.decimals);
      const order = withTexts(event.order, exact);
      return { ...state, orders: new Map(state.orders).set(event.orderId, order), decimals, made };
    }
    case 'canceled':
    case 'removed':
      return isOfOneBefore(state, event)
        ? withEnded(state, event.orderId, event.venueTime)
        : without(withEnded(state, event.orderId, event.venueTime), event.orderId);
    case 'replaced':
    case 'amended': {
      if (isOfEnded(state, event) || isOfOneBefore(state, event)) return state;
      const { last, exact } = withChange(state.changes?.get(event.orderId), event, state.decimals.get(event.asset));
      return changed(last === undefined ? state : withLast(state, event.orderId, last), event.orderId, exact);
    }
    case 'createFailed':
    case 'triggered':
    case 'replaceFailed':
    case 'cancelFailed':
    case 'amendFailed':
    case 'updated':
    case 'unknown':
      return state;
  }
}

/** Of an order that ended: told late. One of the same id that is newer is another. */
const isOfEnded = (
  { ended }: Pick<TplusOpenOrders, 'ended'>,
  { orderId, venueTime = Infinity }: { readonly orderId: string; readonly venueTime?: number | undefined },
): boolean => venueTime <= (ended?.get(orderId) ?? -Infinity);

/** What was held while another load was to come is discarded, the end of an order with it: the load has that one as ended. */
const isOver = ({ over }: TplusOpenOrders, { id, createdTime }: TplusOrder): boolean =>
  createdTime <= (over?.get(id) ?? -Infinity);

/** Of an order whose id has been used again since: told late. A time of 0 is none. */
function isOfOneBefore(
  { made }: Pick<TplusOpenOrders, 'made'>,
  { orderId, venueTimeNs }: { readonly orderId: string; readonly venueTimeNs?: string | undefined },
): boolean {
  const last = made?.get(orderId);
  return last?.isAgain === true && venueTimeNs !== '0' && isBefore(venueTimeNs, last.at);
}

/** Of two made under one id the later counts, in whatever order they are heard. */
function withMade(
  { made = new Map(), ended }: TplusOpenOrders,
  { orderId, venueTimeNs: at }: { readonly orderId: string; readonly venueTimeNs?: string | undefined },
  isNext: boolean,
): ReadonlyMap<string, TplusMaking> {
  const last = made.get(orderId);
  if (at === undefined) return made;
  if (last !== undefined && !isNext)
    return isBefore(at, last.at) ? new Map(made).set(orderId, { ...last, isAgain: true }) : made;
  return withNewest(made, orderId, { at, isAgain: isNext || ended?.has(orderId) === true });
}

function withEnded(state: TplusOpenOrders, id: string, at: number | undefined): TplusOpenOrders {
  const before = state.ended?.get(id) ?? -Infinity;
  if (at === undefined || at <= before) return state;
  return { ...state, ended: withNewest(state.ended, id, at) };
}

const withLast = (state: TplusOpenOrders, id: string, last: TplusLastChanges): TplusOpenOrders => ({
  ...state,
  changes: withNewest(state.changes, id, last),
});

/** The newest last, and no more than are kept. */
function withNewest<V>(known: ReadonlyMap<string, V> | undefined, id: string, value: V): ReadonlyMap<string, V> {
  const values = new Map(known);
  values.delete(id);
  values.set(id, value);
  const [oldest] = values.keys();
  if (values.size > KEPT && oldest !== undefined) values.delete(oldest);
  return values;
}

function without(state: TplusOpenOrders, id: string): TplusOpenOrders {
  if (!state.orders.has(id)) return state;
  const orders = new Map(state.orders);
  orders.delete(id);
  return { ...state, orders };
}

function changed(state: TplusOpenOrders, id: string, exact: Partial<TplusOrder['exact']>): TplusOpenOrders {
  const order = state.orders.get(id);
  return order === undefined ? state : { ...state, orders: new Map(state.orders).set(id, withTexts(order, exact)) };
}

function withTexts(order: TplusOrder, texts: Partial<TplusOrder['exact']>): TplusOrder {
  const exact = { ...order.exact, ...texts };
  const numberOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));
  return { ...order, exact, price: numberOf(exact.price), size: numberOf(exact.size) };
}

/** As many as the venue's own client asks for at once, and as often. */
const PAGE = 1_000;
const PAGES = 50;
const Orders = pageOf('tplus.Orders', 'orders', ListedOrder);
/** What a row may do without, should it not be readable. */
const EXTRAS = ['limit_price', 'quantity'];

/**
 * Loads the orders that stand: the user's orders page by page, newest first and closed ones among them, and the decimals
 * of their markets. A user whom the venue does not know yet has none (404).
 */
export function loadOrders(
  userId: string,
  request: AuthorizedRequest,
  report: Report,
  unread: Unread,
  last?: TplusOpenOrders,
): Observable<TplusOpenOrders> {
  const answer = sparingPage(Orders, 'orders', EXTRAS, unread);
  const page = (index: number): Observable<Page<ListedOrder> & { readonly index: number }> =>
    request(`/orders/user/${userId}?page=${index}&limit=${PAGE}`, answer).pipe(
      catchError((error: unknown) =>
        isRefusedWith(error, 404) ? of({ rows: [], hasNext: false }) : throwError(() => error),
      ),
      map((found) => ({ ...found, index })),
    );
  return page(0).pipe(
    expand(({ hasNext, index }) => {
      if (!hasNext) return EMPTY;
      if (index + 1 >= PAGES) throw new RequestFailedError(`more than ${PAGES * PAGE} orders`);
      return page(index + 1);
    }),
    // A page may repeat the end of the one before, where orders came meanwhile.
    reduce(
      ({ orders, over }, { rows }) => {
        for (const row of rows) {
          const { order_id: id } = row;
          if (orders.has(id) || over.has(id)) continue;
          const order = orderOf(row);
          if (!isOpen(row, report)) {
            if (over.size < KEPT) over.set(id, order.createdTime);
          }
          // Of one that is known to have ended the load is behind the stream.
          else if (last === undefined || !isOfEnded(last, { orderId: id, venueTime: order.createdTime }))
            orders.set(id, order);
        }
        return { orders, over };
      },
      { orders: new Map<string, TplusOrder>(), over: new Map<string, number>() },
    ),
    switchMap(({ orders, over }) =>
      from(new Set([...orders.values()].map(({ asset }) => asset))).pipe(
        concatMap((asset) => request(`/market/${asset}`, MarketAnswer)),
        reduce(
          (decimals, answer) =>
            decimals.set(answer.asset_id, {
              price: answer.book_price_decimals,
              quantity: answer.book_quantity_decimals,
            }),
          new Map<string, TplusBookDecimals>(),
        ),
        map((decimals): TplusOpenOrders => ({ ...last, orders, listed: timesOf(orders), over, decimals })),
      ),
    ),
  );
}

const timesOf = (orders: TplusOpenOrders['orders']): ReadonlyMap<string, number> =>
  new Map([...orders].map(([id, { createdTime }]) => [id, createdTime]));

/** The venue's words of an order that stands, and of one that has ended, whatever stands behind them. */
const STANDS = /^(?:open|pending|partial|new|created|accepted|untriggered|triggered)/i;
const ENDED = /^(?:complete|fill|executed|cancel|expire|reject|remove|fail|selftrade)/i;

/**
 * Whether an order stands. One of a status that nobody knew is taken for one that does, and told: an order that is not
 * shown is missed by nobody.
 */
function isOpen({ order_id, status, canceled }: ListedOrder, report: Report): boolean {
  const word = status.replaceAll('_', '');
  if (canceled === true || ENDED.test(word)) return false;
  if (!STANDS.test(word)) {
    const message = `orders: ${order_id} has a status that is not known: ${status.slice(0, 50)}`;
    report({ type: 'venue', message });
  }
  return true;
}

const orderOf = (row: ListedOrder): TplusOrder =>
  withTexts(
    {
      id: row.order_id,
      asset: row.base_asset,
      side: row.side === 'Buy' ? 'buy' : 'sell',
      exact: {},
      createdTime: millisOfNanos(row.timestamp_ns),
    },
    { price: row.limit_price, size: row.quantity },
  );
