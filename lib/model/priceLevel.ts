/** The venue's decimal text of a level, digit for digit as it was sent. */
export interface ExactLevel {
  readonly price: string;
  readonly size: string;
}

/**
 * One price of one side of a book, and how much stands there.
 *
 * `price` and `size` are the nearest doubles, good for arithmetic; `exact` holds the texts they came from, which
 * alone decide whether two prices are the same. A size of 0 appears in diffs only, where it removes the level.
 */
export interface PriceLevel {
  /** In the instrument's quote unit. */
  readonly price: number;
  /** In the venue's own unit (base units, contracts). */
  readonly size: number;
  readonly exact: ExactLevel;
}
