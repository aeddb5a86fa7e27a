import type { AccountOrder, SimulatedAccount } from '../accounts/simulatedAccount.js';
import type { TapeTrade } from '../market/tape.js';
import type { Parameters } from '../parameters.js';
import { clock } from './frames.js';
import { idOf } from './ids.js';

/** Where the page before ended: what a page begins behind. */
interface Cursor<T> {
  readonly numberOf: (one: T) => number;
  readonly timeOf: (one: T) => number;
  /** Of the last one; absent where a time alone, or nothing, is named. */
  readonly start: number | undefined;
}

/**
 * Pages of lists, as REST asks for them: newest first, unless `direction` is `asc`, behind an id or a time (`start_timestamp`, in
 * ms). Source: `api.ts` of the SDK.
 */
function pageOf<T>(all: readonly T[], parameters: Parameters, most: number, cursor: Cursor<T>): readonly T[] {
  const { numberOf, timeOf, start } = cursor;
  const sign = parameters.word('direction', ['asc', 'desc'], 'desc') === 'asc' ? 1 : -1;
  const count = parameters.whole('count', 1, Number.MAX_SAFE_INTEGER, DEFAULT_COUNT);
  const time = parameters.integer('start_timestamp');
  const isBehind = (one: T): boolean =>
    start === undefined
      ? time === undefined || sign * (clock(timeOf(one)) - Number(time)) > 0
      : sign * (numberOf(one) - start) > 0;
  return [...all]
    .sort((a, b) => sign * (numberOf(a) - numberOf(b)))
    .filter(isBehind)
    .slice(0, Math.min(most, count));
}
const [DEFAULT_COUNT, MOST_ORDERS, MOST_TRADES] = [20, 200, 50];

/** Orders of one market; all of them, or by `is_open` the open or the closed ones. */
export function ordersPage(
  parameters: Parameters,
  account: SimulatedAccount | undefined,
  symbol: string,
  idOfOrder: (order: AccountOrder) => string,
): readonly AccountOrder[] {
  const isOpen = parameters.word('is_open', ['true', 'false', 'any'], 'any');
  const open = isOpen === 'false' ? [] : (account?.openOrders ?? []);
  const closed = isOpen === 'true' ? [] : (account?.closedOrders ?? []);
  const all = [...open, ...closed].filter((order) => order.symbol === symbol);
  const name = parameters.text('start_order_id');
  const start = name === undefined ? undefined : orderNumber(account, idOf(name), idOfOrder);
  if (name !== undefined && start === undefined) parameters.refuse('start_order_id', 'start_order_id is no order');
  return pageOf(all, parameters, MOST_ORDERS, {
    numberOf: ({ number }) => number,
    timeOf: (one) => one.placedAt,
    start,
  });
}

/** It may be open or closed by now, and of whichever side of the list is asked for. */
function orderNumber(
  account: SimulatedAccount | undefined,
  id: string,
  idOfOrder: (order: AccountOrder) => string,
): number | undefined {
  const all = [...(account?.openOrders ?? []), ...(account?.closedOrders ?? [])];
  return all.find((order) => idOfOrder(order) === id)?.number;
}

/** Trades of one market, or of one account there. */
export function tradesPage(parameters: Parameters, all: readonly TapeTrade[]): readonly TapeTrade[] {
  const text = parameters.text('start_trade_id')?.replace('0x0a/', '');
  if (text !== undefined && !/^\d+$/.test(text)) parameters.refuse('start_trade_id', 'start_trade_id is no trade');
  const start = text === undefined ? undefined : Number(text);
  return pageOf(all, parameters, MOST_TRADES, {
    numberOf: ({ id }) => id,
    timeOf: ({ at }) => at,
    start,
  });
}
