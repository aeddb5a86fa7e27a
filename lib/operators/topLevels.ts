import { distinctUntilChanged, map, type OperatorFunction } from 'rxjs';
import { bestLevels } from '../book/bestLevels.js';
import { sameLevels } from '../book/sameLevel.js';
import type { BookLevels } from '../model/bookLevels.js';
import type { OrderBook } from '../model/orderBook.js';
import { aCount, checkKind } from '../errors/optionRules.js';

/**
 * The best levels of both sides, whenever one of them changes, digit for digit.
 *
 *     books         -a-b-c-|    b changes a deeper level
 *     topLevels(2)  -a---c-|    drawn and tested in marbles/topLevels.txt
 *
 * @param levels How many of each side, at least 1. There are fewer where the side is shorter.
 * @returns An operator. Sequence and times are those of the book in which these levels changed. Errors and completes
 * with the source.
 * @throws InvalidArgumentError at once when `levels` is no such number.
 */
export function topLevels(levels: number): OperatorFunction<OrderBook, BookLevels> {
  checkKind('levels', aCount, levels);
  return (source) =>
    source.pipe(
      map((book) => bestLevels(book, levels)),
      distinctUntilChanged((a, b) => sameLevels(a.bids, b.bids) && sameLevels(a.asks, b.asks)),
    );
}
