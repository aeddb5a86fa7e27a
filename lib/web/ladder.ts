import { groupSide } from '../book/groupSide.js';
import { imbalanceOf } from '../book/imbalanceOf.js';
import { subtractDecimals } from '../book/decimals.js';
import { sumOfSizes } from '../book/sumOfSizes.js';
import type { OrderBook } from '../model/orderBook.js';
import type { PriceLevel } from '../model/priceLevel.js';
import { element, write } from './element.js';
import { decimalsOf, withDecimals } from './words.js';

/** Of each side. There are always as many rows, so that nothing moves. */
const ROWS = 10;
/** Decimals that a column has at the most; more of them stand in a level's title. */
const MOST = 10;

/** A ladder: asks, best one lowest; mid, spread and imbalance; bids, best one highest. */
export class Ladder {
  readonly node: HTMLElement;
  readonly #asks = rows();
  readonly #bids = rows();
  readonly #middle = element('td', '', ' ');
  /** Only grow, so that columns don't jump. */
  #decimals = { price: 0, size: 0 };

  constructor() {
    this.#middle.colSpan = 3;
    const heading = element('tr', '', ...['price', 'size', 'sum'].map((name) => element('th', '', name)));
    this.node = element(
      'table',
      'ladder',
      element('thead', '', heading),
      element('tbody', 'asks', ...this.#asks),
      element('tbody', 'middle', element('tr', '', this.#middle)),
      element('tbody', 'bids', ...this.#bids),
    );
  }

  /** How many decimals its prices have, as far as they were seen ungrouped. */
  get decimals(): number {
    return this.#decimals.price;
  }

  /** @param step What prices are put together at multiples of; none: as they are. */
  draw(book: OrderBook, step: string | undefined): void {
    const sides = [book.asks.slice(ROWS), book.bids.slice(ROWS)] as const;
    const [asks, bids] =
      step === undefined ? sides : [groupSide(book.asks, 'asks', step, ROWS), groupSide(book.bids, 'bids', step, ROWS)];
    const all = [...asks, ...bids];
    for (const column of ['price', 'size'] as const) {
      const seen = sides.flat().map(({ exact }) => decimalsOf(exact[column]));
      this.#decimals = { ...this.#decimals, [column]: Math.min(MOST, Math.max(this.#decimals[column], ...seen)) };
    }
    const most = Math.max(...all.map(({ size }) => size), 0);
    const prices = step === undefined ? this.#decimals.price : decimalsOf(step);
    this.#asks.forEach((row, index) => this.#drawRow(row, asks, ROWS - 1 - index, { most, prices }));
    this.#bids.forEach((row, index) => this.#drawRow(row, bids, index, { most, prices }));
    write(this.#middle, middleOf(book));
  }

  #drawRow(
    row: HTMLTableRowElement,
    levels: readonly PriceLevel[],
    index: number,
    { most, prices }: { readonly most: number; readonly prices: number },
  ): void {
    const level = levels[index];
    const [price, size, sum] = row.cells;
    row.style.setProperty('--share', level === undefined ? '0%' : `${((level.size / most) * 100).toFixed(1)}%`);
    const { size: sizes } = this.#decimals;
    const texts =
      level === undefined
        ? ['', '', '']
        : [
            withDecimals(level.exact.price, prices),
            withDecimals(level.exact.size, sizes),
            withDecimals(sumOfSizes(levels.slice(0, index + 1)), sizes),
          ];
    [price, size, sum].forEach((cell, column) => {
      if (cell !== undefined) write(cell, texts[column] ?? '');
    });
  }
}

const rows = (): readonly HTMLTableRowElement[] =>
  Array.from({ length: ROWS }, () => element('tr', '', element('td'), element('td'), element('td')));

function middleOf(book: OrderBook): string {
  const { bestBid, bestAsk } = book;
  if (bestBid === undefined || bestAsk === undefined) return 'one side is empty';
  const imbalance = Math.round((imbalanceOf(book, ROWS) ?? 0) * 100);
  const spread = withDecimals(subtractDecimals(bestAsk.exact.price, bestBid.exact.price), 0);
  return `spread ${spread} · imbalance ${imbalance > 0 ? '+' : ''}${imbalance} %`;
}
