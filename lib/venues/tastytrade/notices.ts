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
import { type Shape, read, readChange, shape } from './shape.js';
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
import type { UnreadReport } from './unread.js';

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

/** An order as it stands by now. */
export type TastytradeOrderNotice = Notice<'order', TastytradeOrder>;
/** Orders that belong together, as they stand by now. */
export type TastytradeComplexOrderNotice = Notice<'complexOrder', TastytradeComplexOrder>;
/** The money of an account in one currency. */
export type TastytradeBalancesNotice = Notice<'balances', TastytradeBalances>;
/** A position as it stands by now. */
export type TastytradePositionNotice = Notice<'position', TastytradePosition>;
/** What an account may do. */
export type TastytradeTradingStatusNotice = Notice<'tradingStatus', TastytradeTradingStatus>;
/** What came of a position, order by order. */
export type TastytradeOrderChainNotice = Notice<'orderChain', TastytradeOrderChain>;
/** Money on its way in or out. */
export type TastytradeExternalTransactionNotice = Notice<'externalTransaction', TastytradeExternalTransaction>;
/** The gain of the year in one underlying. */
export type TastytradeYearGainNotice = Notice<'yearGain', TastytradeYearGain>;
/** One of the venue's own lists of symbols. */
export type TastytradePublicWatchlistNotice = Notice<'publicWatchlist', TastytradePublicWatchlist>;
/** An alert of the user's. */
export type TastytradeQuoteAlertNotice = Notice<'quoteAlert', TastytradeQuoteAlert>;
/** A type that no documentation names: user messages come so, and whatever the venue invents. `name` is the venue's. */
export type TastytradeOtherNotice = Notice<'other', Readonly<Record<string, unknown>>> & { readonly name: string };

/** Everything the account stream tells. */
export type TastytradeNotice =
  | TastytradeOrderNotice
  | TastytradeComplexOrderNotice
  | TastytradeBalancesNotice
  | TastytradePositionNotice
  | TastytradeTradingStatusNotice
  | TastytradeOrderChainNotice
  | TastytradeExternalTransactionNotice
  | TastytradeYearGainNotice
  | TastytradePublicWatchlistNotice
  | TastytradeQuoteAlertNotice
  | TastytradeOtherNotice;

type Read = (
  data: unknown,
  meta: Omit<TastytradeOtherNotice, 'type' | 'value' | 'name'>,
  unread: UnreadReport | undefined,
) => Either<t.Errors, TastytradeNotice>;

const reading =
  <T, N extends TastytradeNotice>(shape: Shape<T>, type: N['type'], to: (value: T) => N['value']): Read =>
  (data, meta, unread) => {
    const result = readChange(shape, data, unread);
    if (result._tag === 'Left') return result;
    const notice: unknown = { type, value: to(result.right), ...meta };
    return t.success(notice as N);
  };
const same = <T>(value: T): T => value;

/** By the venue's names of types. */
const reads: Readonly<Record<string, Read>> = {
  Order: reading<TastytradeOrder, TastytradeOrderNotice>(Order, 'order', same),
  ComplexOrder: reading<TastytradeComplexOrder, TastytradeComplexOrderNotice>(ComplexOrder, 'complexOrder', same),
  AccountBalance: reading<TastytradeBalances, TastytradeBalancesNotice>(Balances, 'balances', same),
  CurrentPosition: reading(Position, 'position', positionOf),
  TradingStatus: reading<TastytradeTradingStatus, TastytradeTradingStatusNotice>(TradingStatus, 'tradingStatus', same),
  OrderChain: reading<TastytradeOrderChain, TastytradeOrderChainNotice>(OrderChain, 'orderChain', same),
  ExternalTransaction: reading<TastytradeExternalTransaction, TastytradeExternalTransactionNotice>(
    ExternalTransaction,
    'externalTransaction',
    same,
  ),
  UnderlyingYearGainSummary: reading<TastytradeYearGain, TastytradeYearGainNotice>(YearGain, 'yearGain', same),
  PublicWatchlists: reading<TastytradePublicWatchlist, TastytradePublicWatchlistNotice>(
    PublicWatchlist,
    'publicWatchlist',
    same,
  ),
  QuoteAlert: reading<TastytradeQuoteAlert, TastytradeQuoteAlertNotice>(QuoteAlert, 'quoteAlert', same),
};

/** Whether the type has a name in the venue's documentation. */
export const isKnownType = (type: string): boolean => Object.hasOwn(reads, type);

/** Whether every one of the type names an account. Chains may leave it out. */
export const belongsToAccount = (type: string): boolean =>
  isKnownType(type) && !['OrderChain', 'PublicWatchlists', 'QuoteAlert'].includes(type);

/**
 * Reads one notification. What may be absent and can't be read is left out and told, unless it decides about more than
 * itself; where nobody is told, it refuses the whole.
 */
export function readNotice(
  payload: unknown,
  receivedTime: number,
  unread?: UnreadReport,
): Either<t.Errors, TastytradeNotice> {
  const envelope = Notification.decode(payload);
  if (envelope._tag === 'Left') return envelope;
  const { type, data } = envelope.right;
  const stamps = read(Stamps, payload, unread);
  if (stamps._tag === 'Left') return stamps;
  const { timestamp: venueTime, wsSequence: sequence } = stamps.right;
  const meta = { account: accountOf(data), venueTime, sequence, receivedTime };
  const known = isKnownType(type) ? reads[type] : undefined;
  if (known !== undefined) return known(data, meta, unread);
  const value = t.UnknownRecord.is(data) ? data : { data };
  return t.success({ type: 'other', name: type, value, ...meta });
}

/** What stands beside the `data` of a notification. */
const Stamps = shape('tastytrade.Notification', {
  required: {},
  optional: { times: ['timestamp'], amounts: ['ws-sequence'] },
});

/** The account a notification's `data` names, as text. */
export function accountOf(data: unknown): string | undefined {
  const account = t.UnknownRecord.is(data) ? data['account-number'] : undefined;
  return typeof account === 'string' || typeof account === 'number' ? String(account) : undefined;
}
