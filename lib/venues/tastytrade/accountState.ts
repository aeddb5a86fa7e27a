import type { TastytradeBalances, TastytradePosition, TastytradeTradingStatus } from './holdings.js';
import { isLate } from './isLate.js';
import type { TastytradeNotice } from './notices.js';
import { type TastytradeComplexOrder, isFinal } from './orders.js';
import { isOlderComplex, isOver, withNewest, withOrder } from './complexOrder.js';
import { type TastytradeTrackedOrder, trackOrder } from './trackedOrder.js';

/** What an account holds, as far as it is known. Maps and values are never changed, only replaced. */
export interface TastytradeAccount {
  readonly account: string;
  /** By id: every open one, and those that ended while they were followed, at most 1,000 of them. */
  readonly orders: ReadonlyMap<string, TastytradeTrackedOrder>;
  /** By id. Their orders are the newest that were told, with them or alone. */
  readonly complexOrders: ReadonlyMap<string, TastytradeComplexOrder>;
  /**
   * By symbol and type of instrument ({@link positionKey}). One that was closed, or that a load has no more, stays with
   * size 0, at most 1,000 of them: so that a late word about it is not taken for a new one.
   */
  readonly positions: ReadonlyMap<string, TastytradePosition>;
  /** By currency; under the empty text where the venue names none. */
  readonly balances: ReadonlyMap<string, TastytradeBalances>;
  readonly tradingStatus: TastytradeTradingStatus | undefined;
}

export const emptyAccount = (account: string): TastytradeAccount => ({
  account,
  orders: new Map(),
  complexOrders: new Map(),
  positions: new Map(),
  balances: new Map(),
  tradingStatus: undefined,
});

/** The key of a position. */
export const positionKey = ({
  symbol,
  instrumentType = '',
}: Pick<TastytradePosition, 'symbol' | 'instrumentType'>): string => `${symbol}|${instrumentType}`;

const KEPT = 1_000;

/**
 * Folds one notification in. Each holds the whole object, so the newer one stands: told by `updated-at`, where both have
 * it. The same one twice, and one that is older than what is known, change nothing; fills that an older one brings are kept.
 */
export const foldNotice = (account: TastytradeAccount, notice: TastytradeNotice): TastytradeAccount =>
  foldNotices(account, [notice]);

/** The same for all that one message tells: what is known is copied but once. */
export function foldNotices(account: TastytradeAccount, notices: readonly TastytradeNotice[]): TastytradeAccount {
  const own = new Set<unknown>();
  const put: Put = (map, key, value) => {
    if (own.has(map)) return (map as Map<string, typeof value>).set(key, value);
    const copy = new Map(map).set(key, value);
    own.add(copy);
    return copy;
  };
  let next = account;
  for (const notice of notices) next = folded(next, notice, put);
  return next === account ? account : kept(next);
}

/** Sets an entry of a map; in place where that is of this fold already. */
type Put = <V>(map: ReadonlyMap<string, V>, key: string, value: V) => ReadonlyMap<string, V>;

/** Of those that are over only the newest are kept. */
export const kept = (account: TastytradeAccount): TastytradeAccount => ({
  ...account,
  orders: bounded(account.orders, ({ order }) => isFinal(order)),
  complexOrders: bounded(account.complexOrders, isOver),
  positions: bounded(account.positions, ({ size }) => size === 0),
});

function folded(account: TastytradeAccount, notice: TastytradeNotice, put: Put): TastytradeAccount {
  switch (notice.type) {
    case 'order': {
      const { value } = notice;
      const known = account.orders.get(value.id);
      const tracked = trackOrder(known, value);
      if (tracked === known) return account;
      const next = { ...account, orders: put(account.orders, value.id, tracked) };
      const complex = account.complexOrders.get(value.complexOrderId ?? '');
      if (complex === undefined) return next;
      return { ...next, complexOrders: put(account.complexOrders, complex.id, withOrder(complex, tracked.order)) };
    }
    case 'complexOrder': {
      const { value } = notice;
      if (isOlderComplex(value, account.complexOrders.get(value.id))) return account;
      return {
        ...account,
        complexOrders: put(account.complexOrders, value.id, withNewest(value, account.orders)),
      };
    }
    case 'position': {
      const { value } = notice;
      const key = positionKey(value);
      const known = account.positions.get(key);
      if (isOlder(value, known) || isOfGone(value, known)) return account;
      return { ...account, positions: put(account.positions, key, value) };
    }
    case 'balances': {
      const { value } = notice;
      const key = value.currency ?? '';
      if (isOlder(value, account.balances.get(key))) return account;
      return { ...account, balances: put(account.balances, key, value) };
    }
    case 'tradingStatus':
      return isOlder(notice.value, account.tradingStatus) ? account : { ...account, tradingStatus: notice.value };
    default:
      return account;
  }
}

/** What may tell when it changed last. */
export interface Dated {
  readonly updatedAt?: number | undefined;
}
const isOlder = (seen: Dated, known: Dated | undefined): boolean => isLate(seen.updatedAt, known?.updatedAt);

/** The newer of what a load has and what was told before: an answer may be older than a notification. */
export const newerOf = <V extends Dated>(loaded: V, known: V | undefined): V =>
  known !== undefined && isOlder(loaded, known) ? known : loaded;

/** What a load has no more: closed since, though nobody said when. What was told of it last stays in `raw`. */
export const gone = (position: TastytradePosition): TastytradePosition =>
  position.size === 0
    ? position
    : {
        ...position,
        quantity: 0,
        quantityDirection: 'Zero',
        size: 0,
        exact: { ...position.exact, quantity: '0', size: '0' },
      };

/** Whether it is what was known of a position before a load had it no more. */
const isOfGone = (seen: TastytradePosition, known: TastytradePosition | undefined): boolean =>
  known?.size === 0 && known.raw['quantity-direction'] !== 'Zero' && seen.updatedAt === known.updatedAt;

/** Forgets the oldest of those that are over, where there are too many of them. */
function bounded<V>(map: ReadonlyMap<string, V>, isOver: (value: V) => boolean): ReadonlyMap<string, V> {
  if (map.size <= KEPT) return map;
  const over = [...map].filter(([, value]) => isOver(value));
  if (over.length <= KEPT) return map;
  const discarded = new Set(over.slice(0, over.length - KEPT).map(([key]) => key));
  return new Map([...map].filter(([key]) => !discarded.has(key)));
}
