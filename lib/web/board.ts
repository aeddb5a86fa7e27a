import { subtractDecimals } from '../book/decimals.js';
import type { BookState } from '../model/bookState.js';
import { element, write } from './element.js';
import { withDecimals } from './words.js';

const COLUMNS = ['market', 'bid', 'ask', 'spread', 'book'];

/** All instruments at once: the best prices of each, and how its book stands. A name leads to its card. */
export class Board {
  readonly node: HTMLElement;
  readonly #rows: ReadonlyMap<string, HTMLTableRowElement>;

  constructor(instruments: readonly string[]) {
    this.#rows = new Map(instruments.map((instrument) => [instrument, rowOf(instrument)]));
    const heading = element('tr', '', ...COLUMNS.map((name) => element('th', '', name)));
    const table = element(
      'table',
      'board',
      element('thead', '', heading),
      element('tbody', '', ...this.#rows.values()),
    );
    this.node = element('section', 'markets', table);
  }

  /** Draws how the book of one of them stands. */
  draw(instrument: string, state: BookState): void {
    const row = this.#rows.get(instrument);
    if (row === undefined) return;
    row.classList.toggle('not-live', state.status !== 'live');
    const [, bid, ask, spread, status] = row.cells;
    const texts = state.status === 'syncing' ? ['', '', ''] : bestOf(state);
    [bid, ask, spread].forEach((cell, column) => {
      if (cell !== undefined) write(cell, texts[column] ?? '');
    });
    if (status !== undefined) write(status, state.status === 'stale' ? state.reason : state.status);
  }

  /** The book of one of them is refused: there will be none. */
  refuse(instrument: string): void {
    const row = this.#rows.get(instrument);
    const status = row?.cells[COLUMNS.length - 1];
    row?.classList.add('not-live');
    if (status !== undefined) write(status, 'refused');
  }
}

/** Where the card of an instrument is on the page. */
export const anchorOf = (instrument: string): string => `market-${instrument}`;

function rowOf(instrument: string): HTMLTableRowElement {
  const link = element('a', '', instrument);
  link.href = `#${encodeURIComponent(anchorOf(instrument))}`;
  const cells = COLUMNS.slice(1).map((name) => element('td', name === 'bid' ? 'buy' : name === 'ask' ? 'sell' : ''));
  return element('tr', '', element('td', '', link), ...cells);
}

function bestOf({ book }: Exclude<BookState, { readonly status: 'syncing' }>): readonly string[] {
  const { bestBid, bestAsk } = book;
  const [bid, ask] = [bestBid?.exact.price, bestAsk?.exact.price].map((price) => price && withDecimals(price, 0));
  const spread = bid && ask ? withDecimals(subtractDecimals(ask, bid), 0) : '';
  return [bid ?? '', ask ?? '', spread];
}
