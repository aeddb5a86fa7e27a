import * as t from 'io-ts';
import { DecimalText } from '../../codec/decimalText.js';
import { frame } from '../../codec/frame.js';
import { U64 } from '../../codec/integers.js';
import { list } from '../../codec/list.js';
import { LooseDecimal } from '../../codec/looseDecimal.js';
import { orNone } from '../../codec/orNone.js';
import { orRead } from '../../codec/readFrame.js';
import { Id, Sequence, Text } from '../../codec/scalars.js';
import { type Unread, orUnread, sparing } from '../../codec/sparing.js';
import { LooseLevels } from './looseLevels.js';

/**
 * Source of all: the models of tpluspy v0.2.4 (2026-06-25) and v0.6.0, and the samples of the server's own document;
 * unknown keys are passed over. Times are ns since 1970, raw integers beyond 2^53.
 */

/** Changes of one book. Names neither market nor time: the socket does. */
export const DepthUpdate = frame('tplus.DepthUpdate', {
  sequence_number: Sequence,
  bids: LooseLevels, //  size 0 removes
  asks: LooseLevels,
});
export type DepthUpdate = t.TypeOf<typeof DepthUpdate>;

/** The whole book, by request. Sides in any order; what is empty may be absent. */
export const DepthAnswer = frame(
  'tplus.DepthAnswer',
  {},
  { sequence_number: Sequence, bids: LooseLevels, asks: LooseLevels },
);
export type DepthAnswer = t.TypeOf<typeof DepthAnswer>;

const TradeStatus = t.keyof({ Pending: null, Confirmed: null, Rollbacked: null }, 'TradeStatus');

const trade = {
  asset_id: Text,
  trade_id: U64,
  price: DecimalText,
  quantity: DecimalText,
  timestamp_ns: U64,
  buyer_is_maker: t.boolean,
};
const tradeExtras = { order_id: orUnread(Text) };
/** One that says itself how far it has come; where it does not, it stays. */
export const TradeFrame = orRead(frame('tplus.Trade', trade, { ...tradeExtras, status: TradeStatus }));
/** One whose tag says that. */
export const StepFrame = frame('tplus.Trade', trade, tradeExtras);
export type StepFrame = t.TypeOf<typeof StepFrame>;
export type TradeFrame = t.TypeOf<typeof TradeFrame>;

/** One bar. No interval, no market, no mark of its end. */
export const Bar = frame('tplus.Bar', {
  open: DecimalText,
  high: DecimalText,
  low: DecimalText,
  close: DecimalText,
  volume: DecimalText,
  open_timestamp_ns: U64,
  close_timestamp_ns: U64,
});
export type Bar = t.TypeOf<typeof Bar>;
export const Bars = orRead(list(Bar, 'bars'));

/** Since v0.6. What the venue does not know is `null`. */
export const TickerFrame = frame(
  'tplus.Ticker',
  { asset_id: Text, volume_24h: LooseDecimal, timestamp_ns: U64 },
  {
    last_price: orNone(LooseDecimal),
    mark_price: orNone(LooseDecimal),
    index_price: orNone(LooseDecimal),
    high_24h: orNone(LooseDecimal),
    low_24h: orNone(LooseDecimal),
    price_change_24h: orNone(LooseDecimal),
  },
);
/** What a ticker may do without, should it not be readable. */
export const TICKER_EXTRAS: readonly string[] = ['mark_price', 'index_price'];
export type TickerFrame = t.TypeOf<typeof TickerFrame>;

export const UserTradeFrame = frame(
  'tplus.UserTrade',
  {
    asset_id: Text,
    order_id: Text,
    trade_id: U64,
    price: DecimalText,
    quantity: DecimalText,
    timestamp_ns: U64,
    is_maker: t.boolean,
    is_buyer: t.boolean,
    status: TradeStatus,
  },
  // What is absent has a meaning, and what can't be read has none.
  {
    rollback_reason: orUnread(Text),
    is_liquidation: orUnread(t.boolean),
    is_auto_deleverage: orUnread(t.boolean),
    sub_account: orUnread(t.Int),
    trading_fee: orUnread(LooseDecimal),
  },
);
export type UserTradeFrame = t.TypeOf<typeof UserTradeFrame>;

// ---- requests

/** A number that is signed to sign in. */
export const NonceAnswer = frame('tplus.NonceAnswer', { value: Text });
export const TokenAnswer = frame('tplus.TokenAnswer', { token: Text, expiry_ns: U64 });

/** More would be no amounts but texts of any length. */
const isDecimals = (n: number): boolean => n >= 0 && n <= 36;
export const Decimals = t.refinement(t.Int, isDecimals, 'Decimals');
const BookDecimals = t.refinement(t.Int, isDecimals, 'Int');

/** How many decimals the whole numbers of a market's order events have. */
export const MarketAnswer = frame('tplus.MarketAnswer', {
  asset_id: Text,
  book_price_decimals: BookDecimals,
  book_quantity_decimals: BookDecimals,
});

/** An order as the order service lists it, in human units. */
export const ListedOrder = frame(
  'tplus.ListedOrder',
  {
    order_id: Id,
    base_asset: Text,
    side: t.keyof({ Buy: null, Sell: null }, 'Side'),
    timestamp_ns: U64,
    status: Text,
  },
  { limit_price: orNone(LooseDecimal), quantity: orNone(LooseDecimal), canceled: orNone(t.boolean) },
);
export type ListedOrder = t.TypeOf<typeof ListedOrder>;

/** One page; older servers answer the bare list. */
export const pageOf = <A, O>(name: string, key: string, row: t.Type<A, O>): t.Type<Page<A>, unknown> => {
  const rows = list(row, 'rows');
  const page = frame(name, { [key]: rows }, { has_next_page: orNone(t.boolean) });
  return new t.Type<Page<A>, unknown>(
    name,
    (u): u is Page<A> => typeof u === 'object' && u !== null && 'rows' in u,
    (u, c) => {
      const list = page.validate(Array.isArray(u) ? { [key]: u } : u, c);
      if (list._tag === 'Left') return list;
      const hasNext: unknown = list.right.has_next_page;
      const found = rows.validate(list.right[key], c);
      return found._tag === 'Left' ? found : t.success({ rows: found.right, hasNext: hasNext === true });
    },
    t.identity,
  );
};
/** The same without what can't be read: rows, and fields of rows that may be missing. */
export function sparingPage<A>(
  page: t.Type<Page<A>, unknown>,
  key: string,
  extras: readonly string[],
  unread: Unread,
): t.Decoder<unknown, Page<A>> {
  const { decode } = sparing(page, [`${key}.*`, ...extras.map((extra) => `${key}.*.${extra}`)], unread);
  const decodePage = (u: unknown): t.Validation<Page<A>> => decode(Array.isArray(u) ? { [key]: u } : u);
  return { name: page.name, validate: decodePage, decode: decodePage };
}
export interface Page<A> {
  readonly rows: readonly A[];
  readonly hasNext: boolean;
}
