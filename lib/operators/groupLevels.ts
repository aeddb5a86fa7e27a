import { distinctUntilChanged, map, type OperatorFunction } from 'rxjs';
import { groupSide } from '../book/groupSide.js';
import { sameLevels } from '../book/sameLevel.js';
import { aCount, checkConfig } from '../errors/optionRules.js';
import type { BookLevels } from '../model/bookLevels.js';
import type { OrderBook } from '../model/orderBook.js';
import { aboveZero } from './aboveZero.js';

/** How wide the levels are that others are grouped into. */
export interface GroupLevelsConfig {
  /** Prices are put together at multiples of this, in quote units. A text is taken digit for digit. */
  readonly step: string | number;
  /** At most this many groups of each side. Fewer cost less. Default: all. */
  readonly depth?: number;
}

/**
 * Levels put together at multiples of a step, whenever a group changes. Bids are rounded down and asks up, so a group
 * never promises a better price than its levels have. Prices and sums are exact.
 *
 *     books                   -a-b-c-|    b moves size within a group
 *     groupLevels({ step })   -x---y-|    drawn and tested in marbles/groupLevels.txt
 *
 * @returns An operator. Prices carry the decimals of the step. Sequence and times are those of the book in which a group
 * changed. Errors and completes with the source.
 * @throws InvalidArgumentError at once when the step is not above 0 or the depth not at least 1.
 */
export function groupLevels(config: GroupLevelsConfig): OperatorFunction<OrderBook, BookLevels> {
  checkConfig('config', config, { step: aboveZero }, { depth: aCount });
  const { depth = Infinity } = config;
  const width = String(config.step);
  return (source) =>
    source.pipe(
      map(({ instrument, bids, asks, sequence, venueTime, receivedTime }) => ({
        instrument,
        bids: groupSide(bids, 'bids', width, depth),
        asks: groupSide(asks, 'asks', width, depth),
        sequence,
        venueTime,
        receivedTime,
      })),
      distinctUntilChanged((a, b) => sameLevels(a.bids, b.bids) && sameLevels(a.asks, b.asks)),
    );
}
