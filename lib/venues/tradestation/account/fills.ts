import { type Observable, defer, mergeMap } from 'rxjs';
import { subtractDecimals, compareDecimals } from '../../../book/decimals.js';
import type { AccountEvent } from '../../../model/accountEvent.js';
import type { TradestationOrder, TradestationOrderEvent, TradestationOrders } from './orders.js';

/** By how much an order's leg was filled since it was last told. The venue numbers no fills: several may come as one. */
export interface TradestationFill {
  /** The account’s id. */
  readonly account: string;
  /** The venue’s id of the order. */
  readonly orderId: string;
  /** Of the leg that was filled. */
  readonly symbol: string;
  /** In the venue’s words, `Buy` or `SellShort` for instance. */
  readonly side: string;
  /** What is new. */
  readonly size: number;
  /** The leg's average over all its fills, as far as the venue has told it. */
  readonly averagePrice: number | undefined;
  /** The same as decimal texts. */
  readonly exact: { readonly size: string; readonly averagePrice: string | undefined };
  /** Over all fills of the leg. */
  readonly filled: number;
  readonly at: number;
}

/**
 * The fills in events of orders, each once, whether a frame or a reload tells it: what a leg has filled now less what was
 * told of it before. What was filled before the first snapshot is where it begins and is not told. Outlives sessions, so
 * that what was filled while the connection was lost is told by the reload after.
 */
export function fillsIn(
  events$: Observable<AccountEvent<TradestationOrderEvent, TradestationOrders>>,
): Observable<TradestationFill> {
  return defer(() => {
    /** Of each order, what was told of each of its legs. */
    const known = new Map<string, readonly string[]>();
    let isBegun = false;
    return events$.pipe(
      mergeMap((event) => {
        if (event.type === 'reset' || (event.type === 'event' && !isBegun)) return [];
        if (event.type === 'event') return newFills(event.value.order, known, event.at);
        const fills = [...event.value.values()].flatMap((order) => newFills(order, known, event.at));
        const isFirst = !isBegun;
        isBegun = true;
        return isFirst ? [] : fills;
      }),
    );
  });
}

function newFills(
  order: TradestationOrder,
  known: Map<string, readonly string[]>,
  at: number,
): readonly TradestationFill[] {
  const { account, orderId, legs } = order;
  const before = known.get(orderId) ?? [];
  const texts: string[] = [];
  const fills: TradestationFill[] = [];
  legs.forEach(({ symbol, side, filled, price, exact }, i) => {
    const filledBefore = before[i] ?? '0';
    // An older frame behind a newer one fills nothing back.
    const isMore = compareDecimals(exact.filled, filledBefore) > 0;
    texts.push(isMore ? exact.filled : filledBefore);
    if (!isMore) return;
    const size = subtractDecimals(exact.filled, filledBefore);
    const own = { account, orderId, symbol, side, size: Number(size), averagePrice: price, filled, at };
    fills.push({ ...own, exact: { size, averagePrice: exact.price } });
  });
  known.set(orderId, texts);
  return fills;
}
