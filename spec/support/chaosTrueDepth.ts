import type { OrderBook } from '../../lib/model/orderBook.js';
import type { SimulatedVenue } from '../../lib/simulation/index.js';

/** A book as text, as {@link TrueDepth} has it. */
export const textOf = ({ bids, asks }: OrderBook): string =>
  [bids, asks].map((side) => [...side].map(({ exact }) => `${exact.price}×${exact.size}`).join()).join('|');

/** Everything that a book ever was to the depth that is seen, as text, and at which steps. A book may come back. */
export class TrueDepth {
  readonly #steps = new Map<string, number[]>();
  #step = 0;
  #current = '';

  constructor(
    private readonly venue: SimulatedVenue,
    private readonly symbol: string,
    private readonly depth: number,
    /** A figure of the market as the client writes it. */
    private readonly written: (text: string) => string = (text) => text,
  ) {
    this.#note();
    venue.market.onStep(() => {
      this.#note();
    });
  }

  stepsOf(text: string): readonly number[] {
    return this.#steps.get(text) ?? [];
  }

  /** Whether it was that within the last so many steps. */
  isRecent(text: string, steps: number): boolean {
    return text === this.#current || (this.stepsOf(text).at(-1) ?? -Infinity) >= this.#step - steps;
  }

  #note(): void {
    this.#step += 1;
    const { written } = this;
    const { bids = [], asks = [] } = this.venue.market.trueBook(this.symbol) ?? {};
    const text = [bids, asks]
      .map((side) =>
        side
          .slice(0, this.depth)
          .map(([price, size]) => `${written(price)}×${written(size)}`)
          .join(),
      )
      .join('|');
    this.#current = text;
    const steps = this.#steps.get(text);
    if (steps === undefined) this.#steps.set(text, [this.#step]);
    else steps.push(this.#step);
  }
}
