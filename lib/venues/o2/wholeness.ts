import type { Unread } from '../../codec/sparing.js';

/** What was left out of the load that has just come in. */
export class Wholeness {
  #isWhole = true;
  #hasEach = true;

  constructor(private readonly leftOut: Unread) {}

  /** Whether nothing was. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** Whether no order and no balance was: fields of theirs cost themselves. */
  get hasEach(): boolean {
    return this.#hasEach;
  }

  begin(): void {
    this.#isWhole = this.#hasEach = true;
  }

  readonly unread: Unread = (paths, payload, keys = [[]]) => {
    this.#isWhole = false;
    if (keys.some(({ length }) => length <= ROW)) this.#hasEach = false;
    this.leftOut(paths, payload, keys);
  };
}

/** How many keys lead to a whole row of an answer: `orders`, and which. */
const ROW = 2;
