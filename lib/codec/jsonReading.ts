import { decimalOf } from './decimalOf.js';

/** How JSON is read. */
export interface JsonReading {
  /**
   * A text.
   *
   * @throws SyntaxError for what is no JSON.
   */
  readonly parse: (text: string) => unknown;
  /** What `parse` makes of a number without an exponent. */
  readonly number: (digits: string) => unknown;
}

/** As `JSON.parse` does. */
export const plainJson: JsonReading = {
  parse: (text): unknown => JSON.parse(text),
  // Of as few digits as most have it takes half as long; NaN of what has more than it takes.
  number: (digits) => decimalOf(digits) || Number(digits),
};
