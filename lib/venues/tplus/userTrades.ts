import { type Observable, catchError, map, of, throwError } from 'rxjs';
import { millisOfNanos } from '../../codec/integers.js';
import { type Unread, sparingReader } from '../../codec/sparing.js';
import type { AuthorizedRequest } from '../../feed/authorizedRequest.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { UserTradeFrame, pageOf, sparingPage } from './frames.js';
import { topicOf } from './topics.js';
import { isRefusedWith } from '../../feed/isPage.js';
import { leftOutOf } from '../../feed/leftOut.js';
import type { Report } from '../../model/fault.js';
import { type TplusTradeStatus, statusOf } from './trades.js';

/** A trade of the user's own. Told several times as it comes along: by id and order it is one. */
export interface TplusUserTrade {
  readonly id: string;
  /** The user's order that it is a part of. */
  readonly orderId: string;
  readonly asset: string;
  /** The user's own side and part. */
  readonly side: 'buy' | 'sell';
  /** Whether that order rested in the book or took from it. */
  readonly role: 'maker' | 'taker';
  /** In quote units. */
  readonly price: number;
  /** In base units. */
  readonly size: number;
  /** In USD; negative is a rebate. `undefined` where it could not be read. */
  readonly fee: number | undefined;
  /** The venue’s own decimal texts. */
  readonly exact: { readonly price: string; readonly size: string; readonly fee: string | undefined };
  readonly status: TplusTradeStatus;
  /** Why it was rolled back, in the venue’s words; only of one that was. */
  readonly rollbackReason?: string | undefined;
  /** `undefined` where it could not be read, as the two that follow. */
  readonly isLiquidation: boolean | undefined;
  readonly isAutoDeleverage: boolean | undefined;
  /** 0 main, 1 margin. */
  readonly subAccount: number | undefined;
  /** In ms. */
  readonly venueTime: number;
  /** The venue's time in ns, digit for digit. */
  readonly venueTimeNs: string;
}

/** The newest trades by `id/orderId`, oldest first, each as it stands. */
export type TplusFills = ReadonlyMap<string, TplusUserTrade>;

/** Flat; a tag around it, of which some documents speak, is taken off. */
function untagged(u: unknown): unknown {
  if (typeof u !== 'object' || u === null) return u;
  const [[tag, inner] = [], ...more] = Object.entries(u as Readonly<Record<string, unknown>>);
  return tag !== undefined && tag in statusOf && more.length === 0 ? inner : u;
}

export const userTradesChannel = (report: Report): ChannelSpec<readonly TplusUserTrade[]> => {
  const read = sparingReader(UserTradeFrame, [], leftOutOf('userTrades', report), (frame) => [userTradeOf(frame)]);
  return { topic: topicOf('userTrades'), decode: (payload, at) => read(untagged(payload), at) };
};

function userTradeOf(frame: UserTradeFrame): TplusUserTrade {
  const { price, quantity: size, timestamp_ns } = frame;
  const fee = readOr(frame.trading_fee, '0');
  return {
    id: frame.trade_id,
    orderId: frame.order_id,
    asset: frame.asset_id,
    side: frame.is_buyer ? 'buy' : 'sell',
    role: frame.is_maker ? 'maker' : 'taker',
    price: Number(price),
    size: Number(size),
    fee: fee === undefined ? undefined : Number(fee),
    exact: { price, size, fee },
    status: statusOf[frame.status],
    rollbackReason: readOr(frame.rollback_reason, undefined),
    isLiquidation: readOr(frame.is_liquidation, false),
    isAutoDeleverage: readOr(frame.is_auto_deleverage, false),
    subAccount: readOr(frame.sub_account, 0),
    venueTime: millisOfNanos(timestamp_ns),
    venueTimeNs: timestamp_ns,
  };
}

/** What stands for a field that is absent; nothing does for one that can't be read (`null`). */
const readOr = <T, U>(value: T | null | undefined, absent: U): T | U | undefined =>
  value === null ? undefined : (value ?? absent);

/** What is kept, and asked for at once: the venue's largest page. */
export const FILLS_KEPT = 1_000;

/** Pure. A trade that is settled stays so, whatever is told late; beyond {@link FILLS_KEPT} the oldest goes. */
export function foldFills(state: TplusFills, trade: TplusUserTrade): TplusFills {
  const key = `${trade.id}/${trade.orderId}`;
  const before = state.get(key);
  if (before !== undefined && (trade.status === 'pending' || before.status === trade.status)) return state;
  const next = new Map(state).set(key, trade);
  const [oldest] = next.keys();
  if (next.size > FILLS_KEPT && oldest !== undefined) next.delete(oldest);
  return next;
}

const Trades = pageOf('tplus.UserTrades', 'trades', UserTradeFrame);

/** Loads the newest trades. A user whom the venue does not know yet has none (404). */
export function loadFills(userId: string, request: AuthorizedRequest, unread: Unread): Observable<TplusFills> {
  const answer = sparingPage(Trades, 'trades', [], unread);
  return request(`/trades/user/${userId}?page=0&limit=${FILLS_KEPT}`, answer).pipe(
    map(({ rows }) => [...rows].reverse().map(userTradeOf).reduce(foldFills, new Map<string, TplusUserTrade>())),
    catchError((error: unknown) =>
      isRefusedWith(error, 404) ? of(new Map<string, TplusUserTrade>()) : throwError(() => error),
    ),
  );
}
