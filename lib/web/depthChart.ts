import type { OrderBook } from '../model/orderBook.js';
import type { PriceLevel } from '../model/priceLevel.js';
import { drawing, trace } from './drawing.js';

/** Of each side. */
const LEVELS = 50;

/** How much is bid and asked up to each price: two steps that go up from the middle. */
export class DepthChart {
  readonly #bids = trace('bid');
  readonly #asks = trace('ask');
  readonly node = drawing(
    'depth',
    `Sizes bid and asked, the best ${LEVELS} levels of each side`,
    this.#bids,
    this.#asks,
  );

  draw({ bids, asks, bestBid, bestAsk }: OrderBook): void {
    const sides = [bids.slice(LEVELS), asks.slice(LEVELS)] as const;
    const mid = bestBid === undefined || bestAsk === undefined ? undefined : (bestBid.price + bestAsk.price) / 2;
    const reach = Math.max(...sides.map((levels) => Math.abs((levels.at(-1)?.price ?? 0) - (mid ?? 0))));
    const most = Math.max(...sides.map((levels) => levels.reduce((total, { size }) => total + size, 0)));
    const scale = { mid: mid ?? 0, reach, most };
    const isDrawn = mid !== undefined && reach > 0 && most > 0;
    this.#bids.setAttribute('d', isDrawn ? stepsOf(sides[0], scale, -1) : '');
    this.#asks.setAttribute('d', isDrawn ? stepsOf(sides[1], scale, 201) : '');
  }
}

interface Scale {
  readonly mid: number;
  readonly reach: number;
  readonly most: number;
}

/** From the middle outwards, one step a level, in a field of 200 by 100. */
function stepsOf(levels: readonly PriceLevel[], { mid, reach, most }: Scale, edge: number): string {
  let total = 0;
  let path = '';
  for (const { price, size } of levels) {
    const x = (100 + ((price - mid) / reach) * 100).toFixed(1);
    total += size;
    path += `${path === '' ? `M${x} 100` : `H${x}`}V${(100 - (total / most) * 92).toFixed(1)}`;
  }
  return path === '' ? '' : `${path}H${edge}V100Z`;
}
