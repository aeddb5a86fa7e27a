import * as t from 'io-ts';
import { DecimalText, SizeText } from '../../codec/decimalText.js';
import { frame } from '../../codec/frame.js';
import { list } from '../../codec/list.js';
import { keyedRow } from '../../codec/keyedRow.js';
import { Levels } from '../../codec/levels.js';
import { Id, leaf, Text } from '../../codec/scalars.js';

/** Source of all: Bitstamp's WebSocket API v2 and captures of 2021 to 2026, read 2026-11-29; unknown keys are passed over. */

const DIGITS = /^\d{1,17}$/;

/** A time in microseconds since 1970, as text. */
const Micros = leaf<string>('Micros', (u): u is string => typeof u === 'string' && DIGITS.test(u));

/** To ms: one microsecond apart is still apart. */
export const millisOf = (micros: string): number => Number(micros) / 1_000;

const sides = { bids: Levels, asks: Levels, microtimestamp: Micros };

/** What changed in a book, or the best levels of one. */
export const BookFrame = frame('bitstamp.book', { data: frame('bitstamp.levels', sides) });
export type BookFrame = t.TypeOf<typeof BookFrame>;
/** An answer to a request for a book. */
export const BookAnswer = frame('bitstamp.orderBook', sides);

const OrderRow = keyedRow('bitstamp.order', { price: DecimalText, amount: SizeText, id: Id });
export type OrderRow = t.TypeOf<typeof OrderRow>;
const orderSides = { bids: list(OrderRow), asks: list(OrderRow), microtimestamp: Micros };

/** The best orders of a book. */
export const OrdersFrame = frame('bitstamp.orders', { data: frame('bitstamp.bestOrders', orderSides) });
/** An answer to a request for a book order by order. */
export const OrdersAnswer = frame('bitstamp.orderBookByOrder', orderSides);
export type OrdersAnswer = t.TypeOf<typeof OrdersAnswer>;

/** 0 buys, 1 sells. */
const Side = t.keyof({ 0: null, 1: null });
const SideNumber = leaf<0 | 1>('Side', (u): u is 0 | 1 => typeof u === 'number' && Side.is(String(u)));

export const TradeFrame = frame('bitstamp.trade', {
  data: frame('bitstamp.liveTrade', {
    id: Id,
    price_str: DecimalText, //  the number beside it has lost digits
    amount_str: DecimalText,
    type: SideNumber, //        the taker's
    microtimestamp: Micros,
  }),
});
export type TradeFrame = t.TypeOf<typeof TradeFrame>;

export const OrderFrame = frame(
  'bitstamp.order',
  {
    event: t.keyof({ order_created: null, order_changed: null, order_deleted: null }),
    data: frame('bitstamp.liveOrder', {
      id_str: Id,
      order_type: SideNumber,
      price_str: DecimalText, //  0 of a market order
      amount_str: DecimalText, // what is left of it
      microtimestamp: Micros,
    }),
  },
  { event_id: Text, pre_event_id: Text }, // since 2026
);
export type OrderFrame = t.TypeOf<typeof OrderFrame>;
