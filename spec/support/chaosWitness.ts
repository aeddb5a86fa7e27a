import type { BookState } from '../../lib/model/bookState.js';
import type { DepthEvent } from '../../lib/model/depthEvent.js';
import type { OrderBook } from '../../lib/model/orderBook.js';
import type { PriceLevel } from '../../lib/model/priceLevel.js';
import type { Quote } from '../../lib/model/quote.js';
import type { LevelText, SimulatedVenue, TrueBook } from '../../lib/simulation/index.js';

/** Knows the truth about a simulated market, and notes everything that is said against it. */
export class Witness {
  /** What was wrong, the first of it. */
  readonly problems: string[] = [];
  /** How many books were compared. */
  compared = 0;
  private readonly truths = new Map<string, TrueBook | undefined>();

  constructor(
    private readonly venue: Pick<SimulatedVenue, 'market'>,
    private readonly now: () => number,
  ) {}

  blame(who: string, what: string): void {
    if (this.problems.length < 20) this.problems.push(`${this.now()} ms, ${who}: ${what}`);
  }

  /** A book says what it says about one sequence: live now, or live once. */
  state(who: string, symbol: string, state: BookState): void {
    if (state.status === 'syncing') return;
    const { book } = state;
    this.book(`${who} (${state.status})`, symbol, book.sequence, texts(book.bids), texts(book.asks));
    const { bestBid, bestAsk } = book;
    if (bestBid?.exact.price !== book.bids.at(0)?.exact.price) this.blame(who, 'the best bid is not the first one');
    if (bestAsk?.exact.price !== book.asks.at(0)?.exact.price) this.blame(who, 'the best ask is not the first one');
  }

  quote(who: string, symbol: string, { sequence, bid, ask }: Quote): void {
    const truth = this.truth(symbol, sequence);
    const said = `${textOf(bid)} ${textOf(ask)}`;
    const [bestBid, bestAsk] = [truth?.bids[0], truth?.asks[0]];
    if (said !== `${String(bestBid)} ${String(bestAsk)}`) {
      this.blame(who, `quote ${String(sequence)} is ${said}, in truth ${String(bestBid)} ${String(bestAsk)}`);
    }
  }

  book(
    who: string,
    symbol: string,
    sequence: number | undefined,
    bids: readonly LevelText[],
    asks: readonly LevelText[],
  ): void {
    this.compared += 1;
    const truth = this.truth(symbol, sequence);
    if (truth === undefined || truth.sequence !== sequence) {
      this.blame(who, `the venue never told of a book at ${String(sequence)}`);
      return;
    }
    const difference = differenceOf('bid', bids, truth.bids) ?? differenceOf('ask', asks, truth.asks);
    if (difference !== undefined) this.blame(who, `book ${sequence}: ${difference}`);
  }

  private truth(symbol: string, sequence: number | undefined): TrueBook | undefined {
    const key = `${symbol} ${String(sequence)}`;
    if (!this.truths.has(key)) this.truths.set(key, this.venue.market.trueBook(symbol, sequence ?? -1));
    return this.truths.get(key);
  }
}

/** What somebody without this library's book would make of `depth()`: two maps of texts. */
export class NaiveFold {
  private bids = new Map<string, string>();
  private asks = new Map<string, string>();
  /** Absent while there is no book. */
  sequence: number | undefined;

  constructor(
    private readonly who: string,
    private readonly symbol: string,
    private readonly witness: Witness,
  ) {}

  fold(event: DepthEvent): void {
    switch (event.type) {
      case 'reset':
        this.sequence = undefined;
        this.bids = new Map();
        this.asks = new Map();
        return;
      case 'snapshot':
        if (this.sequence !== undefined) this.witness.blame(this.who, 'a snapshot without a reset before it');
        this.bids = new Map(event.bids.map(pairOf));
        this.asks = new Map(event.asks.map(pairOf));
        this.sequence = event.sequence;
        break;
      case 'diff':
        if (this.sequence === undefined) this.witness.blame(this.who, 'a diff without a snapshot before it');
        for (const level of event.bids) set(this.bids, level);
        for (const level of event.asks) set(this.asks, level);
        this.sequence = event.lastSequence;
    }
    const { who, symbol, sequence, witness } = this;
    witness.book(who, symbol, sequence, sorted(this.bids, -1), sorted(this.asks, 1));
  }
}

const pairOf = ({ exact }: PriceLevel): [string, string] => [exact.price, exact.size];

function set(side: Map<string, string>, { exact, size }: PriceLevel): void {
  if (size === 0) side.delete(exact.price);
  else side.set(exact.price, exact.size);
}

/** Prices of one venue have the same number of decimals: the longer text is the larger number. */
const sorted = (side: ReadonlyMap<string, string>, direction: number): readonly LevelText[] =>
  [...side].sort(([a], [b]) => direction * (a.length - b.length || (a < b ? -1 : 1)));

const texts = (side: OrderBook['bids']): readonly LevelText[] => side.slice().map(pairOf);

const textOf = (level: PriceLevel | undefined): string => String(level && pairOf(level));

function differenceOf(side: string, said: readonly LevelText[], truth: readonly LevelText[]): string | undefined {
  for (let index = 0; index < Math.max(said.length, truth.length); index += 1) {
    const [left, right] = [said[index], truth[index]];
    if (left?.[0] !== right?.[0] || left?.[1] !== right?.[1]) {
      const lengths = `${said.length} levels, in truth ${truth.length}`;
      return `${side} ${index} is ${String(left)}, in truth ${String(right)} (${lengths})`;
    }
  }
  return undefined;
}
