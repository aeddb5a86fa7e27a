import { asyncScheduler, type SchedulerLike, type Subscription } from 'rxjs';
import { checkMarketConfig } from '../checkVenueConfig.js';
import { between, random, seedFor } from '../random.js';
import { defaultInstruments, instrumentOf, type InstrumentSpec } from './instrumentSpec.js';
import type { TrueBook } from './simulatedBook.js';
import { SimulatedInstrument } from './simulatedInstrument.js';

/** What a simulated market trades, how fast, and by which seed. */
export interface SimulatedMarketConfig {
  /** The same seed makes the same market, to the last digit. Default: 1. */
  readonly seed?: number;
  /** All time comes from here. Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
  /** By symbol or by spec. Default: {@link defaultInstruments}. */
  readonly instruments?: readonly (string | InstrumentSpec)[];
  /** Time between two steps, in ms. Default: 100. */
  readonly stepEvery?: number;
  /** Orders per step and instrument, on average. Default: 4. */
  readonly activity?: number;
  /** Levels a side; up to a fifth more come and go. Default: 50. */
  readonly depth?: number;
  /** How many changes of each book are remembered for `trueBook`, at least. Default: 10,000. */
  readonly history?: number;
  /**
   * Whose sequence it is: each instrument's own, counting by one; or one counter over the whole venue, of which an
   * instrument sees only its own numbers. Default: `instrument`.
   */
  readonly sequence?: 'instrument' | 'venue';
  /** Prices and sizes are written with at least this many decimals. Default: 0. */
  readonly padding?: number;
}

/** A market that nobody but its seed decides. It stands still while nobody runs it. */
export interface SimulatedMarket {
  readonly symbols: readonly string[];
  /** One instrument, with its book and tape; absent for a symbol that is not traded. */
  instrument(symbol: string): SimulatedInstrument | undefined;
  /**
   * The true book as it stood when `sequence` (default: the newest) had been given out. `undefined` for an unknown
   * symbol, and for what is forgotten or not there yet. Its `sequence` is the instrument's own last one up to then.
   */
  trueBook(symbol: string, sequence?: number): TrueBook | undefined;
  /** The market's clock, in whole ms. */
  now(): number;
  /** One step of every instrument, at once. */
  step(): void;
  /** Told after each step. Returns what ends it. */
  onStep(listener: () => void): () => void;
  /** Lets time pass until what it returns is called. Several may run it; it stands still when the last one is done. */
  run(): () => void;
  /** Stands still, whoever runs it. Leaves no timer. */
  stop(): void;
  readonly running: boolean;
}

/** Sequences of a busy venue have outgrown 32 bits long ago. */
const FIRST_SEQUENCE = 9_800_000_000_000;

/**
 * A market of its own, for tests of what is built on markets: books, trades and days that move as `run` or `step` lets them,
 * by nothing but the seed. A symbol that is none of {@link defaultInstruments} gets a middling price and size. Makes no timer
 * until it is run.
 */
export function simulatedMarket(config: SimulatedMarketConfig = {}): SimulatedMarket {
  checkMarketConfig(config);
  const { scheduler = asyncScheduler, stepEvery = 100 } = config;
  const now = (): number => Math.floor(scheduler.now());
  const instruments = instrumentsOf(config, now());
  const listeners = new Set<() => void>();
  const runners = new Set<object>();
  let timer: Subscription | undefined;

  const step = (): void => {
    const at = now();
    for (const instrument of instruments.values()) instrument.step(at);
    for (const listener of [...listeners]) listener();
  };
  // Each tick is an action of its own: a virtual-time action that reschedules itself keeps all the ones before it.
  const tick = (): void => {
    timer = scheduler.schedule(tick, stepEvery);
    step();
  };
  const rest = (): void => {
    timer?.unsubscribe();
    timer = undefined;
  };

  return {
    symbols: [...instruments.keys()],
    instrument: (symbol) => instruments.get(symbol),
    trueBook: (symbol, at) => instruments.get(symbol)?.book.trueBook(at),
    now,
    step,
    onStep: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    run: () => {
      const runner = {};
      runners.add(runner);
      timer ??= scheduler.schedule(tick, stepEvery);
      return () => {
        if (runners.delete(runner) && runners.size === 0) rest();
      };
    },
    stop: () => {
      runners.clear();
      rest();
    },
    get running() {
      return timer !== undefined;
    },
  };
}

function instrumentsOf(config: SimulatedMarketConfig, now: number): ReadonlyMap<string, SimulatedInstrument> {
  const { seed = 1, instruments: specs = defaultInstruments, sequence = 'instrument' } = config;
  const { activity = 4, depth = 50, history = 10_000, padding = 0 } = config;
  const venueSequence = counter(seed, 5);
  const instruments = new Map<string, SimulatedInstrument>();
  for (const entry of specs) {
    const spec = typeof entry === 'string' ? instrumentOf(entry) : entry;
    const nextSequence = sequence === 'venue' ? venueSequence : counter(seedFor(seed, spec.symbol), 1);
    const draw = random(seedFor(seed, `flow ${spec.symbol}`));
    const shape = { activity, depth, history, padding };
    instruments.set(spec.symbol, new SimulatedInstrument({ spec, random: draw, nextSequence, now, ...shape }));
  }
  return instruments;
}

/** Counts up by 1 to `widest` at a time. */
function counter(seed: number, widest: number): () => number {
  const draw = random(seedFor(seed, 'sequence'));
  let last = FIRST_SEQUENCE + Math.floor(draw() * 1_000_000_000);
  return widest === 1 ? () => (last += 1) : () => (last += between(draw, 1, widest));
}
