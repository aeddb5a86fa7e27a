/** The venue's decimal text of a level, digit for digit as it was sent. */
export interface ExactLevel {
  /** In the instrument's quote unit. */
  readonly price: string;
  /** In the venue's own unit; `0` in diffs only. */
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
  /** The venue's texts of both. */
  readonly exact: ExactLevel;
}
