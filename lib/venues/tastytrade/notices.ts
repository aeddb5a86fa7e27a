import type { Either } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { Notification } from './frames.js';
import {
  Balances,
  Position,
  type TastytradeBalances,
  type TastytradePosition,
  type TastytradeTradingStatus,
  TradingStatus,
  positionOf,
} from './holdings.js';
import { ComplexOrder, Order, type TastytradeComplexOrder, type TastytradeOrder } from './orders.js';
import { type Shape, read } from './shape.js';
import {
  ExternalTransaction,
  OrderChain,
  PublicWatchlist,
  QuoteAlert,
  type TastytradeExternalTransaction,
  type TastytradeOrderChain,
  type TastytradePublicWatchlist,
  type TastytradeQuoteAlert,
  type TastytradeYearGain,
  YearGain,
} from './statelessNotices.js';

/** One notification: what it is about, and when the venue told it. */
interface Notice<T extends string, V> {
  readonly type: T;
  readonly value: V;
  /** The account concerned, where there is one. */
  readonly account: string | undefined;
  /** When the venue sent it, in ms. */
  readonly venueTime: number | undefined;
  /** The venue's own number on this socket. What a gap in it means is not documented; nothing is concluded from it. */
  readonly sequence: number | undefined;
  /** When it was received, in ms. */
  readonly receivedTime: number;
}

export type OrderNotice = Notice<'order', TastytradeOrder>;
export type ComplexOrderNotice = Notice<'complexOrder', TastytradeComplexOrder>;
export type BalancesNotice = Notice<'balances', TastytradeBalances>;
export type PositionNotice = Notice<'position', TastytradePosition>;
export type TradingStatusNotice = Notice<'tradingStatus', TastytradeTradingStatus>;
export type OrderChainNotice = Notice<'orderChain', TastytradeOrderChain>;
export type ExternalTransactionNotice = Notice<'externalTransaction', TastytradeExternalTransaction>;
export type YearGainNotice = Notice<'yearGain', TastytradeYearGain>;
export type PublicWatchlistNotice = Notice<'publicWatchlist', TastytradePublicWatchlist>;
export type QuoteAlertNotice = Notice<'quoteAlert', TastytradeQuoteAlert>;
/** A type that no documentation names: user messages come so, and whatever the venue invents. `name` is the venue's. */
export type OtherNotice = Notice<'other', Readonly<Record<string, unknown>>> & { readonly name: string };

/** Everything the account stream tells. */
export type TastytradeNotice =
  | OrderNotice
  | ComplexOrderNotice
  | BalancesNotice
  | PositionNotice
  | TradingStatusNotice
  | OrderChainNotice
  | ExternalTransactionNotice
  | YearGainNotice
  | PublicWatchlistNotice
  | QuoteAlertNotice
  | OtherNotice;

type Read = (data: unknown, meta: Omit<OtherNotice, 'type' | 'value' | 'name'>) => Either<t.Errors, TastytradeNotice>;

const reading =
  <T, N extends TastytradeNotice>(shape: Shape<T>, type: N['type'], to: (value: T) => N['value']): Read =>
  (data, meta) => {
    const result = read(shape, data);
    if (result._tag === 'Left') return result;
    const notice: unknown = { type, value: to(result.right), ...meta };
    return t.success(notice as N);
  };
const same = <T>(value: T): T => value;

/** By the venue's names of types. */
const reads: Readonly<Record<string, Read>> = {
  Order: reading<TastytradeOrder, OrderNotice>(Order, 'order', same),
  ComplexOrder: reading<TastytradeComplexOrder, ComplexOrderNotice>(ComplexOrder, 'complexOrder', same),
  AccountBalance: reading<TastytradeBalances, BalancesNotice>(Balances, 'balances', same),
  CurrentPosition: reading(Position, 'position', positionOf),
  TradingStatus: reading<TastytradeTradingStatus, TradingStatusNotice>(TradingStatus, 'tradingStatus', same),
  OrderChain: reading<TastytradeOrderChain, OrderChainNotice>(OrderChain, 'orderChain', same),
  ExternalTransaction: reading<TastytradeExternalTransaction, ExternalTransactionNotice>(
    ExternalTransaction,
    'externalTransaction',
    same,
  ),
  UnderlyingYearGainSummary: reading<TastytradeYearGain, YearGainNotice>(YearGain, 'yearGain', same),
  PublicWatchlists: reading<TastytradePublicWatchlist, PublicWatchlistNotice>(PublicWatchlist, 'publicWatchlist', same),
  QuoteAlert: reading<TastytradeQuoteAlert, QuoteAlertNotice>(QuoteAlert, 'quoteAlert', same),
};

/** Whether the type has a name in the venue's documentation. */
export const isKnownType = (type: string): boolean => Object.hasOwn(reads, type);

/** Whether every one of the type names an account. Chains may leave it out. */
export const belongsToAccount = (type: string): boolean =>
  isKnownType(type) && !['OrderChain', 'PublicWatchlists', 'QuoteAlert'].includes(type);

/** Reads one notification. */
export function readNotice(payload: unknown, receivedTime: number): Either<t.Errors, TastytradeNotice> {
  const envelope = Notification.decode(payload);
  if (envelope._tag === 'Left') return envelope;
  const { type, data, timestamp: venueTime, 'ws-sequence': sequence } = envelope.right;
  const meta = { account: accountOf(data), venueTime, sequence, receivedTime };
  const known = isKnownType(type) ? reads[type] : undefined;
  if (known !== undefined) return known(data, meta);
  const value = t.UnknownRecord.is(data) ? data : { data };
  return t.success({ type: 'other', name: type, value, ...meta });
}

/** The account a notification's `data` names, as text. */
export function accountOf(data: unknown): string | undefined {
  const account = t.UnknownRecord.is(data) ? data['account-number'] : undefined;
  return typeof account === 'string' || typeof account === 'number' ? String(account) : undefined;
}
