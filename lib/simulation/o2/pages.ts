import type { AccountOrder, SimulatedAccount } from '../accounts/simulatedAccount.js';
import type { Tape, TapeTrade } from '../market/tape.js';
import { idOf } from './ids.js';

/** Pages of lists, as REST asks for them: newest first, unless `direction` is `asc`. Source: `api.ts` of the SDK. */
function pageOf<T>(
  all: readonly T[],
  query: URLSearchParams,
  count: number,
  isStart: (one: T) => boolean,
): readonly T[] {
  const ordered = query.get('direction') === 'asc' ? all : [...all].reverse();
  const requested = Number(query.get('count') ?? 'none');
  const from = ordered.findIndex(isStart) + 1;
  return ordered.slice(from, from + Math.min(count, requested >= 1 ? requested : DEFAULT_COUNT));
}
const [DEFAULT_COUNT, MOST_ORDERS, MOST_TRADES] = [20, 200, 50];

/** Orders of one market; all of them, or by `is_open` the open or the closed ones. */
export function ordersPage(
  query: URLSearchParams,
  account: SimulatedAccount | undefined,
  symbol: string,
  idOfOrder: (order: AccountOrder) => string,
): readonly AccountOrder[] {
  const isOpen = query.get('is_open');
  const open = isOpen === 'false' ? [] : (account?.openOrders ?? []);
  const closed = isOpen === 'true' ? [] : (account?.closedOrders ?? []);
  const all = [...open, ...closed].filter((order) => order.symbol === symbol).sort((a, b) => a.number - b.number);
  const start = query.get('start_order_id');
  return pageOf(all, query, MOST_ORDERS, (order) => start !== null && idOfOrder(order) === idOf(start));
}

export function tradesPage(query: URLSearchParams, tape: Tape): readonly TapeTrade[] {
  const start = query.get('start_trade_id')?.replace('0x0a/', '');
  return pageOf(tape.tradesAfter(0), query, MOST_TRADES, ({ id }) => String(id) === start);
}
