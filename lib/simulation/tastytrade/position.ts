import { dateText } from './money.js';

export interface SimulatedPosition {
  readonly symbol: string;
  /** Negative for short. */
  readonly size: number;
  /** What it was opened for, on average; 0 where nothing is held. */
  readonly average: bigint;
  /** Of the last trade. */
  readonly price: bigint;
  /** What was made of what was closed, in the day and the year of its last trade. */
  readonly gains: { readonly day: bigint; readonly year: bigint };
  readonly openedAt: number;
  readonly updatedAt: number;
}

/** What was bought, or sold where it is negative. */
interface Traded {
  readonly symbol: string;
  readonly quantity: number;
  readonly price: bigint;
  readonly now: number;
  readonly updatedAt: number;
}

/** A position after a trade. */
export function afterTrade(held: SimulatedPosition | undefined, traded: Traded): SimulatedPosition {
  const { symbol, quantity, price, now, updatedAt } = traded;
  const { size: before = 0, average = 0n, gains = { day: 0n, year: 0n } } = held ?? {};
  const size = before + quantity;
  const isNew = before === 0 || Math.sign(size) === -Math.sign(before);
  const closed = Math.sign(before) === Math.sign(quantity) ? 0 : Math.min(Math.abs(before), Math.abs(quantity));
  const gain = (price - average) * BigInt(Math.sign(before) * closed);
  const isSame = (letters: number): boolean =>
    held !== undefined && dateText(held.updatedAt).slice(0, letters) === dateText(updatedAt).slice(0, letters);
  return {
    symbol,
    size,
    average: size === 0 ? 0n : isNew ? price : closed > 0 ? average : averageOf(average, before, price, quantity),
    price,
    gains: { day: (isSame(DAY) ? gains.day : 0n) + gain, year: (isSame(YEAR) ? gains.year : 0n) + gain },
    openedAt: before === 0 ? now : (held?.openedAt ?? now),
    updatedAt,
  };
}

/** Letters of a date that tell its day, and its year. */
const [DAY, YEAR] = [10, 4];

const averageOf = (average: bigint, held: number, price: bigint, more: number): bigint =>
  (average * BigInt(held) + price * BigInt(more)) / BigInt(held + more);
