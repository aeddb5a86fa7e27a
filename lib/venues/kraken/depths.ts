import { checkOneOf } from '../../errors/checks.js';
import { aDuration, aNumber, checkOptions } from '../../errors/optionRules.js';
import type { BookParameters } from '../../feed/books.js';
import type { KrakenBookOptions } from './exchange.js';

/** Every number of levels a side that the venue has books of. */
export const krakenDepths = [10, 25, 100, 500, 1_000] as const;
/** How many levels a side a book has. */
export type KrakenDepth = (typeof krakenDepths)[number];

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
