import { scan, type OperatorFunction } from 'rxjs';
import { addDecimals, compareDecimals, multiplyDecimals, quotientOf, subtractDecimals } from '../../book/decimals.js';
import type { Fill } from './order.js';

/** A part of a position that was had at one price. */
export interface Lot {
  /** Always above 0; which way it is held is the position's. */
  readonly size: string;
  /** What it was had at, in quote units. */
  readonly price: string;
}

/** What is held of one instrument, and what came of what was held. All texts are exact. */
export interface LedgerPosition {
  readonly instrument: string;
  /** Above 0 when long, below 0 when short. */
  readonly size: string;
  /** What the position was had at on average, the double nearest to it; absent while flat. */
  readonly average: number | undefined;
  /** Profit of what was closed, in quote units and before fees: the oldest lot is closed first. */
  readonly realised: string;
  /** Fees paid, in quote units; below 0 where the venue paid. */
  readonly fees: string;
  /** What the position is made of, oldest first. */
  readonly lots: readonly Lot[];
}

/** Positions by instrument. A new value with each fill, never changed afterwards. */
export type Ledger = ReadonlyMap<string, LedgerPosition>;

/** What a position is worth at a price. All texts are exact. */
export interface Marked {
  /** Profit of what is still held, before fees. */
  readonly unrealised: string;
  /** Realised and unrealised profit, less fees. */
  readonly total: string;
}

/**
 * Keeps the books of a strategy, exactly: positions, average prices, realised profit and fees, after each fill.
 *
 *     reports$.pipe(filter((report) => report.type === 'fill'), ledger())
 *
 * Positions are closed first in, first out: so every figure is a decimal, where an average cost would be a fraction. What it all
 * comes to ({@link markToMarket}) is the same either way.
 *
 * @returns An operator. Errors and completes with the source.
 */
export function ledger(): OperatorFunction<Fill, Ledger> {
  return scan(
    (before: Ledger, fill: Fill) => new Map(before).set(fill.instrument, applyFill(before.get(fill.instrument), fill)),
    new Map<string, LedgerPosition>(),
  );
}

/**
 * A position after one more fill.
 *
 * @param before None: nothing was held yet.
 */
export function applyFill(before: LedgerPosition | undefined, fill: Fill): LedgerPosition {
  const {
    side,
    instrument,
    exact: { price, size, fee },
  } = fill;
  const position = before ?? flat(instrument);
  const isBuy = side === 'buy';
  const isOpening = compareDecimals(position.size, '0') * (isBuy ? 1 : -1) >= 0;
  const { lots, realised } = isOpening
    ? { lots: [...position.lots, { size, price }], realised: '0' }
    : close(position.lots, { size, price }, isBuy ? -1 : 1);
  return {
    instrument,
    size: isBuy ? addDecimals(position.size, size) : subtractDecimals(position.size, size),
    average: averageOf(lots),
    realised: addDecimals(position.realised, realised),
    fees: addDecimals(position.fees, fee),
    lots,
  };
}

/**
 * What a position comes to when what is held is worth `price`.
 *
 * @param price In quote units. A text is taken digit for digit.
 */
export function markToMarket({ size, realised, fees, lots }: LedgerPosition, price: string | number): Marked {
  const worth = multiplyDecimals(size, String(price));
  const cost = costOf(lots);
  const paid = compareDecimals(size, '0') < 0 ? subtractDecimals('0', cost) : cost;
  const unrealised = subtractDecimals(worth, paid);
  return { unrealised, total: subtractDecimals(addDecimals(realised, unrealised), fees) };
}

const flat = (instrument: string): LedgerPosition => ({
  instrument,
  size: '0',
  average: undefined,
  realised: '0',
  fees: '0',
  lots: [],
});

/**
 * Closes lots by one fill, oldest first. What is left of the fill opens the other way.
 *
 * @param sign What a rise of the price since then is worth: 1 of lots that are held, −1 of lots that were sold.
 */
function close(
  lots: readonly Lot[],
  fill: Lot,
  sign: 1 | -1,
): { readonly lots: readonly Lot[]; readonly realised: string } {
  let left = fill.size;
  let realised = '0';
  const kept: Lot[] = [];
  for (const lot of lots) {
    const closed = compareDecimals(lot.size, left) < 0 ? lot.size : left;
    const gain = multiplyDecimals(subtractDecimals(fill.price, lot.price), closed);
    realised = sign > 0 ? addDecimals(realised, gain) : subtractDecimals(realised, gain);
    left = subtractDecimals(left, closed);
    const rest = subtractDecimals(lot.size, closed);
    if (compareDecimals(rest, '0') > 0) kept.push({ size: rest, price: lot.price });
  }
  if (compareDecimals(left, '0') > 0) kept.push({ size: left, price: fill.price });
  return { lots: kept, realised };
}

const costOf = (lots: readonly Lot[]): string =>
  lots.reduce((sum, { size, price }) => addDecimals(sum, multiplyDecimals(size, price)), '0');

function averageOf(lots: readonly Lot[]): number | undefined {
  if (lots.length === 0) return undefined;
  return quotientOf(
    costOf(lots),
    lots.reduce((sum, { size }) => addDecimals(sum, size), '0'),
  );
}
