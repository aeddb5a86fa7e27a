import { type Observable, EMPTY, concatMap, expand, from, map, of, reduce, switchMap } from 'rxjs';
import { catchError, throwError } from 'rxjs';
import { millisOfNanos, scaledDown } from '../../codec/integers.js';
import type { Unread } from '../../codec/sparing.js';
import { RequestFailedError } from '../../errors/requestFailedError.js';
import type { AuthorizedRequest } from '../../feed/authorizedRequest.js';
import { isRefusedWith } from '../../feed/isPage.js';
import { ListedOrder, MarketAnswer, type Page, pageOf, sparingPage } from './frames.js';
import type { Report } from '../../model/fault.js';
import type { TplusBookDecimals, TplusOrder, TplusOrderEvent } from './orderEvent.js';

/** The orders that stand. */
export interface TplusOpenOrders {
  /** By id. */
  readonly orders: ReadonlyMap<string, TplusOrder>;
  /** Decimals of the markets they are in, by asset: some events are in whole numbers. */
  readonly decimals: ReadonlyMap<string, TplusBookDecimals>;
  /** The newest orders that ended, by id, and when, in ms by the venue's clock: none is taken back by what is told late. */
  readonly ended?: ReadonlyMap<string, number>;
}

/** So many orders that ended are remembered. */
const ENDED_KEPT = 1_000;

/**
 * Pure. An event that the orders already hold, or that is of no order they hold, changes nothing. One that ended stays so, but
 * for a newer one of its name: ids are the client's own.
 */
export function foldOrders(state: TplusOpenOrders, event: TplusOrderEvent): TplusOpenOrders {
  switch (event.type) {
    case 'created': {
      const decimals = new Map(state.decimals).set(event.asset, event.decimals);
      const isLate = (event.venueTime ?? Infinity) <= (state.ended?.get(event.orderId) ?? -Infinity);
      if (isLate || state.orders.has(event.orderId)) return { ...state, decimals };
      return { ...state, orders: new Map(state.orders).set(event.orderId, event.order), decimals };
    }
    case 'canceled':
    case 'removed':
      return without(withEnded(state, event.orderId, event.venueTime), event.orderId);
    case 'createFailed':
      return without(state, event.orderId);
    case 'replaced': {
      const decimals = state.decimals.get(event.asset);
      if (decimals === undefined) return state;
      const price = scaledDown(event.priceUnits, decimals.price);
      return changed(state, event.orderId, { price, size: scaledDown(event.quantityUnits, decimals.quantity) });
    }
    case 'amended':
      return changed(state, event.orderId, { size: event.size });
    case 'triggered':
    case 'replaceFailed':
    case 'cancelFailed':
    case 'amendFailed':
    case 'updated':
    case 'unknown':
      return state;
  }
}

function withEnded(state: TplusOpenOrders, id: string, at: number | undefined): TplusOpenOrders {
  const before = state.ended?.get(id) ?? -Infinity;
  if (at === undefined || at <= before) return state;
  const ended = new Map(state.ended).set(id, at);
  const [oldest] = ended.keys();
  if (ended.size > ENDED_KEPT && oldest !== undefined) ended.delete(oldest);
  return { ...state, ended };
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
    reduce((orders, { rows }) => {
      for (const row of rows)
        if (isOpen(row, report) && !orders.has(row.order_id)) orders.set(row.order_id, orderOf(row));
      return orders;
    }, new Map<string, TplusOrder>()),
    switchMap((orders) =>
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
        map((decimals): TplusOpenOrders => ({ orders, decimals, ...(last?.ended && { ended: last.ended }) })),
      ),
    ),
  );
}

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
