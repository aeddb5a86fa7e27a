import type { Random } from '../random.js';
import type { Side } from './side.js';
import type { SimulatedBook } from './simulatedBook.js';
import type { Tape, TapeTrade } from './tape.js';
import type { Units } from './units.js';

export interface OrderFlowConfig {
  readonly random: Random;
  readonly units: Units;
  readonly book: SimulatedBook;
  readonly tape: Tape;
  /** Levels a side that are always there; up to a fifth more come and go. */
  readonly depth: number;
  /** Orders per step, on average. */
  readonly activity: number;
  /** Ticks between two levels, about. */
  readonly grain: number;
  /** Told of each fill, once. */
  readonly traded: (trade: TapeTrade) => void;
}

/** A taker never eats the last levels of a side, whatever it wants: a side is never empty. */
const RESERVE = 3;
/** How much of its way from home the fair price goes back in one step. */
const REVERSION = 0.002;

/**
 * The people of a simulated market. A fair price walks at random and is drawn back to where it began. Limit orders
 * gather around it, most of them close; takers lean towards it; some orders are cancelled or resized. An order that
 * reaches over the spread trades first and rests with what is left, so that a book is never crossed.
 */
export class OrderFlow {
  private fair = 0;
  private readonly logRange: number;

  constructor(private readonly config: OrderFlowConfig) {
    this.logRange = Math.log(config.depth * 2);
    this.fill(config.book.bids, 0);
    this.fill(config.book.asks, 0);
    config.book.begin();
  }

  step(at: number): void {
    const { random, activity, grain, book } = this.config;
    const spread = Math.min(1, activity);
    this.fair += ((random() + random() + random() - 1.5) * 1.6 * grain - this.fair * REVERSION) * spread;
    const wanted = activity * 2 * random();
    const orders = Math.floor(wanted) + (random() < wanted % 1 ? 1 : 0);
    for (let index = 0; index < orders; index += 1) this.order(at);
    if (orders === 0) return;
    this.fill(book.bids, at);
    this.fill(book.asks, at);
  }

  private order(at: number): void {
    const { random, book } = this.config;
    const kind = random();
    if (kind < 0.08) {
      const lean = (this.fair - (book.bids.bestKey - book.asks.bestKey) / 2) / this.config.grain;
      const buys = random() < 0.5 + Math.max(-0.4, Math.min(0.4, lean * 0.1));
      this.take(buys ? book.asks : book.bids, this.lots(), Number.NEGATIVE_INFINITY, at);
      return;
    }
    const side = random() < 0.5 ? book.bids : book.asks;
    if (kind < 0.55) this.place(side, at);
    else this.change(side, at, kind < 0.9);
  }

  /** A limit order: trades as far as it reaches over the spread, and rests with what is left. */
  private place(side: Side, at: number): void {
    const { random, book, grain, units } = this.config;
    const away = Math.floor((Math.exp(random() * this.logRange) - 1) * grain * (0.5 + random()));
    const tick = side.name === 'bid' ? Math.floor(this.fair) - away : Math.floor(this.fair) + 1 + away;
    if (tick < units.lowestTick) return;
    const other = side.name === 'bid' ? book.asks : book.bids;
    const reach = other.turn(tick);
    const left = this.take(other, this.lots(), reach, at);
    if (left === 0 || other.bestKey >= reach) return;
    const key = side.turn(tick);
    book.set(side, key, side.lotsAt(key) + left, at);
  }

  /** Cancels or resizes an order, more often near the best price. */
  private change(side: Side, at: number, less: boolean): void {
    const { random, book } = this.config;
    if (side.length <= RESERVE) return;
    const index = side.length - 1 - Math.floor(side.length * random() * random());
    const key = side.keys[index] ?? side.bestKey;
    const lots = side.lots[index] ?? 1;
    const kept = less ? (random() < 0.6 ? 0 : Math.max(1, Math.floor(lots * random()))) : lots + this.lots();
    book.set(side, key, kept, at);
  }

  /** Eats a side from its best level down to `reach`; tells what was not filled. */
  private take(side: Side, lots: number, reach: number, at: number): number {
    let left = lots;
    while (left > 0 && side.length > RESERVE && side.bestKey >= reach) {
      const key = side.bestKey;
      const resting = side.lotsAt(key);
      const filled = Math.min(left, resting);
      this.config.book.set(side, key, resting - filled, at);
      this.print(side, key, filled, at);
      left -= filled;
    }
    return left;
  }

  private print(side: Side, key: number, lots: number, at: number): void {
    const { units, tape, random, traded } = this.config;
    const tick = side.turn(key);
    const fill = (part: number): Omit<TapeTrade, 'id'> => ({
      at,
      tick,
      lots: part,
      price: units.priceText(tick),
      size: units.sizeText(part),
      side: side.name === 'ask' ? 'buy' : 'sell',
    });
    // Two resting orders at one price make two trades, and still one aggregate trade.
    const first = lots > 1 && random() < 0.4 ? 1 + Math.floor(random() * (lots - 1)) : lots;
    const fills = first === lots ? [fill(lots)] : [fill(first), fill(lots - first)];
    for (const trade of tape.print(fills, fill(lots))) traded(trade);
  }

  /** Brings a side back to its number of levels at the far end, where nobody is in a hurry. */
  private fill(side: Side, at: number): void {
    const { random, book, depth, grain, units } = this.config;
    while (side.length > depth * 1.2) book.set(side, side.worstKey, 0, at);
    if (side.length === 0) {
      const tick = side.name === 'bid' ? Math.floor(this.fair) : Math.floor(this.fair) + 1;
      book.set(side, side.turn(tick), this.lots(), at);
    }
    while (side.length < depth) {
      const wider = 1 + Math.min(2, side.length / 20);
      const key = side.worstKey - 1 - Math.floor(random() * wider * (2 * grain - 1));
      if (side.turn(key) < units.lowestTick) return;
      book.set(side, key, this.lots(), at);
    }
  }

  /** Most orders are small, few are ten times the usual size. */
  private lots(): number {
    const { random, units } = this.config;
    return Math.max(1, Math.round(units.usualLots * Math.exp((random() + random() + random() - 1.5) * 2.2)));
  }
}
