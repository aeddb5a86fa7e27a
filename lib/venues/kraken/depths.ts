import { checkOneOf } from '../../errors/checks.js';
import { aDuration, aNumber, checkOptions } from '../../errors/optionRules.js';
import type { BookParameters } from '../../feed/books.js';

/** Every number of levels a side that the venue has books of. */
export const krakenDepths = [10, 25, 100, 500, 1_000] as const;
/** How many levels a side a book has. */
export type KrakenDepth = (typeof krakenDepths)[number];

/** How deep a book of Kraken is, and what silence means. */
export interface KrakenBookOptions {
  /**
   * How many levels a side. Default: 10, all of which the venue's checksum covers; of deeper books it covers the 10 best.
   */
  readonly depth?: KrakenDepth;
  /** A live book without any message for so many ms goes stale until the next. Default: never. */
  readonly silentAfter?: number;
}

/** What one book of Kraken differs by from another. */
export interface KrakenBook extends BookParameters {
  readonly depth: KrakenDepth;
}

const rules = { depth: aNumber, silentAfter: aDuration };

/** @throws InvalidArgumentError for what can't be meant. */
export function bookOptionsOf(options: KrakenBookOptions = {}): Omit<KrakenBook, 'instrument'> {
  checkOptions('options', options, rules);
  const { depth = 10, silentAfter } = options;
  checkOneOf('depth', krakenDepths, depth);
  return { depth, silentAfter };
}
