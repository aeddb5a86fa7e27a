import * as t from 'io-ts';
import { frame } from '../../codec/frame.js';
import { list } from '../../codec/list.js';
import { JsonNumber, levelOfNumbers } from '../../codec/jsonNumbers.js';
import { keyedRow } from '../../codec/keyedRow.js';
import { LooseDecimal } from '../../codec/looseDecimal.js';
import { orNone } from '../../codec/orNone.js';
import { Id, leaf, Millis, Sequence } from '../../codec/scalars.js';
import type { PriceLevel } from '../../model/priceLevel.js';

/**
 * Source of all: docs.bitfinex.com, "Websocket API v2", and captures of 2019 to 2026, read 2026-11-29. A frame is a list:
 * channel, data, and whatever a session asked for behind it. The dialect hands on the data and its kind.
 */

/** `[price, count, amount]`: bids are above 0, asks below, and a count of 0 removes the level whatever the amount. */
const Three = t.tuple([JsonNumber, Sequence, JsonNumber], 'bitfinex.level');
export type LevelRow = t.TypeOf<typeof Three>;
/** Rows have grown at their ends over the years, mostly by nulls. */
const LevelRow = new t.Type<LevelRow, LevelRow, unknown>(
  'bitfinex.level',
  Three.is,
  // Asking needs no contexts, which cost more than all else here.
  (u, c) => (Three.is(u) ? t.success(u) : Three.validate(Array.isArray(u) && u.length > 3 ? u.slice(0, 3) : u, c)),
  t.identity,
);

export const SnapshotFrame = frame('bitfinex.book', { data: list(LevelRow) });
export type SnapshotFrame = t.TypeOf<typeof SnapshotFrame>;
export const UpdateFrame = frame('bitfinex.bookUpdate', { data: LevelRow });
export type UpdateFrame = t.TypeOf<typeof UpdateFrame>;

/** `[id, price, amount]`: bids are above 0, asks below, and a price of 0 removes the order whatever the amount. */
const OrderRow = keyedRow('bitfinex.order', { id: Id, price: JsonNumber, amount: JsonNumber });
export type OrderRow = t.TypeOf<typeof OrderRow>;
export const OrdersFrame = frame('bitfinex.orders', { data: list(OrderRow) });
export const OrderFrame = frame('bitfinex.orderUpdate', { data: OrderRow });

const Checksum = leaf<number>('Checksum', (u): u is number => Number.isInteger(u));
/** That of the book as it stands. */
export const ChecksumFrame = frame('bitfinex.checksum', { data: Checksum });

/** A level with the size of a side: that of asks is told below 0. */
export const sizedLevel = ([price, count, amount]: LevelRow): PriceLevel =>
  levelOfNumbers(price, count === 0 ? 0 : Math.abs(amount));

const TradeRow = keyedRow('bitfinex.trade', {
  id: Id,
  time: Millis,
  amount: LooseDecimal, // above 0: the taker bought
  price: LooseDecimal,
});
export type TradeRow = t.TypeOf<typeof TradeRow>;
export const TradesFrame = frame('bitfinex.trades', { data: list(TradeRow) });
export const TradeFrame = frame('bitfinex.tradeExecuted', { data: TradeRow });

const Figure = orNone(LooseDecimal);
const best = { bid: Figure, bidSize: Figure, ask: Figure, askSize: Figure };
/** What a ticker begins with. */
export const BestFrame = frame('bitfinex.best', { data: keyedRow('bitfinex.bestPrices', best) });
export type BestFrame = t.TypeOf<typeof BestFrame>;
export const TickerFrame = frame('bitfinex.ticker', {
  data: keyedRow('bitfinex.figures', {
    ...best,
    change: Figure, //      of a day
    changeRelative: Figure,
    last: Figure,
    volume: Figure, //      base units
    high: Figure,
    low: Figure,
  }),
});
export type TickerFrame = t.TypeOf<typeof TickerFrame>;

export const CandleRow = keyedRow('bitfinex.candle', {
  time: Millis, //          open time
  open: LooseDecimal,
  close: LooseDecimal,
  high: LooseDecimal,
  low: LooseDecimal,
  volume: LooseDecimal, //  base units
});
export type CandleRow = t.TypeOf<typeof CandleRow>;
export const CandlesFrame = frame('bitfinex.candles', { data: list(CandleRow) });
export const CandleFrame = frame('bitfinex.candleUpdate', { data: CandleRow });
