import type { BookState } from '../../lib/model/bookState.js';
import type { DepthEvent } from '../../lib/model/depthEvent.js';
import type { OrderBook } from '../../lib/model/orderBook.js';
import type { PriceLevel } from '../../lib/model/priceLevel.js';
import type { Quote } from '../../lib/model/quote.js';
import type { SimulatedVenue, TrueBook } from '../../lib/simulation/index.js';
import type { LevelText } from '../../lib/simulation/market/side.js';
import type { Numbering } from './chaosNumbers.js';

/** What a venue says of a symbol that it has no book of. */
const NOTHING: TrueBook = { sequence: -1, bids: [], asks: [] };

/** Knows the truth about a simulated market, and notes everything that is said against it. */
export class Witness {
  /** What was wrong, the first of it. */
  readonly problems: string[] = [];
  /** How many books were compared. */
  compared = 0;
  private readonly known = new Map<string, TrueBook | undefined>();

  constructor(
    private readonly venue: Pick<SimulatedVenue, 'market'>,
    private readonly now: () => number,
    /** Of the symbols that are not numbered as the venue itself does. */
    private readonly numberings: readonly Numbering[] = [],
  ) {}

  blame(who: string, what: string): void {
    if (this.problems.length < 20) this.problems.push(`${this.now()} ms, ${who}: ${what}`);
  }

  /**
   * A book says what it says about one sequence: live now, or live once.
   *
   * @returns The venue's own number of that book.
   */
  state(who: string, symbol: string, state: BookState): number | undefined {
    if (state.status === 'syncing') return undefined;
    const { book } = state;
    const own = this.book(() => `${who} (${state.status})`, symbol, book.sequence, texts(book.bids), texts(book.asks));
    const { bestBid, bestAsk } = book;
    if (bestBid?.exact.price !== book.bids.at(0)?.exact.price) this.blame(who, 'the best bid is not the first one');
    if (bestAsk?.exact.price !== book.asks.at(0)?.exact.price) this.blame(who, 'the best ask is not the first one');
    return own;
  }

  /** @returns The venue's own number of that quote. */
  quote(who: string, symbol: string, { sequence, bid, ask }: Quote): number | undefined {
    const said = `${textOf(bid)} ${textOf(ask)}`;
    const truths = this.truths(symbol, sequence).map(({ sequence: own, bids, asks }) => ({
      own,
      meant: `${String(bids[0])} ${String(asks[0])}`,
    }));
    const right = truths.find(({ meant }) => meant === said);
    if (right === undefined) {
      const meant = truths.map((truth) => truth.meant).join(' or ');
      this.blame(who, `quote ${String(sequence)} is ${said}, in truth ${meant}`);
    }
    return right?.own;
  }

  /** @returns The venue's own number of that book. */
  book(
    who: () => string,
    symbol: string,
    sequence: number | undefined,
    bids: readonly LevelText[],
    asks: readonly LevelText[],
  ): number | undefined {
    this.compared += 1;
    let difference: string | undefined;
    for (const truth of this.truths(symbol, sequence)) {
      const found = differenceOf('bid', bids, truth.bids) ?? differenceOf('ask', asks, truth.asks);
      if (found === undefined) return truth.sequence;
      difference ??= found;
    }
    if (difference === undefined) this.blame(who(), `the venue never told of a book at ${String(sequence)}`);
    else this.blame(who(), `book ${String(sequence)}: ${difference}`);
    return undefined;
  }

  /** The books that a number may be of, the newest first. */
  private truths(symbol: string, sequence = -1): readonly TrueBook[] {
    const numbering = this.numberings.find((one) => one.symbol === symbol);
    if (sequence === -1 && numbering?.isListedLate === true) return [NOTHING];
    return [...(numbering?.candidates(sequence) ?? [sequence])].reverse().flatMap((own) => {
      const truth = this.truth(symbol, own);
      return truth?.sequence === own ? [truth] : [];
    });
  }

  private truth(symbol: string, sequence: number): TrueBook | undefined {
    const key = `${symbol} ${sequence}`;
    if (!this.known.has(key)) this.known.set(key, this.venue.market.trueBook(symbol, sequence));
    return this.known.get(key);
  }
}

/** What somebody without this library's book would make of `depth()`: two maps of texts. */
export class NaiveFold {
  private bids = new Map<string, string>();
  private asks = new Map<string, string>();
  /** Absent while there is no book. */
  private sequence: number | undefined;
  /** The venue's own number of it. */
  own: number | undefined;

  constructor(
    private readonly who: string,
    private readonly symbol: string,
    private readonly witness: Witness,
  ) {}

  fold(event: DepthEvent): void {
    switch (event.type) {
      case 'reset':
        this.sequence = this.own = undefined;
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
    this.own = witness.book(() => who, symbol, sequence, sorted(this.bids, -1), sorted(this.asks, 1));
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
