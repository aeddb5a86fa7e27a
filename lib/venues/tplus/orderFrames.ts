import * as t from 'io-ts';
import { frame } from '../../codec/frame.js';
import { U64 } from '../../codec/integers.js';
import { Decimals } from './frames.js';
import { orNone } from '../../codec/orNone.js';
import { Id, Text, leaf } from '../../codec/scalars.js';

/**
 * Events of orders. Source: `tplus/model/order.py` of tpluspy (v0.2.4, v0.6.0). Prices and quantities are whole numbers
 * of the last decimal place of their market's book, unlike anywhere else at this venue.
 */

/**
 * Whose an event is. What a recording blotted out (`***`) is nobody's: passed over as another user's it would be missed unsaid.
 */
const UserId = leaf('UserId', (u): u is string => typeof u === 'string' && /^[\w+/=-]+$/.test(u));

const LimitDetails = frame('Limit', { limit_price: U64, quantity: U64 });
const BaseQuantity = frame('BaseAsset', { quantity: U64 });
const QuoteQuantity = frame('QuoteAsset', { quantity: U64 });
const MarketDetails = frame('Market', {
  quantity: frame('Quantity', {}, { BaseAsset: BaseQuantity, QuoteAsset: QuoteQuantity }),
});

export const OrderFrame = frame('tplus.Order', {
  signer: UserId,
  order_id: Id,
  base_asset: Text,
  book_price_decimals: Decimals,
  book_quantity_decimals: Decimals,
  details: frame('Details', {}, { Limit: LimitDetails, Market: MarketDetails }),
  side: t.keyof({ Buy: null, Sell: null }, 'Side'),
  creation_timestamp_ns: U64,
});
export type OrderFrame = t.TypeOf<typeof OrderFrame>;

const about = { order_id: Id, asset_id: Text, user_id: UserId };
const reason = { reason: orNone(Text) };

export const Created = frame('tplus.Created', { user_order: OrderFrame, book_timestamp_ns: U64 });
export const Canceled = frame('tplus.Canceled', { ...about, timestamp_ns: U64 }, reason);
export const Removed = frame(
  'tplus.Removed',
  { ...about, timestamp_ns: U64, reason: Text },
  {
    filled_quantity: U64,
    confirmed_quantity: U64,
    filled_amount: U64,
    confirmed_amount: U64,
    book_quantity_decimals: Decimals,
  },
);
export const Replaced = frame(
  'tplus.Replaced',
  { ...about, new_quantity: U64, new_price: U64 },
  { timestamp_ns: orNone(U64) },
);
export const Amended = frame(
  'tplus.Amended',
  { ...about, new_quantity: U64, remaining_quantity: U64, book_quantity_decimals: Decimals },
  { timestamp_ns: orNone(U64) },
);
export const Triggered = frame('tplus.Triggered', { ...about, timestamp_ns: U64, quantity: U64 });
export const Failed = frame('tplus.Failed', { order_id: Id }, { user_id: orNone(UserId), ...reason });
export const Updated = frame('tplus.Updated', {
  order_id: Id,
  status: Text,
  filled_quantity: U64,
  remaining_quantity: U64,
  update_timestamp_ns: U64,
});
