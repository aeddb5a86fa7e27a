import { type Observable, catchError, forkJoin, map, of, switchMap, throwError } from 'rxjs';
import { SubscriptionRefusedError } from '../../errors/subscriptionRefusedError.js';
import { isRefusedWith } from '../../feed/isPage.js';
import { readAnswer, readPart } from '../../feed/readAnswer.js';
import type { HttpResponse } from '../../network/network.js';
import { type Dated, type TastytradeAccount, emptyAccount, gone, kept, newerOf, positionKey } from './accountState.js';
import { RestAnswer, RestList } from './frames.js';
import { Balances, Position, type TastytradePosition, TradingStatus, positionOf } from './holdings.js';
import { ComplexOrder, Order, type TastytradeOrder, isFinal, lacksFills } from './orders.js';
import type { JsonObject } from '../../codec/jsonObject.js';
import { type RestConfig, get } from './rest.js';
import { type Shape, read } from './shape.js';
import { withNewest } from './complexOrder.js';
import { type TastytradeTrackedOrder, trackOrder } from './trackedOrder.js';
import { type UnreadReport, readEach, reportUnread } from './unread.js';

export interface LoadConfig extends RestConfig {
  /** Told of what can't be read: it costs itself, and no more. */
  readonly unread: UnreadReport;
}

/**
 * The state of one account: its balances, positions, open orders and trading status. Open orders that were known before
 * and are open no more are looked up one by one, since nothing else tells how they ended; so are those that are said to be
 * filled and lack fills.
 *
 * @param last What was known before, if anything.
 * @throws (on the stream) SubscriptionRefusedError where the account is not ours to see; RequestFailedError for anything
 *   else.
 */
export function loadAccount(
  config: LoadConfig,
  account: string,
  last: TastytradeAccount = emptyAccount(account),
): Observable<TastytradeAccount> {
  const base = `/accounts/${encodeURIComponent(account)}`;
  const list = <T>(path: string, shape: Shape<T>): Observable<readonly T[]> =>
    get(config, base + path).pipe(map((answer) => readItems(readPart(RestList, dataOf(answer)).items, shape, config)));
  const some = <T>(path: string, shape: Shape<T>): Observable<readonly T[]> =>
    get(config, base + path).pipe(map((answer) => oneOrMore(dataOf(answer), shape, config)));
  return forkJoin({
    orders: list('/orders/live', Order),
    complexOrders: list('/complex-orders/live', ComplexOrder),
    positions: list('/positions', Position),
    balances: some('/balances', Balances),
    statuses: some('/trading-status', TradingStatus),
  }).pipe(
    switchMap((found) => {
      const live = new Set(found.orders.map(({ id }) => id));
      const isUnsure = (order: TastytradeOrder): boolean => !isFinal(order) || lacksFills(order);
      const gone = [...last.orders.values()].filter(({ order }) => isUnsure(order) && !live.has(order.id));
      return (gone.length === 0 ? of([]) : forkJoin(gone.map(({ order }) => lookUp(config, base, order.id)))).pipe(
        map((ended) => ({ ...found, orders: [...ended.flat(), ...found.orders] })),
      );
    }),
    map(({ orders, complexOrders, positions, balances, statuses }): TastytradeAccount => {
      const known = [...last.orders].filter(([, { order }]) => isFinal(order));
      const tracked = new Map<string, TastytradeTrackedOrder>(known);
      for (const order of orders) {
        tracked.set(order.id, trackOrder(tracked.get(order.id) ?? last.orders.get(order.id), order));
      }
      const [status] = statuses;
      return kept({
        account,
        orders: tracked,
        complexOrders: new Map(complexOrders.map((one) => [one.id, withNewest(one, tracked)])),
        positions: positionsIn(positions.map(positionOf), last.positions),
        balances: newest(balances, ({ currency = '' }) => currency, last.balances),
        tradingStatus: status && newerOf(status, last.tradingStatus),
      });
    }),
    catchError((error: unknown) => throwError(() => refusalOf(error, account))),
  );
}

/** Those that are listed, and without size those that were known and are listed no more. */
function positionsIn(
  listed: readonly TastytradePosition[],
  known: TastytradeAccount['positions'],
): TastytradeAccount['positions'] {
  const found = newest(listed, positionKey, known);
  const over = [...known].filter(([key]) => !found.has(key)).map(([key, one]) => [key, gone(one)] as const);
  return new Map([...over, ...found]);
}

/** Of each the newest that is listed or was known: a list that is made while it changes may have one twice. */
function newest<V extends Dated>(
  listed: readonly V[],
  keyOf: (one: V) => string,
  known: ReadonlyMap<string, V>,
): Map<string, V> {
  const found = new Map<string, V>();
  for (const one of listed) {
    const key = keyOf(one);
    found.set(key, newerOf(one, found.get(key) ?? known.get(key)));
  }
  return found;
}

/** One that the venue does not know any more is none. */
const lookUp = (config: LoadConfig, base: string, id: string): Observable<readonly TastytradeOrder[]> =>
  get(config, `${base}/orders/${encodeURIComponent(id)}`).pipe(
    map((answer) => oneOrMore(dataOf(answer), Order, config)),
    catchError((error: unknown) => (isRefusedWith(error, 404) ? of([]) : throwError(() => error))),
  );

const dataOf = (answer: HttpResponse): JsonObject => readAnswer(RestAnswer, answer).data;

/** One object, or the objects of a list. */
const oneOrMore = <T>(data: JsonObject, shape: Shape<T>, config: LoadConfig): readonly T[] =>
  readItems('items' in data ? readPart(RestList, data).items : [data], shape, config);

/** One that can't be read costs that one. */
function readItems<T>(items: readonly unknown[], shape: Shape<T>, { unread }: LoadConfig): readonly T[] {
  const { values, refusals } = readEach(shape.codec, items, (item) => read(shape, item, unread));
  if (refusals.length === 0) return values;
  reportUnread(unread, refusals, items);
  unread.invalidate();
  return values;
}

/** 403 and 404 for an account, in the venue's words: it is not ours, or there is none. */
const refusalOf = (error: unknown, account: string): unknown =>
  isRefusedWith(error, 403, 404) ? new SubscriptionRefusedError('tastytrade', account, error.text) : error;
