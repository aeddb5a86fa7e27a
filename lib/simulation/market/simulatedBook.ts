import { indexIn, Side, type LevelText } from './side.js';
import type { TrueBook } from './trueMarket.js';
import type { Units } from './units.js';

/** One level of one side changed. */
export interface BookChange {
  readonly sequence: number;
  /** When, in ms. */
  readonly at: number;
  readonly side: 'bid' | 'ask';
  /** Tells prices of one side apart. */
  readonly key: number;
  readonly before: LevelText | undefined;
  /** Price and new size; a size of zero when the level went. */
  readonly level: LevelText;
  readonly removed: boolean;
}

/**
 * The venue's own book of one instrument, and how it came to be. Only the present book and the changes are kept: an
 * older book is the present one with the changes since then undone.
 */
export class SimulatedBook {
  readonly bids = new Side('bid');
  readonly asks = new Side('ask');
  private log: BookChange[] = [];
  private oldest: number;
  private newest: number;
  /** How often its numbers have begun anew. */
  beginnings = 0;
  /** The sequence that they began at. */
  first: number;

  constructor(
    private readonly units: Units,
    private nextSequence: () => number,
    private readonly history: number,
  ) {
    this.newest = nextSequence();
    this.oldest = this.newest;
    this.first = this.newest;
  }

  /** The sequence the book stands at. */
  get sequence(): number {
    return this.newest;
  }

  /** Forgets how the book came to be: what was set so far is the book that the venue begins with. */
  begin(): void {
    this.log = [];
    this.oldest = this.newest;
    this.first = this.newest;
  }

  /** Goes on from another number, of which it counts by one. What stands, stays; how it came to be is forgotten. */
  renumber(from: number): void {
    let last = from;
    this.nextSequence = () => (last += 1);
    this.newest = from;
    this.beginnings += 1;
    this.begin();
  }

  /** Is as if just listed: empty at 0, and then all that stands is set, one by one. */
  relist(at: number): void {
    this.renumber(0);
    for (const side of [this.bids, this.asks]) {
      side.keys.forEach((key, index) => {
        const level = side.levels[index];
        if (level === undefined) return;
        this.newest = this.nextSequence();
        this.log.push({ sequence: this.newest, at, side: side.name, key, before: undefined, level, removed: false });
      });
    }
  }

  /** Sets what stands at a price; no lots remove the level. */
  set(side: Side, key: number, lots: number, at: number): void {
    const index = side.indexOf(key);
    const before = side.keys[index] === key ? side.levels[index] : undefined;
    if (before === undefined ? lots === 0 : side.lots[index] === lots) return;

    const level: LevelText = [before?.[0] ?? this.units.priceText(side.turn(key)), this.units.sizeText(lots)];
    if (lots === 0) {
      side.keys.splice(index, 1);
      side.lots.splice(index, 1);
      side.levels.splice(index, 1);
    } else if (before !== undefined) {
      side.lots[index] = lots;
      side.levels[index] = level;
    } else {
      side.keys.splice(index, 0, key);
      side.lots.splice(index, 0, lots);
      side.levels.splice(index, 0, level);
    }
    this.newest = this.nextSequence();
    this.log.push({ sequence: this.newest, at, side: side.name, key, before, level, removed: lots === 0 });
    if (this.log.length > 2 * this.history) this.discard();
  }

  /** Changes after a sequence, oldest first. */
  changesAfter(sequence: number): readonly BookChange[] {
    let first = this.log.length;
    while (first > 0 && (this.log[first - 1]?.sequence ?? 0) > sequence) first -= 1;
    return this.log.slice(first);
  }

  /** The sequence the book stood at, at a time; the oldest one remembered for times before. */
  sequenceAt(time: number): number {
    for (let index = this.log.length - 1; index >= 0; index -= 1) {
      const change = this.log[index];
      if (change !== undefined && change.at <= time) return change.sequence;
    }
    return this.oldest;
  }

  /** The book as it stood at a sequence; `undefined` for what is forgotten or not there yet. */
  trueBook(sequence = this.newest): TrueBook | undefined {
    if (sequence < this.oldest || sequence > this.newest) return undefined;
    const bids = { keys: this.bids.keys, levels: this.bids.levels.slice() };
    const asks = { keys: this.asks.keys, levels: this.asks.levels.slice() };
    let index = this.log.length - 1;
    if ((this.log[index]?.sequence ?? 0) > sequence) {
      bids.keys = bids.keys.slice();
      asks.keys = asks.keys.slice();
    }
    for (; index >= 0; index -= 1) {
      const change = this.log[index];
      if (change === undefined || change.sequence <= sequence) break;
      undo(change.side === 'bid' ? bids : asks, change);
    }
    return {
      sequence: this.log[index]?.sequence ?? this.oldest,
      bids: bids.levels.reverse(),
      asks: asks.levels.reverse(),
    };
  }

  private discard(): void {
    const gone = this.log.length - this.history;
    this.oldest = this.log[gone - 1]?.sequence ?? this.oldest;
    this.log = this.log.slice(gone);
  }
}

function undo(side: { readonly keys: number[]; readonly levels: LevelText[] }, change: BookChange): void {
  const index = indexIn(side.keys, change.key);
  if (change.before === undefined) {
    side.keys.splice(index, 1);
    side.levels.splice(index, 1);
  } else if (change.removed) {
    side.keys.splice(index, 0, change.key);
    side.levels.splice(index, 0, change.before);
  } else {
    side.levels[index] = change.before;
  }
}
