import type { Quote } from './quote.js';

/** The best of both sides of a book, and what lies between them. */
export interface TopOfBook extends Quote {
  /** Halfway between bid and ask: the double nearest to the exact value. Absent while a side is empty. */
  readonly mid: number | undefined;
  /** Ask minus bid: the double nearest to the exact value. Absent while a side is empty. */
  readonly spread: number | undefined;
}
