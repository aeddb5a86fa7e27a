import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { decimalText } from '../market/units.js';
import { assetOf } from './asset.js';
import { timeText, type Fields } from './streamSource.js';

/** What is held of one symbol. Sold short it is below 0. */
export interface Holding {
  readonly lots: number;
  /** Price × lots of what is held, in the units of the instrument, with the sign of the lots. */
  readonly cost: bigint;
  /** When it was entered, in ms. */
  readonly since: number;
}

/** What is held after a fill of so many lots (sold: below 0); nothing where that closes it. */
export function holdingAfter(
  before: Holding | undefined,
  lots: number,
  price: bigint,
  at: number,
): Holding | undefined {
  const held = before?.lots ?? 0;
  const after = held + lots;
  if (after === 0) return undefined;
  const fresh: Holding = { lots: after, cost: price * BigInt(after), since: at };
  if (before === undefined || Math.sign(after) !== Math.sign(held)) return fresh;
  const { cost, since } = before;
  // What is added has its price, what is taken away its share of the cost.
  const isMore = Math.abs(after) > Math.abs(held);
  return { lots: after, since, cost: isMore ? cost + price * BigInt(lots) : (cost * BigInt(after)) / BigInt(held) };
}

export interface PositionPlace {
  readonly account: string;
  readonly id: string;
}

/** A position as the venue tells it, whole. */
export function positionRow(
  { units, tape, book, spec }: SimulatedInstrument,
  { lots, cost, since }: Holding,
  { account, id }: PositionPlace,
): Fields {
  const { type, expiration, pointValue } = assetOf(spec.symbol);
  const { priceDecimals, sizeDecimals } = units;
  const isFuture = type === 'FUTURE';
  const size = BigInt(lots);
  const unit = 10n ** BigInt(sizeDecimals);
  const value = units.quote(tape.lastTick, lots) * pointValue;
  const total = cost * pointValue;
  const gain = value - total;
  const money = (amount: bigint): string => decimalText(amount, priceDecimals + sizeDecimals);
  const average = decimalText((100n * cost) / size, priceDecimals + 2);
  const percent = decimalText(total === 0n ? 0n : (gain * 100_000n) / abs(total), 3);
  const [bid, ask] = [book.bids.levels.at(-1)?.[0] ?? '0', book.asks.levels.at(-1)?.[0] ?? '0'];
  const each = isFuture ? abs(size) / unit : 0n;
  return {
    AccountID: account,
    AveragePrice: average,
    AssetType: type,
    Last: units.priceText(tape.lastTick),
    Bid: bid,
    Ask: ask,
    ConversionRate: '1',
    DayTradeRequirement: String(3_000n * each),
    InitialRequirement: String(12_000n * each),
    MaintenanceMargin: String(11_000n * each),
    PositionID: id,
    LongShort: lots < 0 ? 'Short' : 'Long',
    Quantity: units.sizeText(lots),
    Symbol: spec.symbol,
    ...(expiration !== undefined && { ExpirationDate: expiration }),
    Timestamp: timeText(since),
    TodaysProfitLoss: money(gain),
    TotalCost: isFuture ? '0' : money(total),
    MarketValue: isFuture ? '0' : money(value),
    MarkToMarketPrice: average,
    UnrealizedProfitLoss: money(gain),
    UnrealizedProfitLossPercent: percent,
    UnrealizedProfitLossQty: decimalText((100n * gain) / abs(size), priceDecimals + 2),
  };
}

const abs = (value: bigint): bigint => (value < 0n ? -value : value);
