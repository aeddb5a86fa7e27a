import type { AccountOrder } from '../accounts/simulatedAccount.js';
import { type Asset, nanosOf, scaledPrice, scaledQuantity } from './assets.js';
import type { Outcome } from './tradeBroadcasts.js';

/** One fill of one order. */
export interface UserTrade {
  readonly id: number;
  readonly order: AccountOrder;
  readonly asset: Asset;
  readonly lots: number;
  readonly at: number;
  status: 'Pending' | Outcome;
}

/** The id of a user's order. */
export const orderIdOf = (user: string, { number }: AccountOrder): string => `o-${user.slice(0, 6)}-${number}`;

/** What every event of an order says of it. */
export function about(user: string, order: AccountOrder, { id }: Asset): string {
  return `"order_id":"${orderIdOf(user, order)}","asset_id":"${id}","user_id":"${user}"`;
}

/** A new order. */
export function createdText(user: string, order: AccountOrder, asset: Asset, now: number): string {
  const limit =
    `"limit_price":${scaledPrice(asset, order.tick)},"quantity":${scaledQuantity(asset, order.lots)}` +
    `,"time_in_force":{"GTC":{"post_only":true}}`;
  const signature = Array.from({ length: 64 }, (_, index) => (order.number * 31 + index * 7) % 256);
  return (
    `"user_order":{"signer":"${user}","order_id":"${orderIdOf(user, order)}","base_asset":"${asset.id}"` +
    `,"book_price_decimals":${asset.priceDecimals},"book_quantity_decimals":${asset.quantityDecimals}` +
    `,"details":{"Limit":{${limit}}},"side":"${sideOf(order)}","trigger":null` +
    `,"creation_timestamp_ns":${nanosOf(order.placedAt)},"target":{"account":1,"is_spot":true},"reduce_only":false` +
    `,"max_trading_fees_rate":50000,"protocol_version":1},"signature":[${signature.join()}]` +
    `,"book_timestamp_ns":${nanosOf(now, 100)},"limit_overrides":null,"limit_overrides_signature":null`
  );
}

/** An order that is gone. @param confirmed How many lots of it are confirmed. */
export function removedText(
  user: string,
  order: AccountOrder,
  asset: Asset,
  { reason, confirmed, now }: { readonly reason: string; readonly confirmed: number; readonly now: number },
): string {
  const quantities = `"filled_quantity":${scaledQuantity(asset, order.filled)},"confirmed_quantity":${scaledQuantity(asset, confirmed)}`;
  return (
    `${about(user, order, asset)},"timestamp_ns":${nanosOf(now)},"operator_pubkey":null,"reason":"${reason}",${quantities}` +
    `,"filled_amount":0,"confirmed_amount":0,"book_quantity_decimals":${asset.quantityDecimals}`
  );
}

/** An order as lists hold it. */
export function orderRow(user: string, order: AccountOrder, asset: Asset | undefined): string {
  const { units } = asset?.instrument ?? {};
  const status = { open: 'Open', partial: 'Partial', filled: 'Completed', cancelled: 'Cancelled' }[order.status];
  return (
    `{"order_id":"${orderIdOf(user, order)}","base_asset":"${asset?.id ?? ''}","side":"${sideOf(order)}"` +
    `,"limit_price":"${units?.priceText(order.tick) ?? ''}","quantity":"${units?.sizeText(order.lots) ?? ''}","amount":null` +
    `,"max_sellable_amount":null,"max_sellable_quantity":null` +
    `,"confirmed_filled_quantity":"${units?.sizeText(order.filled) ?? ''}","pending_filled_quantity":"0"` +
    `,"confirmed_filled_amount":"0","pending_filled_amount":"0","good_until_timestamp_ns":null` +
    `,"timestamp_ns":${nanosOf(order.placedAt)},"canceled":${order.status === 'cancelled'},"status":"${status}"` +
    `,"trigger_above_price":null,"trigger_below_price":null,"last_update_timestamp_ns":${nanosOf(order.changedAt)}}`
  );
}

/** A trade of the user's, as streams and lists tell it. */
export function userTradeText(user: string, { id, order, asset, lots, at, status }: UserTrade): string {
  const { units } = asset.instrument;
  const reason = status === 'Rollbacked' ? '"counterparty insolvent"' : 'null';
  return (
    `{"asset_id":"${asset.id}","trade_id":${id},"order_id":"${orderIdOf(user, order)}"` +
    `,"price":"${units.priceText(order.tick)}","quantity":"${units.sizeText(lots)}","timestamp_ns":${nanosOf(at, id % 1_000)}` +
    `,"is_maker":true,"is_buyer":${order.side === 'buy'},"status":"${status}","rollback_reason":${reason}` +
    `,"is_liquidation":false,"is_auto_deleverage":false,"sub_account":1,"trading_fee":"-0.00100450"}`
  );
}

const sideOf = ({ side }: AccountOrder): string => (side === 'buy' ? 'Buy' : 'Sell');
