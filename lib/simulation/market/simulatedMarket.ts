import { asyncScheduler, type Subscription } from 'rxjs';
import { checkMarketConfig } from '../checkVenueConfig.js';
import { between, random, seedFor } from '../random.js';
import type { SimulatedVenueConfig } from '../simulatedVenueConfig.js';
import { defaultInstruments, instrumentOf } from './instrumentSpec.js';
import { SimulatedInstrument } from './simulatedInstrument.js';
import type { TrueMarket } from './trueMarket.js';

/** What a simulated market trades, how fast, and by which seed. */
export interface SimulatedMarketConfig extends Pick<
  SimulatedVenueConfig,
  'seed' | 'scheduler' | 'instruments' | 'stepEvery' | 'activity' | 'depth' | 'history'
> {
  /**
   * Whose sequence it is: each instrument's own, counting by one; or one counter over the whole venue, of which an
   * instrument sees only its own numbers. Default: `instrument`.
   */
  readonly sequence?: 'instrument' | 'venue';
  /** Prices and sizes are written with at least this many decimals. Default: 0. */
  readonly padding?: number;
}

/** A market that nobody but its seed decides, with all that the simulated venues make of it. */
export interface SimulatedMarket extends TrueMarket {
  /** One instrument, with its book and tape; absent for a symbol that is not traded. */
  instrument(symbol: string): SimulatedInstrument | undefined;
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
