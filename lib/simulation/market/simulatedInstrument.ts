import type { Random } from '../random.js';
import { DayStatistics } from './dayStatistics.js';
import type { InstrumentSpec } from './instrumentSpec.js';
import { OrderFlow } from './orderFlow.js';
import { SimulatedBook } from './simulatedBook.js';
import { Tape } from './tape.js';
import { Units } from './units.js';

export interface SimulatedInstrumentConfig {
  readonly spec: InstrumentSpec;
  readonly random: Random;
  readonly nextSequence: () => number;
  readonly now: number;
  readonly activity: number;
  readonly depth: number;
  readonly history: number;
  readonly padding: number;
}

/** One instrument of a simulated market: its book, its tape, its day. */
export class SimulatedInstrument {
  readonly spec: InstrumentSpec;
  readonly units: Units;
  readonly book: SimulatedBook;
  readonly tape = new Tape();
  readonly day: DayStatistics;
  private readonly flow: OrderFlow;

  constructor(config: SimulatedInstrumentConfig) {
    const { spec, random, depth } = config;
    this.spec = spec;
    this.units = new Units(spec, config.padding);
    this.book = new SimulatedBook(this.units, config.nextSequence, config.history);
    this.day = new DayStatistics(this.units, config.now);
    this.flow = new OrderFlow({
      random,
      depth,
      units: this.units,
      book: this.book,
      tape: this.tape,
      activity: config.activity * (spec.activity ?? 1),
      grain: spec.grain ?? 1,
      traded: (trade) => {
        this.day.add(trade);
      },
    });
  }

  /** One step: orders come and go, and trade, by the seed. */
  step(now: number): void {
    this.flow.step(now);
  }
}
