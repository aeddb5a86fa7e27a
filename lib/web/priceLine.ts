import { drawing, trace } from './drawing.js';

/** How far back it goes, in ms. */
const SPAN = 120_000;
/** A point is told at most so often, in ms: there are not more of them than one could see. */
const EVERY = 250;

/** The mid of the last two minutes. Where the book was not live there is no line. */
export class PriceLine {
  readonly #line = trace('mid');
  readonly node = drawing('line', 'The middle between best bid and ask over the last two minutes', this.#line);
  #points: readonly (readonly [at: number, mid: number | undefined])[] = [];

  /** @param mid `undefined` while it can't be trusted. */
  add(at: number, mid: number | undefined): void {
    const last = this.#points.at(-1);
    const isSoon = last !== undefined && at - last[0] < EVERY && (last[1] === undefined) === (mid === undefined);
    if (isSoon) return;
    this.#points = [...this.#points.filter(([time]) => time > at - SPAN), [at, mid]];
    this.#line.setAttribute('d', this.#path(at));
  }

  #path(now: number): string {
    const mids = this.#points.flatMap(([, mid]) => mid ?? []);
    const [low, high] = [Math.min(...mids), Math.max(...mids)];
    const height = high === low ? 1 : high - low;
    let move = 'M';
    let path = '';
    for (const [at, mid] of this.#points) {
      if (mid !== undefined) {
        const [x, y] = [200 - ((now - at) / SPAN) * 200, 95 - ((mid - low) / height) * 90];
        path += `${move}${x.toFixed(1)} ${y.toFixed(1)}`;
      }
      move = mid === undefined ? 'M' : 'L';
    }
    return path;
  }
}
