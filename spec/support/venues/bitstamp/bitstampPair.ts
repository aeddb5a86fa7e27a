import type { SimulatedInstrument } from '../../../../lib/simulation/market/simulatedInstrument.js';
import type { DepthSides } from '../../../../lib/simulation/topics/depthWindow.js';
import { type LedgerOrder, type OrderEvent, OrderLedger } from '../orderLedger.js';

/** The book at a time, by price and by order. */
export interface Version extends DepthSides {
  /** In microseconds of the venue's clock. */
  readonly micros: number;
  readonly orders: readonly LedgerOrder[];
}

/** What became of an order, and when; each names the one before it. */
export interface LinkedEvent extends OrderEvent {
  readonly micros: number;
  readonly eventId: string;
  readonly previousId: string;
}

/** So many versions are remembered. */
const REMEMBERED = 200;

/** A pair of Bitstamp: its orders, and what its book was. All it tells bears the time of the venue's clock. */
export class BitstampPair {
  readonly ledger: OrderLedger;
  #micros = 0;
  /** How far the venue's clock was set, in ms. */
  #ahead = 0;
  #events: readonly LinkedEvent[] = [];
  #count = 0;
  #versions: Version[] = [];
  readonly #connections: (() => boolean)[] = [];

  constructor(
    readonly instrument: SimulatedInstrument,
    private readonly draw: () => number,
    now: number,
  ) {
    this.ledger = new OrderLedger(instrument, draw);
    this.#note(now);
  }

  /** What became of orders in the last step. */
  get events(): readonly LinkedEvent[] {
    return this.#events;
  }

  /** The time of the last step's changes, in microseconds. */
  get micros(): number {
    return this.#micros;
  }

  step(now: number): void {
    this.ledger.step();
    this.#events = this.ledger.events.map((event) => this.#linked(event, now));
    this.#note(now);
  }

  /** @param isHeard Whether a connection's client hears the venue. */
  connected(isHeard: () => boolean): void {
    this.#connections.push(isHeard);
  }

  /** To whom the venue was mute for as long as its clock is set back by, nothing tells of that. */
  isHeard(): boolean {
    return this.#connections.some((isHeard) => isHeard());
  }

  /** Sets the venue's clock back: no snapshot tells of the time before. */
  setBack(ms: number): void {
    this.#ahead -= ms;
    this.#micros = 0;
    this.#versions = [];
  }

  /** An order at any price, which trades at once and rests nowhere: it comes and goes. */
  marketOrder(now: number): void {
    const id = 7_000_000_000 + this.#count;
    const order = { id, side: this.draw() < 0.5 ? 'bid' : 'ask', price: '0', size: '0' } as const;
    const [come, gone] = (['created', 'deleted'] as const).map((type) => this.#linked({ ...order, type }, now));
    if (come !== undefined && gone !== undefined) this.#events = [...this.#events, come, gone];
  }

  /** The book as it was so long ago. */
  versionOf(age: number): Version {
    const wanted = this.#micros - 1_000 * age;
    const version = this.#versions.filter(({ micros }) => micros <= wanted).at(-1) ?? this.#versions[0];
    if (version === undefined) throw new RangeError('no book yet');
    return version;
  }

  #linked(event: OrderEvent, now: number): LinkedEvent {
    const previousId = this.#idOf(this.#count);
    this.#count += 1;
    return { ...event, micros: this.#next(now), eventId: this.#idOf(this.#count), previousId };
  }

  #idOf(count: number): string {
    return `0006589a-${(count * 7_919).toString(16).padStart(8, '0')}-${this.instrument.spec.base}`;
  }

  /** Times of one pair only grow, however many things happen at once. */
  #next(now: number): number {
    this.#micros = Math.max(this.#micros + 1, 1_000 * Math.floor(now + this.#ahead));
    return this.#micros;
  }

  #note(now: number): void {
    const { bids = [], asks = [] } = this.instrument.book.trueBook() ?? {};
    this.#versions.push({ micros: this.#next(now), bids, asks, orders: this.ledger.orders });
    if (this.#versions.length > 2 * REMEMBERED) this.#versions = this.#versions.slice(-REMEMBERED);
  }
}
