import type { LevelText } from '../../../lib/simulation/market/side.js';
import type { BookChange } from '../../../lib/simulation/market/simulatedBook.js';
import type { SimulatedInstrument } from '../../../lib/simulation/market/simulatedInstrument.js';
import type { DepthSides } from '../../../lib/simulation/topics/depthWindow.js';
import { between } from '../chaosDraw.js';

/** An order that rests in a book. */
export interface LedgerOrder {
  readonly id: number;
  readonly side: 'bid' | 'ask';
  readonly price: string;
  /** What is left of it. */
  readonly size: string;
}

/** What became of one order, with what is left of it: none where it is deleted. */
export interface OrderEvent extends LedgerOrder {
  readonly type: 'created' | 'changed' | 'deleted';
}

interface Level {
  readonly side: 'bid' | 'ask';
  readonly key: number;
  readonly price: string;
  readonly orders: { readonly id: number; lots: number }[];
  /** As it is told, until it changes. */
  text?: LevelText | undefined;
}

/**
 * The book of an instrument as orders: what a level has more is a new order, what it has less is taken from the oldest ones.
 */
export class OrderLedger {
  readonly #levels = new Map<string, Level>();
  /** The levels of a side in order, and what they are told as, as long as that holds. */
  readonly #order: Partial<Record<'bid' | 'ask', readonly Level[] | undefined>> = {};
  readonly #texts: Partial<Record<'bid' | 'ask', readonly LevelText[] | undefined>> = {};
  #seen: number;
  #nextId = 2_037_493_297_635_328;
  #events: OrderEvent[] = [];
  #states: DepthSides[] = [];

  constructor(
    private readonly instrument: SimulatedInstrument,
    private readonly draw: () => number,
  ) {
    const { book } = instrument;
    this.#seen = book.sequence;
    for (const side of [book.bids, book.asks])
      side.keys.forEach((key, i) => {
        const level = this.#levelAt(side.name, key, side.levels[i]?.[0] ?? '');
        const lots = side.lots[i] ?? 0;
        const first = between(this.draw, 1, lots);
        this.#add(level, first);
        if (lots > first) this.#add(level, lots - first);
      });
  }

  /** What became of orders in the last step, in order. */
  get events(): readonly OrderEvent[] {
    return this.#events;
  }

  /** The book after each of these. */
  get states(): readonly DepthSides[] {
    return this.#states;
  }

  /** All that rest, best prices first, the older ones of a price first. */
  get orders(): readonly LedgerOrder[] {
    return [...this.#sorted('bid'), ...this.#sorted('ask')].flatMap((level) =>
      level.orders.map(({ id, lots }) => this.#told(level, id, lots)),
    );
  }

  step(): void {
    const { book } = this.instrument;
    this.#events = [];
    this.#states = [];
    for (const change of book.changesAfter(this.#seen)) this.#follow(change);
    this.#seen = book.sequence;
  }

  #follow({ side, key, level: [price, size], removed }: BookChange): void {
    const level = this.#levelAt(side, key, price);
    const wanted = removed ? 0 : Number(size.replace('.', ''));
    const more = wanted - level.orders.reduce((sum, { lots }) => sum + lots, 0);
    if (more > 0) this.#note('created', level, this.#add(level, more), more);
    for (let left = 0 - more; left > 0;) {
      const [oldest] = level.orders;
      if (oldest === undefined) break;
      const taken = Math.min(left, oldest.lots);
      left -= taken;
      oldest.lots -= taken;
      if (oldest.lots === 0) level.orders.shift();
      if (level.orders.length === 0) {
        this.#levels.delete(nameOf(side, key));
        this.#order[side] = undefined;
      }
      this.#note(oldest.lots === 0 ? 'deleted' : 'changed', level, oldest.id, oldest.lots);
    }
  }

  #note(type: OrderEvent['type'], level: Level, id: number, lots: number): void {
    this.#events.push({ ...this.#told(level, id, lots), type });
    level.text = undefined;
    this.#texts[level.side] = undefined;
    const sideOf = (side: 'bid' | 'ask'): readonly LevelText[] =>
      (this.#texts[side] ??= this.#sorted(side).map((one) => (one.text ??= [one.price, this.#sizeOf(one.orders)])));
    this.#states.push({ bids: sideOf('bid'), asks: sideOf('ask') });
  }

  #sizeOf(orders: Level['orders']): string {
    return this.instrument.units.sizeText(orders.reduce((sum, { lots }) => sum + lots, 0));
  }

  #told({ side, price }: Level, id: number, lots: number): LedgerOrder {
    return { id, side, price, size: this.instrument.units.sizeText(lots) };
  }

  #sorted(side: 'bid' | 'ask'): readonly Level[] {
    return (this.#order[side] ??= [...this.#levels.values()]
      .filter((level) => level.side === side)
      .sort((a, b) => b.key - a.key));
  }

  #levelAt(side: 'bid' | 'ask', key: number, price: string): Level {
    const there = this.#levels.get(nameOf(side, key));
    if (there !== undefined) return there;
    const level: Level = { side, key, price, orders: [] };
    this.#levels.set(nameOf(side, key), level);
    this.#order[side] = undefined;
    return level;
  }

  #add({ orders }: Level, lots: number): number {
    this.#nextId += between(this.draw, 1, 5);
    orders.push({ id: this.#nextId, lots });
    return this.#nextId;
  }
}

const nameOf = (side: 'bid' | 'ask', key: number): string => `${side} ${String(key)}`;
