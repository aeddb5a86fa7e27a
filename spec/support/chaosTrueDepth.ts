import type { OrderBook } from '../../lib/model/orderBook.js';
import type { SimulatedVenue } from '../../lib/simulation/index.js';
import type { LevelText } from '../../lib/simulation/market/side.js';
import type { DepthSides } from '../../lib/simulation/topics/depthWindow.js';
import { onceOf } from './once.js';
import type { SpecVenue } from './venues/specVenue.js';

const same = (text: string): string => text;

/** A book as text, as {@link TrueDepth} has it; by figures as they are told, or in the one form that they are compared in. */
export const textOf = ({ bids, asks }: OrderBook, written: (text: string) => string = same): string =>
  `${sideText(bids, written)}|${sideText(asks, written)}`;

function sideText(side: OrderBook['bids'], written: (text: string) => string): string {
  let text = '';
  for (const { exact } of side.slice()) text += `${text && ','}${written(exact.price)}×${written(exact.size)}`;
  return text;
}

export interface TrueDepthConfig {
  /** How many levels a side are seen. */
  readonly depth: number;
  /** Which of the venue's kinds of books it is. */
  readonly kind: string;
  /** What is seen of the whole book, before it is cut. Default: all. */
  readonly seen?: ((book: DepthSides) => DepthSides) | undefined;
  /** A figure of the market as the client writes it. Default: as it is. */
  readonly written?: ((text: string) => string) | undefined;
  /** So many of the best levels of a side are enough, where a book need not have all. Default: all. */
  readonly enough?: number | undefined;
}

const all = (book: DepthSides): DepthSides => book;

/** Everything that a book ever was to the depth that is seen, as text, and at which steps. A book may come back. */
export class TrueDepth {
  readonly #steps = new Map<string, number[]>();
  readonly #states: { readonly step: number; readonly sides: readonly string[] }[] = [];
  /** When the market took each step. */
  readonly #moments: number[] = [];
  #step = 0;
  #current = '';
  /** The number of the market's book as it was noted last. */
  #sequence: number | undefined;
  #sides: readonly string[] = [];

  constructor(
    private readonly venue: SimulatedVenue & Pick<SpecVenue, 'statesOf'>,
    private readonly symbol: string,
    private readonly config: TrueDepthConfig,
  ) {
    this.#pass([]);
    venue.market.onStep(() => {
      this.#pass(this.venue.statesOf?.(this.symbol, this.config.kind) ?? []);
    });
  }

  stepsOf(text: string): readonly number[] {
    return this.#steps.get(text) ?? this.#stepsOfPart(text);
  }

  /** When that step was taken, in ms. */
  momentOf(step: number): number | undefined {
    return this.#moments[step];
  }

  /** Whether it was that within the last so many steps. */
  isRecent(text: string, steps: number): boolean {
    return text === this.#current || (this.stepsOf(text).at(-1) ?? -Infinity) >= this.#step - steps;
  }

  /** The steps at which both sides began like that. */
  #stepsOfPart(text: string): readonly number[] {
    const { enough } = this.config;
    const sides = text.split('|');
    if (enough === undefined || sides.some((side) => side.split(',').length < enough)) return [];
    const isOf = (whole: string, side: string): boolean =>
      whole.startsWith(side) && (whole.length === side.length || whole[side.length] === ',');
    return this.#states
      .filter((state) => sides.every((side, i) => isOf(state.sides[i] ?? '', side)))
      .map(({ step }) => step);
  }

  /** What the venue told on the way, and the market's book as it stands. */
  #pass(states: readonly DepthSides[]): void {
    this.#step += 1;
    this.#moments[this.#step] = this.venue.market.now();
    for (const state of states) this.#note(this.#sidesOf(state));
    const now = this.venue.market.trueBook(this.symbol);
    // In many steps nothing happens to it.
    if (states.length > 0 || this.#sequence === undefined || now?.sequence !== this.#sequence)
      this.#sides = this.#sidesOf(now ?? { bids: [], asks: [] });
    this.#sequence = now?.sequence;
    this.#note(this.#sides);
  }

  #sidesOf(book: DepthSides): readonly string[] {
    const { depth, seen = all } = this.config;
    const view = seen(book);
    return [view.bids, view.asks].map((side) => {
      let text = '';
      for (const level of side.length > depth ? side.slice(0, depth) : side)
        text += `${text && ','}${this.#level(level)}`;
      return text;
    });
  }

  readonly #level = onceOf(([price, size]: LevelText): string => {
    const { written = same } = this.config;
    return `${written(price)}×${written(size)}`;
  });

  #note(sides: readonly string[]): void {
    const { enough } = this.config;
    const text = sides.join('|');
    this.#current = text;
    if (enough !== undefined) this.#states.push({ step: this.#step, sides });
    const steps = this.#steps.get(text);
    if (steps === undefined) this.#steps.set(text, [this.#step]);
    else if (steps.at(-1) !== this.#step) steps.push(this.#step);
  }
}
