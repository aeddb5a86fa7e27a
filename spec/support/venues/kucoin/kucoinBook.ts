import type { SimulatedInstrument } from '../../../../lib/simulation/market/simulatedInstrument.js';
import type { LevelText } from '../../../../lib/simulation/market/side.js';
import type { Random } from '../../../../lib/simulation/random.js';
import type { DepthSides } from '../../../../lib/simulation/topics/depthWindow.js';
import { between, pick } from '../../chaosDraw.js';

/** A row of a change: price, size, and its own number. */
type Row = readonly [price: string, size: string, sequence: string];

/** What changed, as a frame tells it. */
export interface Changes {
  readonly sequenceStart: number;
  readonly sequenceEnd: number;
  readonly asks: readonly Row[];
  readonly bids: readonly Row[];
}

/** The book at a time, under the venue's number. */
interface Version extends DepthSides {
  readonly at: number;
  readonly sequence: number;
}

interface Change {
  readonly side: 'bid' | 'ask';
  readonly level: LevelText;
}

/** How many changes one frame tells at most. */
const BATCH = 3;
/** How often a number is of nothing that anybody sees. */
const BUMPS = 0.15;
/** Further than any stream gets while a snapshot is on its way. */
const FAR_AHEAD = 1_000_000_000;

/**
 * The book of an instrument under KuCoin's numbers: one for each change, and some that no level is told of. A frame tells one
 * change or a few, whose rows come in any order.
 */
export class KucoinBook {
  #number: number;
  #seen: number;
  #versions: Version[] = [];
  #frames: readonly Changes[] = [];
  #states: readonly DepthSides[] = [];
  #isAnew = false;
  #unlistedUntil = -Infinity;
  #relisted: readonly Change[] = [];

  constructor(
    readonly instrument: SimulatedInstrument,
    private readonly draw: Random,
    now: number,
  ) {
    this.#seen = instrument.book.sequence;
    this.#number = 1_613_277_000_000 + between(draw, 0, 1_000_000);
    this.#note(now);
  }

  /** What the last step has to tell. */
  get frames(): readonly Changes[] {
    return this.#frames;
  }

  /** The books that those who hear all of it have one after the other. */
  get states(): readonly DepthSides[] {
    return this.#states;
  }

  /** Tells what has changed since the last step. */
  step(now: number): void {
    const { book } = this.instrument;
    const changes = book.changesAfter(this.#seen);
    const frames: Changes[] = [];
    const states: DepthSides[] = [];
    if (this.#relisted.length > 0) frames.push(this.#frame(this.#relisted));
    this.#relisted = [];
    for (let from = 0; from < changes.length;) {
      if (this.draw() < BUMPS) frames.push(this.#bump());
      const some = changes.slice(from, from + between(this.draw, 1, BATCH));
      from += some.length;
      frames.push(this.#frame(some));
      const told = book.trueBook(some.at(-1)?.sequence);
      if (told !== undefined) states.push(told);
    }
    if (changes.length === 0 && this.draw() < BUMPS) frames.push(this.#bump());
    this.#seen = book.sequence;
    this.#frames = frames;
    this.#states = now < this.#unlistedUntil ? [...states, { bids: [], asks: [] }] : states;
    this.#note(now);
  }

  /** Numbers go on far ahead. */
  goAhead(): void {
    this.#number += FAR_AHEAD;
  }

  /** Numbers begin anew: once, since those that had hardly begun may be overtaken without a trace. */
  beginAnew(): boolean {
    if (this.#isAnew) return false;
    this.#isAnew = true;
    this.#number = 0;
    return true;
  }

  /** Is as if just listed: the whole book is told with the next step, and for a while snapshots know nothing of it. */
  relist(now: number, delay: number): void {
    if (!this.beginAnew()) return;
    // As it was told by now: what changed since is told behind it.
    const { bids = [], asks = [] } = this.instrument.book.trueBook(this.#seen) ?? {};
    const told = (side: Change['side'], levels: DepthSides['bids']): readonly Change[] =>
      levels.map((level) => ({ side, level }));
    this.#relisted = [...told('bid', bids), ...told('ask', asks)];
    this.#unlistedUntil = now + delay;
  }

  /** The book as it was so long ago, whole or its best levels; of a pair that is not listed yet nothing at -1. */
  snapshot(now: number, age: number, most: number): Version {
    if (now < this.#unlistedUntil) return { at: now, sequence: -1, bids: [], asks: [] };
    const [newest, oldest] = [this.#versions.at(-1), this.#versions[0]];
    const version = this.#versions.filter(({ at }) => at <= now - age).at(-1) ?? oldest ?? newest;
    if (version === undefined) throw new RangeError('no book yet');
    return { ...version, bids: version.bids.slice(0, most), asks: version.asks.slice(0, most) };
  }

  #bump(): Changes {
    const sequence = this.#next();
    const row: Row = ['0', '0', String(sequence)];
    return { sequenceStart: sequence, sequenceEnd: sequence, asks: [row], bids: [] };
  }

  #frame(changes: readonly Change[]): Changes {
    const sequenceStart = this.#number + 1;
    const rows = changes.map(({ side, level: [price, size] }): readonly [Change['side'], Row] => {
      const text = Number(size) === 0 ? pick(this.draw, ['0', size]) : size;
      return [side, [price, text, String(this.#next())]];
    });
    const shuffled = this.draw() < 0.5 ? rows.reverse() : rows;
    const of = (wanted: Change['side']): readonly Row[] =>
      shuffled.flatMap(([side, row]) => (side === wanted ? [row] : []));
    return { sequenceStart, sequenceEnd: this.#number, asks: of('ask'), bids: of('bid') };
  }

  #next(): number {
    this.#number += 1;
    return this.#number;
  }

  #note(at: number): void {
    const { bids = [], asks = [] } = this.instrument.book.trueBook() ?? {};
    this.#versions.push({ at, sequence: this.#number, bids, asks });
    if (this.#versions.length > 400) this.#versions = this.#versions.slice(-200);
  }
}
