import type { InstrumentSpec } from './instrumentSpec.js';

/** The whole book of one instrument at one sequence, as the venue would write it. */
export interface TrueBook {
  /** Of the change after which it stood so. */
  readonly sequence: number;
  /** Price and size, highest price first. */
  readonly bids: readonly Level[];
  /** Lowest price first. */
  readonly asks: readonly Level[];
}

type Level = readonly [price: string, size: string];

/** One fill between a taker and one resting order. */
export interface TrueTrade {
  /** Counts from 1 without a hole. */
  readonly id: number;
  /** In ms. */
  readonly at: number;
  /** As the venue writes it; so is `size`. */
  readonly price: string;
  readonly size: string;
  /** The taker's side. */
  readonly side: 'buy' | 'sell';
}

/** One instrument of a simulated market, as a test may read it. */
export interface TrueInstrument {
  readonly spec: InstrumentSpec;
  /** Accounts count in whole ticks and lots: the venue's texts of them. */
  readonly units: {
    /** A price. */
    priceText(tick: number): string;
    /** A size. */
    sizeText(lots: number): string;
  };
  readonly book: {
    /** The sequence that it stands at. */
    readonly sequence: number;
    /** The sequence that it stood at, at a time; the oldest one remembered for times before. */
    sequenceAt(time: number): number;
  };
  readonly tape: {
    /** The id of the last trade; 0 before the first. */
    readonly lastTrade: number;
    /** Trades with higher ids, oldest first, as far as they are remembered. */
    tradesAfter(id: number): readonly TrueTrade[];
    /** All fills that one taker order made at one price, as one trade each, likewise. */
    aggregatesAfter(id: number): readonly (TrueTrade & { readonly firstTrade: number; readonly lastTrade: number })[];
  };
}

/** The market of a simulated venue: what is true of it, and its time. It stands still while nobody runs it. */
export interface TrueMarket {
  /** What is traded. */
  readonly symbols: readonly string[];
  /** One instrument; absent for a symbol that is not traded. */
  instrument(symbol: string): TrueInstrument | undefined;
  /**
   * The true book as it stood when `sequence` (default: the newest) had been given out. `undefined` for an unknown
   * symbol, and for what is discarded or not there yet. Its `sequence` is the instrument's own last one up to then.
   */
  trueBook(symbol: string, sequence?: number): TrueBook | undefined;
  /** The market's clock, in whole ms. */
  now(): number;
  /** One step of every instrument, at once. */
  step(): void;
  /** Called after each step. Returns what ends it. */
  onStep(listener: () => void): () => void;
  /** Lets time pass until what it returns is called. Several may run it; it stands still when the last one is done. */
  run(): () => void;
  /** Stands still, whoever runs it. Leaves no timer. */
  stop(): void;
  /** Whether time passes. */
  readonly running: boolean;
}
