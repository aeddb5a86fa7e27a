import * as t from 'io-ts';
import { frame } from '../../codec/frame.js';
import { I128, U128, U64 } from '../../codec/integers.js';
import { isJsonObject } from '../../codec/jsonObject.js';
import { list } from '../../codec/list.js';
import { losslessJson } from '../../codec/losslessJson.js';
import { orNone } from '../../codec/orNone.js';
import { under } from '../../codec/placeOfLevels.js';
import type { LevelScanner } from '../../codec/gapScanner.js';
import { unitScanner } from '../../codec/scanUnits.js';
import { orScanned } from '../../codec/scannedRows.js';
import { orUnread } from '../../codec/sparing.js';
import { Id, Text } from '../../codec/scalars.js';
import { idOf, type Owner } from './ids.js';

/**
 * Sources of all: the server's own types (crate `o2-api-types`), the SDKs of o2-exchange/sdks (0.2.0 and newer), the
 * official trading bot, read 2026-11-20. Unknown keys are passed over. What a server may leave out may also be null.
 */

/** With and without `0x`, in either case: compared in one form. */
const HexId = new t.Type<string, string>(
  'HexId',
  (u): u is string => typeof u === 'string' && u !== '' && u === idOf(u),
  (u, c) => (typeof u === 'string' && u !== '' ? t.success(idOf(u)) : t.failure(u, c)),
  t.identity,
);

const Contract = frame('o2.ContractId', { ContractId: HexId });
const Address = frame('o2.Address', { Address: HexId });
/** `{"ContractId":"0x…"}` or `{"Address":"0x…"}`. */
const Identity = new t.Type<Owner, unknown>(
  'Identity',
  (u): u is Owner => frame('Owner', { kind: Text, id: Text }).is(u),
  (u, c) => {
    const contract = Contract.validate(u, c);
    if (contract._tag === 'Right') return t.success({ kind: 'ContractId', id: contract.right.ContractId });
    const address = Address.validate(u, c);
    return address._tag === 'Right' ? t.success({ kind: 'Address', id: address.right.Address }) : t.failure(u, c);
  },
  ({ kind, id }) => ({ [kind]: id }),
);

/** `Buy`, `buy`. */
const Side = new t.Type<'buy' | 'sell', string>(
  'Side',
  (u): u is 'buy' | 'sell' => u === 'buy' || u === 'sell',
  (u, c) => {
    const side = typeof u === 'string' ? u.toLowerCase() : u;
    return side === 'buy' || side === 'sell' ? t.success(side) : t.failure(u, c);
  },
  t.identity,
);

/** Room for zeros ahead of 64 bits. */
const NONCE = /^(?:0x[0-9a-f]{1,64}|\d{1,64})$/i;
/** `"42"`, `"0x2a"` or `42`, zeros ahead of it or not, as decimal text. */
const Nonce = new t.Type<string, string>(
  'Nonce',
  U64.is,
  (u, c) => U64.validate(typeof u === 'string' && NONCE.test(u) ? String(BigInt(u)) : u, c),
  t.identity,
);

const stamps = {
  onchain_timestamp: orNone(U128), // seconds
  seen_timestamp: orNone(U128), //    nanoseconds
};

/** What a frame may do without, should it not be readable. */
export const STAMPS: readonly string[] = Object.keys(stamps);

const SnapshotLevels = list(frame('o2.Level', { price: U64, quantity: U128 }), 'Levels');
const ChangedLevels = orScanned(list(frame('o2.Change', { price: U64, quantity: I128 }), 'Changes'));
const unitKeys = {
  price: 'price',
  size: 'quantity',
  rowOf: (price: string, quantity: string) => ({ price, quantity }),
};
/** Reads frames of changes as the server's own types write them. */
export const changeScanner = (): LevelScanner =>
  unitScanner(['buys', 'sells'], unitKeys, under('changes'), losslessJson);

/** Where sides have been seen: `view` (server types), `changes`, `orders` (newer SDK), or the frame itself (bot). */
function depthFrame<A>(name: string, levels: t.Type<A, unknown>) {
  // The venue writes buys and sells; a test of a newer SDK has bids and asks. One that is `null` says nothing of its side.
  const sides = { buys: levels, sells: levels, bids: levels, asks: levels };
  const container = orNone(frame(`${name}.Sides`, {}, sides));
  const some = frame(
    name,
    { market_id: HexId },
    { ...sides, view: container, changes: container, orders: container, ...stamps },
  );
  // One side may be left out; without either it is no depth.
  return t.refinement(some, ({ view, changes, orders, ...own }) => hasSide(view ?? changes ?? orders ?? own), name);
}

const hasSide = (sides: Readonly<Partial<Record<'buys' | 'sells' | 'bids' | 'asks', unknown>>>): boolean =>
  [sides.buys, sides.sells, sides.bids, sides.asks].some((side) => side !== undefined);

/** The whole book: `subscribe_depth`, `subscribe_depth_view`. */
export const DepthSnapshotFrame = depthFrame('o2.DepthSnapshot', SnapshotLevels);
/** What changed: `subscribe_depth_update`. Quantities may be negative. */
export const DepthUpdateFrame = depthFrame('o2.DepthUpdate', ChangedLevels);

const Trade = frame('o2.Trade', {
  trade_id: Id,
  side: Side, //       the maker's
  price: U64,
  quantity: U128,
  timestamp: U128, //  seconds, or milliseconds
});

