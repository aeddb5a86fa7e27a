import type { AccountBalance, AccountOrder, SimulatedAccount } from '../accounts/simulatedAccount.js';
import type { TapeTrade } from '../market/tape.js';
import type { SimulatedO2Config } from './config.js';
import type { Random } from '../random.js';
import type { RawLevel, RawSides } from './depth.js';
import { hexId, type VenueAsset, type VenueMarket } from './venueMarket.js';

/** How the server writes what its sources disagree on. Each form has been seen at some version of it. */
export type O2Forms = Required<NonNullable<SimulatedO2Config['forms']>>;

/** Where virtual time begins by the venue's clock: clients read the unit of a time from its magnitude. */
const BEGINNING = 1_774_483_200_000;
const YEARS = 1e11;
/** A moment by the venue's clock, in ms. */
export const clock = (now: number): number => (now < YEARS ? BEGINNING + now : now);

/** When something happened: on chain in seconds, and seen in nanoseconds, where no two are seen at once. */
export function stamper(now: () => number, draw: Random): () => string {
  let last = 0n;
  return () => {
    const time = clock(now());
    const onChain = draw() < 0.2 ? 'null' : `"${Math.floor(time / 1_000)}"`;
    const drawn = BigInt(Math.floor(time)) * 1_000_000n + BigInt(Math.floor(draw() * 1e6));
    last = drawn > last ? drawn : last + 1n;
    return `"onchain_timestamp":${onChain},"seen_timestamp":"${last}"`;
  };
}

const levels = (side: readonly RawLevel[]): string =>
  `[${side.map(([price, quantity]) => `{"price":"${price}","quantity":"${quantity}"}`).join(',')}]`;

const sidesText = ({ buys, sells }: RawSides): string => `"buys":${levels(buys)},"sells":${levels(sells)}`;

/** The whole book. Bears no stamps. */
export function snapshotFrame(
  action: 'subscribe_depth' | 'subscribe_depth_view',
  { id }: VenueMarket,
  precision: bigint,
  sides: RawSides,
  { containers }: O2Forms,
): string {
  const text = sidesText(sides);
  const exponent = String(precision).length - 1;
  const body =
    containers === 'none'
      ? text
      : containers === 'orders'
        ? `"orders":{${text}}`
        : `"view":{"precision":${exponent},${text}}`;
  return `{"action":"${action}",${body},"market_id":"${id}"}`;
}

export function updateFrame({ id }: VenueMarket, sides: RawSides, stamped: string, { containers }: O2Forms): string {
  const text = sidesText(sides);
  const body = containers === 'none' ? text : `"${containers === 'orders' ? 'orders' : 'changes'}":{${text}}`;
  return `{"action":"subscribe_depth_update",${body},"market_id":"${id}",${stamped}}`;
}

/** The side is the maker's; times in milliseconds, as text or as number. */
export function tradeText(market: VenueMarket, { id, price, size, side, at }: TapeTrade): string {
  const units = { price: market.priceUnits(price), quantity: market.sizeUnits(size) };
  const total = (units.price * units.quantity) / 10n ** BigInt(market.baseAsset.decimals);
  const maker = side === 'buy' ? 'sell' : 'buy';
  const written = id % 3 === 0 ? 'Buy' : maker;
  const text = written === 'Buy' ? maker.replace(/^./, (letter) => letter.toUpperCase()) : written;
  const name = id % 5 === 0 ? `0x0a/${id}` : String(id);
  const time = id % 2 === 0 ? String(clock(at)) : `"${clock(at)}"`;
  return (
    `{"trade_id":"${name}","side":"${text}","total":"${total}","quantity":"${units.quantity}"` +
    `,"price":"${units.price}","timestamp":${time}}`
  );
}

export const tradesFrame = ({ id }: VenueMarket, trades: readonly string[], stamped: string): string =>
  `{"action":"subscribe_trades","trades":[${trades.join(',')}],"market_id":"${id}",${stamped}}`;

/** The id of an account's order. */
export const orderId = (account: string, number: number): string => hexId(`order ${account} ${number}`);

