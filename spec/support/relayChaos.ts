import { type Observable, type VirtualTimeScheduler, Subscription } from 'rxjs';
import type { BookState } from '../../lib/model/bookState.js';
import { type Bus, type Relayed, memoryBus, relay, relayed } from '../../lib/relay/index.js';
import { type FaultName, faultsFromSeed, simulatedBinance } from '../../lib/simulation/index.js';
import { type Random, random } from '../../lib/simulation/random.js';
import { type BinanceExchange, binance } from '../../lib/venues/binance/index.js';
import { virtualDay } from './chaosClock.js';
import { between, pick } from './chaosDraw.js';
import { restless } from './chaosRestless.js';
import { NaiveFold, Witness } from './chaosWitness.js';
import { GatewayProcess, commonTroubles } from './gatewayProcess.js';
import { type TroubledBus, troubled } from './relayTrouble.js';

/** What became of one seed. */
export interface RelayReport {
  readonly seed: number;
  readonly problems: readonly string[];
  /** How many books were compared with the venue's own. */
  readonly compared: number;
  /** How often each kind of trouble was made. */
  readonly made: Readonly<Partial<Record<Trouble, number>>>;
  /** How long after the last trouble all was well again, in ms. */
  readonly recovery: number;
}

/** What is done to bus, gateways and consumers. */
export const troubles = ['loss', 'bus', 'kill', 'goodbye', 'block', 'late', 'half open', 'venue'] as const;
export type Trouble = (typeof troubles)[number];

const SYMBOLS = ['BTCUSDT', 'ETHUSDT'];
const TROUBLE_UNTIL = 12_000;
/** At worst a gateway's wire has just died: it is missed by its venue's bound of silence, and takes its backoff. */
export const RECOVERY = 60_000;
/** A live book whose market goes on may stand still for no longer: silence of 2.5 s, looked at every 250 ms, and the ways. */
const STANDSTILL = 4_000;
const venueFaults: readonly FaultName[] = ['drop', 'duplicate', 'reorder', 'closeCleanly', 'terminate', 'slowSnapshot'];

/** A process that has a venue's books by the bus, and checks each that says live. */
class Consumer {
  readonly exchange: Relayed<BinanceExchange>;
  readonly #states = new Map<string, BookState>();
  readonly #movedAt = new Map<string, number>();
  #watching = new Subscription();

  constructor(
    readonly name: string,
    readonly bus: TroubledBus,
    hear: 'first' | 'all',
    gateways: readonly string[],
    private readonly run: Run,
  ) {
    const { scheduler, draw } = run;
    this.exchange = relayed<BinanceExchange>({ venue: 'binance-spot', bus, scheduler, random: draw, hear, gateways });
  }

