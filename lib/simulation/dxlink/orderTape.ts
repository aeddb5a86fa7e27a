import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { type Cells, NONE, REMOVE_EVENT, asSnapshot, asTransaction, number, text } from './cells.js';

/** Two orders at a price: what one level is made of. */
interface Pair {
  readonly side: 'bid' | 'ask';
  readonly key: number;
  readonly slots: readonly [number, number];
}

/** A transaction: its events, and when. */
export interface Transaction {
  readonly time: number;
  readonly rows: readonly Cells[];
}

/** How many transactions are remembered for those who are behind. */
const REMEMBERED = 2_000;

/**
 * The book of an instrument told order by order. Each level is two orders, so that sums are tested; the index of an
 * order that is gone is given to the next one that comes, at another price or on the other side, in the same transaction
 * at times.
 */
export class OrderTape {
  private readonly pairs = new Map<string, Pair>();
  private readonly free: number[] = [];
  private nextSlot = 100;
  private seen: number;
  private lastTime = 0;
  private log: Transaction[] = [];
  private readonly times = new Map<number, number>();
  private count = 0;

  constructor(
    private readonly instrument: SimulatedInstrument,
    private readonly source: string,
    /** What orders have that those of another type have not. */
    private readonly own: Cells,
    now: number,
  ) {
    const { book } = instrument;
    for (const side of [book.bids, book.asks]) for (const key of side.keys) this.occupy(side.name, key);
    this.seen = book.sequence;
    this.stamp(now);
  }

  /** The number of the newest transaction. */
  get newest(): number {
    return this.count;
  }

  /** The sequence of the market's book that the book of orders stood at, at a time of its own. */
  sequenceAt(time: number): number | undefined {
    return this.times.get(time);
  }

  /** Transactions after a number; `undefined` where they are forgotten. */
  after(number: number): readonly Transaction[] | undefined {
    const missing = this.count - number;
    return missing > this.log.length ? undefined : missing === 0 ? [] : this.log.slice(-missing);
  }

  /** Tells what has changed since the last step, as one transaction. */
  step(now: number): void {
    const changes = this.instrument.book.changesAfter(this.seen);
    if (changes.length === 0) return;
    this.seen = this.instrument.book.sequence;
    const time = this.stamp(now);
    const touched = new Map(changes.map(({ side, key }) => [`${side} ${String(key)}`, { side, key }]));
    const gone = new Set<number>();
    const rows: Cells[] = [];
    // What goes first frees its indexes for what comes.
    for (const { side, key } of touched.values()) {
      if (this.lotsAt(side, key) === 0) for (const slot of this.vacate(side, key)) gone.add(slot);
    }
    for (const { side, key } of touched.values()) {
      if (this.lotsAt(side, key) === 0) continue;
      const pair = this.occupy(side, key);
      for (const slot of pair.slots) gone.delete(slot);
      rows.push(...this.rowsOf(pair, time));
    }
    for (const slot of gone) rows.push(this.removal(slot, time));
    if (rows.length === 0) return;
    this.count += 1;
    this.log.push({ time, rows: asTransaction(rows) });
    if (this.log.length > 2 * REMEMBERED) this.log = this.log.slice(-REMEMBERED);
  }

  /** The whole book as it stands, the highest index first. */
  snapshot(): readonly Cells[] {
    const rows = [...this.pairs.values()].flatMap((pair) => [...this.rowsOf(pair, this.lastTime)]);
    rows.sort((left, right) => Number(right['index']) - Number(left['index']));
    const last = { ...this.removal(0, this.lastTime), eventFlags: String(REMOVE_EVENT) };
    return asSnapshot(rows, last);
  }

  /** Times are the venue's own here, and each transaction has one to itself. */
  private stamp(now: number): number {
    this.lastTime = Math.max(now, this.lastTime + 1);
    this.times.set(this.lastTime, this.seen);
    const [oldest] = this.times.keys();
    if (this.times.size > REMEMBERED * 4 && oldest !== undefined) this.times.delete(oldest);
    return this.lastTime;
  }

  private lotsAt(side: 'bid' | 'ask', key: number): number {
    const { bids, asks } = this.instrument.book;
    return (side === 'bid' ? bids : asks).lotsAt(key);
  }

  private occupy(side: 'bid' | 'ask', key: number): Pair {
    const name = `${side} ${String(key)}`;
    const there = this.pairs.get(name);
    if (there !== undefined) return there;
    const slot = (): number => this.free.pop() ?? (this.nextSlot += 1);
    const pair: Pair = { side, key, slots: [slot(), slot()] };
    this.pairs.set(name, pair);
    return pair;
  }

  private vacate(side: 'bid' | 'ask', key: number): readonly number[] {
    const name = `${side} ${String(key)}`;
    const pair = this.pairs.get(name);
    if (pair === undefined) return [];
    this.pairs.delete(name);
    this.free.push(...pair.slots);
    return pair.slots;
  }

  /** The level's lots in two parts; a second part of none is an order that is gone by its size. */
  private rowsOf({ side, key, slots }: Pair, time: number): readonly Cells[] {
    const { units } = this.instrument;
    const lots = this.lotsAt(side, key);
    const second = Math.floor(lots * 0.3);
    const tick = side === 'bid' ? key : 0 - key;
    return [lots - second, second].map((part, place) => ({
      ...this.head(slots[place as 0 | 1], time),
      orderSide: text(side === 'bid' ? 'BUY' : 'SELL'),
      price: number(units.priceText(tick)),
      size: number(units.sizeText(part)),
    }));
  }

  private removal(slot: number, time: number): Cells {
    return {
      ...this.head(slot, time),
      eventFlags: String(REMOVE_EVENT),
      orderSide: text('UNDEFINED'),
      price: NONE,
      size: NONE,
    };
  }

  private head(slot: number, time: number): Cells {
    return {
      eventSymbol: text(this.instrument.spec.symbol),
      eventTime: '0',
      eventFlags: '0',
      timeNanoPart: '0',
      // The source's four characters stand in the high bits: beyond what a double holds.
      index: String(sourceId(this.source) + BigInt(slot)),
      time: String(time),
      sequence: '0',
      source: text(this.source),
      action: text('NEW'),
      actionTime: '0',
      orderId: String(slot),
      auxOrderId: '0',
      executedSize: '0',
      count: '0',
      exchangeCode: text('Q'),
      scope: text('ORDER'),
      tradeId: '0',
      tradePrice: NONE,
      tradeSize: NONE,
      ...this.own,
    };
  }
}

/** `OrderSource.cs` of dxfeed-graal-net-api: `NTV` is 0x4E5456, in the upper half. */
export const sourceId = (source: string): bigint =>
  new TextEncoder().encode(source).reduce((id, letter) => (id << 8n) | BigInt(letter), 0n) << 32n;