/** Newest last. Older servers send one under `trade`. */
export const TradesFrame = t.refinement(
  frame('o2.Trades', { market_id: HexId }, { trades: list(Trade, 'Trades'), trade: Trade, ...stamps }),
  ({ trades, trade }) => trades !== undefined || trade !== undefined,
  'o2.Trades',
);

const Limit = frame('o2.Limit', { Limit: t.tuple([U64, U64]) });
const BoundedMarket = frame('o2.BoundedMarket', {
  BoundedMarket: frame('o2.Bounds', { max_price: U64, min_price: U64 }),
});
const KnownOrderType = t.union([Text, Limit, BoundedMarket], 'OrderType');
type KnownOrderType = t.TypeOf<typeof KnownOrderType>;
/** `"Spot"`, `"PostOnly"`, …, or one with parameters; of one with parameters that nobody knew the name. */
const OrderType = new t.Type<KnownOrderType, unknown>(
  'OrderType',
  KnownOrderType.is,
  (u, c) => {
    const known = KnownOrderType.validate(u, c);
    const [name, ...more] = isJsonObject(u) ? Object.keys(u) : [];
    const isNew = name !== undefined && more.length === 0 && !['Limit', 'BoundedMarket'].includes(name);
    return known._tag === 'Left' && isNew ? t.success(name) : known;
  },
  t.identity,
);

const DesiredBase = frame('o2.DesiredBase', { Base: frame('o2.Base', { remaining_quantity: U64 }) });
const DesiredQuote = frame('o2.DesiredQuote', {
  Quote: frame('o2.Quote', {
    desired_base_quantity: t.union([t.literal('Infinite'), frame('o2.Quantity', { Quantity: U64 })], 'BaseQuantity'),
    remaining_quote_token: U64,
  }),
});
const DesiredQuantity = t.union([DesiredBase, DesiredQuote], 'DesiredQuantity');

/** The full state of one order, on the socket and over REST. */
export const Order = frame(
  'o2.Order',
  { order_id: HexId, side: Side, quantity: U64, price: U64 },
  {
    order_type: orNone(OrderType),
    quantity_fill: orNone(U64),
    price_fill: orNone(U64),
    timestamp: orNone(U128), //  unit not documented
    close: t.boolean, //        absent in one client's test; `null` would leave it open whatever it was
    partially_filled: orNone(t.boolean),
    cancel: orNone(t.boolean),
    desired_quantity: orNone(DesiredQuantity),
    account: orNone(Identity),
    owner: orNone(Identity),
    market_id: orNone(HexId),
  },
);
export type Order = t.TypeOf<typeof Order>;
/** What an order in a list may do without, should it not be readable: nothing here decides what it is, or whose. */
export const ORDER_EXTRAS: readonly string[] = [
  ...['order_type', 'price_fill', 'timestamp', 'desired_quantity', 'owner'].map((key) => `orders.*.${key}`),
  ...STAMPS,
];

export const OrdersFrame = frame('o2.Orders', { orders: list(Order, 'Orders') }, stamps);

const amounts = {
  total_locked: U128,
  total_unlocked: U128, //           holds `trading_account_balance` already
  trading_account_balance: U128,
};
const Balance = frame('o2.Balance', { identity: Identity, asset_id: HexId, ...amounts });
/** The key is singular. */
export const BalancesFrame = frame('o2.Balances', { balance: list(Balance, 'Balances') }, stamps);
/** `GET /v1/balance`: of the asset and account that were asked for. */
export const BalanceAnswer = frame('o2.BalanceAnswer', amounts);
export type Amounts = t.TypeOf<typeof BalanceAnswer>;

export const NonceFrame = frame('o2.Nonce', { contract_id: HexId, nonce: Nonce }, stamps);

/** More would be no amounts but texts of any length. */
const Decimals = t.refinement(t.Int, (n) => n >= 0 && n <= 36, 'Int');
const Asset = frame(
  'o2.Asset',
  { symbol: Text, asset: HexId, decimals: Decimals },
  { max_precision: orUnread(Decimals) }, // decimals that prices and sizes of orders may have
);
const Market = frame('o2.Market', { market_id: HexId, base: Asset, quote: Asset });
/** `GET /v1/markets`. */
export const MarketsAnswer = frame('o2.MarketsAnswer', { markets: list(Market, 'Markets') });
export type MarketsAnswer = t.TypeOf<typeof MarketsAnswer>;
/** `GET /v1/orders`. */
export const OrdersAnswer = frame('o2.OrdersAnswer', { orders: list(Order, 'Orders') });
/** `GET /v1/accounts`. */
export const AccountAnswer = frame('o2.AccountAnswer', { trade_account: frame('o2.TradeAccount', { nonce: Nonce }) });
/** The same where there may be no such account: `{"trade_account_id":null,"trade_account":null}`. */
export const PerhapsAccount = new t.Type<t.TypeOf<typeof AccountAnswer> | undefined, unknown>(
  AccountAnswer.name,
  (u): u is t.TypeOf<typeof AccountAnswer> | undefined => u === undefined || AccountAnswer.is(u),
  (u, c) => (isJsonObject(u) && u['trade_account'] === null ? t.success(undefined) : AccountAnswer.validate(u, c)),
  t.identity,
);
