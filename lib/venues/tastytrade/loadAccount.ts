import { type Observable, catchError, forkJoin, map, of, switchMap, throwError } from 'rxjs';
import { pathOf } from '../../codec/path.js';
import { RequestFailedError } from '../../errors/requestFailedError.js';
import { SubscriptionRefusedError } from '../../errors/subscriptionRefusedError.js';
import { readAnswer, readPart } from '../../feed/readAnswer.js';
import type { HttpResponse } from '../../network/network.js';
import { type TastytradeAccount, emptyAccount, positionKey } from './accountState.js';
import { RestAnswer, RestList } from './frames.js';
import { Balances, Position, TradingStatus, positionOf } from './holdings.js';
import { ComplexOrder, Order, type TastytradeOrder, isFinal } from './orders.js';
import { type RestConfig, get } from './rest.js';
import { type Shape, read } from './shape.js';
import { type TastytradeTrackedOrder, trackOrder } from './trackedOrder.js';

/**
 * The state of one account: its balances, positions, open orders and trading status. Open orders that were known before
 * and are open no more are looked up one by one, since nothing else tells how they ended.
 *
 * @param last What was known before, if anything.
 * @throws (on the stream) SubscriptionRefusedError where the account is not ours to see; RequestFailedError for anything
 *   else.
 */
export function loadAccount(
  config: RestConfig,
  account: string,
  last: TastytradeAccount = emptyAccount(account),
): Observable<TastytradeAccount> {
  const base = `/accounts/${encodeURIComponent(account)}`;
  const list = <T>(path: string, shape: Shape<T>): Observable<readonly T[]> =>
    get(config, base + path).pipe(map((answer) => itemsOf(answer, shape)));
  return forkJoin({
    orders: list('/orders/live', Order),
    complexOrders: list('/complex-orders/live', ComplexOrder),
    positions: list('/positions', Position),
    balances: list('/balances', Balances),
    statuses: list('/trading-status', TradingStatus),
  }).pipe(
    switchMap((found) => {
      const live = new Set(found.orders.map(({ id }) => id));
      const gone = [...last.orders.values()].filter(({ order }) => !isFinal(order) && !live.has(order.id));
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
      const begun: TastytradeAccount = {
        ...emptyAccount(account),
        orders: tracked,
        complexOrders: new Map(complexOrders.map((one) => [one.id, one])),
        positions: new Map(positions.map(positionOf).map((one) => [positionKey(one), one])),
        balances: new Map(balances.map((one) => [one.currency ?? '', one])),
        tradingStatus: statuses[0],
      };
      return begun;
    }),
    catchError((error: unknown) => throwError(() => refusalOf(error, account))),
  );
}

/** One that the venue does not know any more is none. */
const lookUp = (config: RestConfig, base: string, id: string): Observable<readonly TastytradeOrder[]> =>
  get(config, `${base}/orders/${encodeURIComponent(id)}`).pipe(
    map((answer) => itemsOf(answer, Order)),
    catchError((error: unknown) =>
      error instanceof RequestFailedError && error.status === 404 ? of([]) : throwError(() => error),
    ),
  );

/** One object, or the objects of a list. */
function itemsOf<T>(answer: HttpResponse, shape: Shape<T>): readonly T[] {
  const { data } = readAnswer(RestAnswer, answer);
  const items = 'items' in data ? readPart(RestList, data).items : [data];
  return items.map((item) => {
    const result = read(shape, item);
    if (result._tag === 'Right') return result.right;
    throw new RequestFailedError(`an answer that can't be read: ${pathOf(result.left)}`);
  });
}

/** 403 and 404 for an account: it is not ours, or there is none. */
const refusalOf = (error: unknown, account: string): unknown =>
  error instanceof RequestFailedError && (error.status === 403 || error.status === 404)
    ? new SubscriptionRefusedError('tastytrade', account, error.text)
    : error;