  watch(): void {
    const { witness, scheduler } = this.run;
    this.#watching = new Subscription();
    for (const symbol of SYMBOLS) {
      const who = `${this.name} ${symbol}`;
      this.#watching.add(
        this.exchange.book(symbol).subscribe((state) => {
          witness.state(who, symbol, state);
          this.#states.set(symbol, state);
          this.#movedAt.set(symbol, scheduler.frame);
        }),
      );
      const fold = new NaiveFold(`${who} depth`, symbol, witness);
      this.#watching.add(
        this.exchange.depth(symbol).subscribe((event) => {
          fold.fold(event);
        }),
      );
    }
  }

  leave(): void {
    this.#watching.unsubscribe();
    this.#states.clear();
    this.exchange.close();
  }

  /** Whether every book is live and goes on. */
  isWell(): boolean {
    return SYMBOLS.every((symbol) => this.#states.get(symbol)?.status === 'live' && this.#stoodFor(symbol) < 1_500);
  }

  /** Says which live book has stood still for longer than that takes to notice. */
  look(): void {
    for (const symbol of SYMBOLS) {
      if (this.#states.get(symbol)?.status !== 'live' || this.#stoodFor(symbol) < STANDSTILL) continue;
      this.run.witness.blame(`${this.name} ${symbol}`, 'is live and stands still');
    }
  }

  #stoodFor(symbol: string): number {
    return this.run.scheduler.frame - (this.#movedAt.get(symbol) ?? 0);
  }
}

interface Run {
  readonly scheduler: VirtualTimeScheduler;
  readonly draw: Random;
  readonly witness: Witness;
}

/** A gateway's exchange and its relay: to be ended together. */
function relaying(exchange: BinanceExchange, name: string, bus: Bus, { scheduler, draw }: Run): Subscription {
  const config = { bus, as: name, offer: { book: SYMBOLS }, scheduler, random: draw };
  const running = relay(exchange, config).subscribe();
  running.add(() => {
    exchange.close();
  });
  return running;
}

/** A venue, one gateway or two, some consumers and what goes wrong, all from one seed, in virtual time. */
export function relayChaos(seed: number): RelayReport {
  const draw = random(seed * 13 + 7);
  const { scheduler, pass } = virtualDay();
  const hasVenueTrouble = draw() < 0.4;
  const venue = simulatedBinance({
    seed,
    scheduler,
    market: 'spot',
    instruments: SYMBOLS,
    depth: 12,
    activity: pick(draw, [1, 2, 4]),
    stepEvery: 200,
    faults: hasVenueTrouble
      ? faultsFromSeed(seed, { from: 500, until: TROUBLE_UNTIL, faults: venueFaults, count: 3 })
      : [],
  });
  const witness = new Witness(venue, () => scheduler.frame);
  const run: Run = { scheduler, draw, witness };
  const made: Partial<Record<Trouble, number>> = hasVenueTrouble ? { venue: 1 } : {};
  let isTroubled = true;
  const note = (trouble: Trouble): void => {
    made[trouble] = (made[trouble] ?? 0) + 1;
  };
  const rate = pick(draw, [0, 1 / 500, 1 / 500, 1 / 50]);
  const most = pick(draw, [0, 5, 40]);
  const bus = memoryBus({
    scheduler,
    latency: () => between(draw, 0, most),
    loses: () => {
      if (!isTroubled || draw() >= rate) return false;
      note('loss');
      return true;
    },
  });
  const make = (): BinanceExchange => binance({ scheduler, network: venue.network, random: draw });
  const names = draw() < 0.7 ? ['A', 'B'] : ['A'];
  const gateways = names.map((name) => new GatewayProcess(bus, (way) => relaying(make(), name, way, run)));
  const consumers = Array.from({ length: between(draw, 1, 3) }, (_, i) => {
    const isAll = draw() < 0.5;
    const asked = draw() < 0.3 ? names : [];
    return new Consumer(`${isAll ? 'all' : 'first'} ${i + 1}`, troubled(bus), isAll ? 'all' : 'first', asked, run);
  });
  const at = (ms: number, what: () => void): void => {
    scheduler.schedule(what, ms);
  };
  const trouble = (): void => {
    const begins = between(draw, 1_000, TROUBLE_UNTIL - 5_000);
    const ends = begins + between(draw, 200, 4_500);
    const kind = pick(draw, ['bus', 'kill', 'goodbye', 'block', 'late', 'half open'] as const);
    const gateway = pick(draw, gateways);
    const consumer = pick(draw, consumers);
    note(kind);
    const spans = {
      ...commonTroubles(bus, gateway, consumer),
      late: [() => consumer.exchange.resync(), () => consumer.exchange.wake()],
    } as const;
    const [begin, end] = spans[kind];
    at(begins, begin);
    at(ends, end);
  };

  const stopMarket = venue.market.run();
  for (const gateway of gateways) gateway.start();
  for (const consumer of consumers) at(between(draw, 0, 3_000), () => consumer.watch());
  for (let count = between(draw, 1, 3); count > 0; count -= 1) trouble();
  const streams = consumers.flatMap(({ exchange }) =>
    SYMBOLS.flatMap((symbol) => [
      (): Observable<unknown> => exchange.book(symbol),
      (): Observable<unknown> => exchange.depth(symbol),
    ]),
  );
  const crowd = seed % 2 === 0 ? restless(streams, random(seed * 37 + 11), scheduler, TROUBLE_UNTIL) : undefined;
  let recovery = Infinity;
  try {
    const step = (ms: number): void => {
      pass(ms);
      for (const consumer of consumers) consumer.look();
    };
    for (let passed = 0; passed < TROUBLE_UNTIL; passed += 500) step(500);
    isTroubled = false;
    crowd?.stop();
    venue.faults.clear();
    // Troubles of one kind may have met: whoever was stopped twice is started once more.
    bus.start();
    for (const gateway of gateways) {
      gateway.stop();
      gateway.start();
    }
    for (recovery = 0; recovery < RECOVERY && !consumers.every((one) => one.isWell()); recovery += 500) step(500);
    for (const one of consumers) if (!one.isWell()) witness.blame(one.name, 'is not well again in time');
    step(3_000);
    for (const one of consumers) if (!one.isWell()) witness.blame(one.name, 'does not stay well');
    for (const consumer of consumers) consumer.leave();
    for (const gateway of gateways) gateway.stop();
    stopMarket();
    pass(5_000);
    const left = scheduler.actions.length;
    if (left > 0) witness.blame('the end', `${left} actions are left in the scheduler`);
    if (bus.connections > 0) witness.blame('the end', `${bus.connections} connections are open`);
  } catch (error) {
    witness.blame('the run', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  const { problems, compared } = witness;
  return { seed, problems, compared, made, recovery };
}
