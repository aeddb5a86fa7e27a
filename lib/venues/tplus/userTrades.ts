import { type Observable, catchError, map, of, throwError } from 'rxjs';
import * as t from 'io-ts';
import { millisOfNanos } from '../../codec/integers.js';
import { type Unread, sparingReader } from '../../codec/sparing.js';
import { RequestFailedError } from '../../errors/requestFailedError.js';
import type { Ask } from '../../feed/ask.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { USER_TRADE_EXTRAS, UserTradeFrame, pageOf, sparingPage } from './frames.js';
import { topicOf } from './topics.js';
import { leftOutOf } from '../../feed/leftOut.js';
import type { Report } from '../../model/fault.js';
import { type TplusTradeStatus, statusOf } from './trades.js';

/** A trade of the user's own. Told several times as it comes along: by id and order it is one. */
export interface TplusUserTrade {
  readonly id: string;
  readonly orderId: string;
  readonly asset: string;
  /** The user's own side and part. */
  readonly side: 'buy' | 'sell';
  readonly role: 'maker' | 'taker';
  readonly price: number;
  readonly size: number;
  /** In USD; negative is a rebate. */
  readonly fee: number;
  readonly exact: { readonly price: string; readonly size: string; readonly fee: string };
  readonly status: TplusTradeStatus;
  readonly rollbackReason?: string | undefined;
  readonly isLiquidation: boolean;
  readonly isAutoDeleverage: boolean;
  /** 0 main, 1 margin. */
  readonly subAccount: number;
  readonly venueTime: number;
  /** The venue's time in ns, digit for digit. */
  readonly venueTimeNs: string;
}

/** The newest trades by `id/orderId`, oldest first, each as it stands. */
export type TplusFills = ReadonlyMap<string, TplusUserTrade>;

/** Flat; a tag around it, of which some documents speak, is taken off. */
const UserTradeEvent = new t.Type<UserTradeFrame, unknown>(
  'tplus.UserTradeEvent',
  UserTradeFrame.is,
  (u, c) => UserTradeFrame.validate(untagged(u), c),
  t.identity,
);

function untagged(u: unknown): unknown {
  if (typeof u !== 'object' || u === null) return u;
  const [[tag, inner] = [], ...more] = Object.entries(u as Readonly<Record<string, unknown>>);
  return tag !== undefined && tag in statusOf && more.length === 0 ? inner : u;
}

export const userTradesChannel = (report: Report): ChannelSpec<readonly TplusUserTrade[]> => ({
  topic: topicOf('userTrades'),
  decode: sparingReader(UserTradeEvent, USER_TRADE_EXTRAS, leftOutOf('userTrades', report), (frame) => [
    userTradeOf(frame),
  ]),
});

function userTradeOf(frame: UserTradeFrame): TplusUserTrade {
  const { price, quantity: size, trading_fee: fee = '0', timestamp_ns } = frame;
  return {
    id: frame.trade_id,
    orderId: frame.order_id,
    asset: frame.asset_id,
    side: frame.is_buyer ? 'buy' : 'sell',
    role: frame.is_maker ? 'maker' : 'taker',
    price: Number(price),
    size: Number(size),
    fee: Number(fee),
    exact: { price, size, fee },
    status: statusOf[frame.status],
    rollbackReason: frame.rollback_reason,
    isLiquidation: frame.is_liquidation ?? false,
    isAutoDeleverage: frame.is_auto_deleverage ?? false,
    subAccount: frame.sub_account ?? 0,
    venueTime: millisOfNanos(timestamp_ns),
    venueTimeNs: timestamp_ns,
  };
}

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
export function loadFills(userId: string, ask: Ask, unread: Unread): Observable<TplusFills> {
  const answer = sparingPage(Trades, 'trades', USER_TRADE_EXTRAS, unread);
  return ask(`/trades/user/${userId}?page=0&limit=${FILLS_KEPT}`, answer).pipe(
    map(({ rows }) => [...rows].reverse().map(userTradeOf).reduce(foldFills, new Map<string, TplusUserTrade>())),
    catchError((error: unknown) =>
      error instanceof RequestFailedError && error.status === 404
        ? of(new Map<string, TplusUserTrade>())
        : throwError(() => error),
    ),
  );
}
