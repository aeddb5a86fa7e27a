import { element } from './element.js';

/** Ten, a hundred and a thousand times the last decimal of a price, as texts: `0.1`, `1`, `10`. */
const stepsOf = (decimals: number): readonly string[] =>
  [1, 2, 3].map((power) =>
    power >= decimals ? `1${'0'.repeat(power - decimals)}` : `0.${'0'.repeat(decimals - power - 1)}1`,
  );

/** What a reader has prices put together at multiples of. */
export class Grouping {
  readonly node = element('select', 'grouping', element('option', '', 'no grouping'));
  #decimals: number | undefined;

  constructor() {
    this.node.title = 'Group prices by';
  }

  /** Nothing is chosen: `undefined`. */
  get step(): string | undefined {
    return this.node.selectedIndex === 0 ? undefined : this.node.value;
  }

  /** Offers what goes with prices of so many decimals; a choice by what there was is kept by its place. */
  offer(decimals: number): void {
    if (decimals === this.#decimals) return;
    this.#decimals = decimals;
    const { selectedIndex } = this.node;
    const [none] = this.node.options;
    this.node.replaceChildren(
      ...(none === undefined ? [] : [none]),
      ...stepsOf(decimals).map((step) => element('option', '', step)),
    );
    this.node.selectedIndex = selectedIndex;
  }
}
