import { distinctUntilChanged, map, type OperatorFunction } from 'rxjs';
import { multiplyDecimals, quotientOf, subtractDecimals } from '../book/decimals.js';
import { walkSide } from '../book/walkSide.js';
import { checkKind } from '../errors/optionRules.js';
import type { BookSide, OrderBook } from '../model/orderBook.js';
import type { PriceLevel } from '../model/priceLevel.js';
import { aboveZero } from './aboveZero.js';

/** What a market order of some size would meet on one side of a book, if nothing moved meanwhile. */
export interface ExpectedFill {
  /** How much of it the book can fill: the size asked for, or all that the book shows. */
  readonly size: number;
  /** Whether that is all of it. */
  readonly isWhole: boolean;
  /** The average price, the double nearest to the exact one; absent where the side is empty. */
  readonly average: number | undefined;
  /** How much worse the average is than the best price, in quote units, never negative; absent where the side is empty. */
  readonly slippage: number | undefined;
  /** The last level it reaches. */
  readonly worst: PriceLevel | undefined;
  /** The size that fills, and what it costs in quote units: exact texts. */
  readonly exact: { readonly size: string; readonly cost: string };
}

/** What buying and selling would meet. */
export interface PriceImpact {
  readonly instrument: string;
  /** Of buying, from the asks. */
  readonly buy: ExpectedFill;
  /** Of selling, into the bids. */
  readonly sell: ExpectedFill;
}

/**
 * What a market order of `size` would pay and get, whenever that changes: average price, how much worse that is than the best
 * price, and whether the book holds as much at all.
 *
 *     books           -a-b-c-|    b changes a level that the order does not reach
 *     priceImpact(2)  -x---y-|    drawn and tested in marbles/priceImpact.txt
 *
 * @param size In the unit of the book's sizes, above 0. A text is taken digit for digit.
 * @returns An operator. Fees, other orders and whatever the book hides are not in it. Errors and completes with the source.
 * @throws InvalidArgumentError at once when `size` is no decimal number above 0.
 */
export function priceImpact(size: number | string): OperatorFunction<OrderBook, PriceImpact> {
  checkKind('size', aboveZero, size);
  const text = String(size);
  return (source) =>
    source.pipe(
      map(({ instrument, bids, asks }) => ({ instrument, buy: fillOf(asks, text), sell: fillOf(bids, text) })),
      distinctUntilChanged((a, b) => sameFill(a.buy, b.buy) && sameFill(a.sell, b.sell)),
    );
}

function fillOf(side: BookSide, size: string): ExpectedFill {
  const { filled, cost, worst } = walkSide(side, size);
  const exact = { size: filled, cost };
  const best = side.at(0);
  const isWhole = subtractDecimals(filled, size).replace(/[0.]/g, '') === '';
  if (best === undefined) return { size: 0, isWhole, average: undefined, slippage: undefined, worst, exact };
  // What it costs above the best price, a unit of size.
  const extra = subtractDecimals(cost, multiplyDecimals(best.exact.price, filled));
  const slippage = Math.abs(quotientOf(extra, filled));
  return { size: Number(filled), isWhole, average: quotientOf(cost, filled), slippage, worst, exact };
}

const sameFill = (a: ExpectedFill, b: ExpectedFill): boolean =>
  a.exact.size === b.exact.size && a.exact.cost === b.exact.cost && a.worst?.exact.price === b.worst?.exact.price;
