import * as t from 'io-ts';
import { levelOf } from '../../../codec/levelOf.js';
import { DecimalText, SizeText } from '../../../codec/decimalText.js';
import { FastType, REFUSED } from '../../../codec/fastType.js';
import { frame } from '../../../codec/frame.js';
import { list } from '../../../codec/list.js';
import { IsoTime } from '../../../codec/isoTime.js';
import type { LevelScanner } from '../../../codec/gapScanner.js';
import { inOnlyEntry, under } from '../../../codec/placeOfLevels.js';
import { rowReader } from '../../../codec/rowReader.js';
import { Id, Sequence, Text } from '../../../codec/scalars.js';
import { mixedSideScanner, ScannedSides } from '../../../codec/scanSides.js';
import type { PriceLevel } from '../../../model/priceLevel.js';

/**
 * Source of all: the AsyncAPI document of Advanced Trade and captures of 2023 to 2026, read 2026-11-29; unknown keys are
 * passed over. What a channel is given is an event of a frame, and the frame's time.
 */

const Kind = t.keyof({ snapshot: null, update: null });
const envelope = { timestamp: IsoTime };

const Update = frame('coinbase.l2', {
  side: t.keyof({ bid: null, offer: null }),
  price_level: DecimalText,
  new_quantity: SizeText, //  0 removes
});
type Update = t.TypeOf<typeof Update>;
const UpdateList = list(Update, 'Updates');

/** Both sides, in the order of events. */
interface Sides {
  readonly bids: readonly PriceLevel[];
  readonly asks: readonly PriceLevel[];
}

const Updates = new FastType<Sides, unknown>(
  'Updates',
  (u): u is Sides => typeof u === 'object' && u !== null && 'bids' in u,
  (u) => {
    if (u instanceof ScannedSides) return u;
    const updates = UpdateList.tryDecode(u);
    return updates === REFUSED ? REFUSED : sidesOf(updates);
  },
  ({ bids, asks }) => [...rowsOf('bid', bids), ...rowsOf('offer', asks)],
  (u, c) => {
    if (u instanceof ScannedSides) return t.success(u);
    const read = UpdateList.validate(u, c);
    return read._tag === 'Left' ? read : t.success(sidesOf(read.right));
  },
);

/** Reads frames of one event with updates of either side. */
export const bookScanner = (): LevelScanner =>
  mixedSideScanner('updates', under('events', inOnlyEntry), {
    bid: rowReader`{"side":"bid","event_time":"${'text'}","price_level":"${'price'}","new_quantity":"${'size'}"}`,
    ask: rowReader`{"side":"offer","event_time":"${'text'}","price_level":"${'price'}","new_quantity":"${'size'}"}`,
  });

/** In one pass: a snapshot has tens of thousands. */
function sidesOf(updates: readonly Update[]): Sides {
  const bids: PriceLevel[] = [];
  const asks: PriceLevel[] = [];
  for (const { side, price_level, new_quantity } of updates)
    (side === 'bid' ? bids : asks).push(levelOf(price_level, new_quantity));
  return { bids, asks };
}

const rowsOf = (side: string, levels: readonly PriceLevel[]): readonly object[] =>
  levels.map(({ exact }) => ({ side, price_level: exact.price, new_quantity: exact.size }));

/** A snapshot of one book, or what changed in it. */
export const BookEvent = frame('coinbase.l2_data', { type: Kind, product_id: Text, updates: Updates }, envelope);
export type BookEvent = t.TypeOf<typeof BookEvent>;

const TradeRow = frame('coinbase.trade', {
  product_id: Text,
  trade_id: Id,
  price: DecimalText,
  size: DecimalText,
  time: IsoTime,
  side: t.keyof({ BUY: null, SELL: null }), // the maker's
});
export type TradeRow = t.TypeOf<typeof TradeRow>;
/** The newest one first. */
export const TradesEvent = frame('coinbase.market_trades', { type: Kind, trades: list(TradeRow) });

const TickerRow = frame(
  'coinbase.tickerOf',
  {
    product_id: Text,
    price: DecimalText,
  },
  {
    volume_24_h: DecimalText, // base units
    low_24_h: DecimalText,
    high_24_h: DecimalText,
    low_52_w: DecimalText,
    high_52_w: DecimalText,
    price_percent_chg_24_h: DecimalText,
    best_bid: DecimalText,
    best_bid_quantity: DecimalText,
    best_ask: DecimalText,
    best_ask_quantity: DecimalText,
  },
);
export type TickerRow = t.TypeOf<typeof TickerRow>;
export const TickerEvent = frame('coinbase.ticker', { tickers: list(TickerRow) }, envelope);

/** Seconds since 1970, as a text. */
const SecondsText = new t.Type<number, string>(
  'SecondsText',
  t.number.is,
  (u, c) => (typeof u === 'string' && /^\d{1,11}$/.test(u) ? t.success(Number(u) * 1_000) : t.failure(u, c)),
  (at) => String(at / 1_000),
);

const CandleRow = frame('coinbase.candle', {
  product_id: Text,
  start: SecondsText,
  open: DecimalText,
  high: DecimalText,
  low: DecimalText,
  close: DecimalText,
  volume: DecimalText,
});
export type CandleRow = t.TypeOf<typeof CandleRow>;
export const CandlesEvent = frame('coinbase.candles', { type: Kind, candles: list(CandleRow) }, envelope);

export const HeartbeatEvent = frame('coinbase.heartbeats', { heartbeat_counter: Sequence }, envelope);
