import type { Trade } from '../model/trade.js';
import { element } from './element.js';
import { clock, decimalsOf, withDecimals } from './words.js';

/** As many as fill the height of a ladder. */
const ROWS = 21;

/** The last trades, newest first. The side is the taker's. */
export class Tape {
  readonly node: HTMLElement;
  readonly #body = element('tbody');
  /** Only grow, so that columns don't jump. */
  #decimals = { price: 0, size: 0 };

  constructor() {
    const names = ['time', 'price', 'size'].map((name) => element('th', '', name));
    this.node = element('table', 'tape', element('thead', '', element('tr', '', ...names)), this.#body);
  }

  add({ venueTime, side, exact }: Trade): void {
    const { price, size } = this.#decimals;
    this.#decimals = {
      price: Math.max(price, decimalsOf(exact.price)),
      size: Math.max(size, decimalsOf(exact.size)),
    };
    const cells = [
      clock(venueTime),
      withDecimals(exact.price, this.#decimals.price),
      withDecimals(exact.size, this.#decimals.size),
    ];
    const row = element('tr', '', ...cells.map((text, column) => element('td', column === 1 ? side : '', text)));
    this.#body.prepend(row);
    while (this.#body.rows.length > ROWS) this.#body.deleteRow(-1);
  }
}