/** The full state of one order. What it still wants is a raw number of 64 bits, which no double may hold. */
export function orderText(account: string, market: VenueMarket, order: AccountOrder, isFull: boolean): string {
  const { number, side, tick, lots, filled, status } = order;
  const placedAt = clock(order.placedAt);
  const price = market.priceUnits(market.instrument.units.priceText(tick));
  const left = market.baseUnits(lots - filled);
  const isClosed = status === 'filled' || status === 'cancelled';
  const fields = [
    `"order_id":"${orderId(account, number)}"`,
    `"side":"${number % 2 === 0 ? side : side.replace(/^./, (letter) => letter.toUpperCase())}"`,
    `"order_type":${typeText(number, price, placedAt)}`,
    `"quantity":"${market.baseUnits(lots)}"`,
    `"price":"${price}"`,
    `"timestamp":${number % 2 === 0 ? placedAt : `"${placedAt}"`}`,
    `"close":${isClosed}`,
    `"partially_filled":${filled > 0 && filled < lots}`,
    `"cancel":${status === 'cancelled'}`,
    `"quantity_fill":"${market.baseUnits(filled)}"`,
    ...(filled > 0 ? [`"price_fill":"${price}"`] : []),
    ...(isClosed ? [] : [`"desired_quantity":{"Base":{"remaining_quantity":${left}}}`]),
    ...(isFull
      ? [
          `"market_id":"${market.id}"`,
          `"base_decimals":${market.baseAsset.decimals}`,
          `"account":{"ContractId":"${account}"}`,
        ]
      : []),
  ];
  return `{${fields.join(',')}}`;
}

function typeText(number: number, price: bigint, placedAt: number): string {
  if (number % 4 === 0) return `{"Limit":[${price},${Math.floor(placedAt / 1_000)}]}`;
  return number % 4 === 1 ? '"Spot"' : '"PostOnly"';
}

export const ordersFrame = (orders: readonly string[], stamped: string): string =>
  `{"action":"subscribe_orders","orders":[${orders.join(',')}],${stamped}}`;

/** `total_unlocked` holds what lies in the trading account; here that is all of it. */
const amountsText = ({ free, locked }: AccountBalance): string =>
  `"total_locked":"${locked}","total_unlocked":"${free}","trading_account_balance":"${free}"`;

/** What an account holds of one asset, and what of it lies in which order book: all that is locked, and no more. */
export function holdingsText(account: SimulatedAccount, { id }: VenueAsset, markets: readonly VenueMarket[]): string {
  const locked = account.lockedOf(id);
  const books = markets.flatMap(({ contractId, instrument }) => {
    const amount = locked.get(instrument.spec.symbol);
    return amount === undefined ? [] : [`"${contractId}":{"locked":"${amount}","unlocked":"0","fee":"0"}`];
  });
  return `"order_books":{${books.join(',')}},${amountsText(account.balances.get(id) ?? { free: 0n, locked: 0n })}`;
}

export const balanceText = (kind: string, account: string, { id }: VenueAsset, holdings: string): string =>
  `{"identity":{"${kind}":"${account}"},"asset_id":"${id}",${holdings}}`;

export const balancesFrame = (balances: readonly string[], stamped: string): string =>
  `{"action":"subscribe_balances","balance":[${balances.join(',')}],${stamped}}`;

/** A nonce is written in three ways. */
export function nonceFrame(account: string, nonce: number, stamped: string): string {
  const text = nonce % 3 === 0 ? `"0x${nonce.toString(16)}"` : nonce % 3 === 1 ? String(nonce) : `"${nonce}"`;
  return `{"action":"subscribe_nonce","contract_id":"${account}","nonce":${text},${stamped}}`;
}

export function errorFrame(code: number, message: string, { errors }: O2Forms): string {
  const body = `"code":${code},"message":${JSON.stringify(message)}`;
  if (errors === 'action') return `{"action":"error",${body}}`;
  return errors === 'error' ? `{"error":{${body}}}` : `{${body}}`;
}
