import type { Observable } from 'rxjs';
import type { Exchange, ExchangeOptions } from '../../lib/feed/exchange.js';
import { defaultPause } from '../../lib/feed/pause.js';
import type { BookState } from '../../lib/model/bookState.js';
import type { ConnectionState } from '../../lib/model/connection.js';
import type { Fault } from '../../lib/model/fault.js';
import type { OrderBook } from '../../lib/model/orderBook.js';
import type { Trade } from '../../lib/model/trade.js';
import {
  faultNames,
  faultsFromSeed,
  type FaultName,
  type FaultPlan,
  type InstrumentSpec,
  type SimulatedVenue,
  type SimulatedVenueConfig,
} from '../../lib/simulation/index.js';
import { endOfPlan } from '../../lib/simulation/faults/plannedFault.js';
import { random } from '../../lib/simulation/random.js';
import { defaultBackoff } from '../../lib/socket/backoff.js';
import { virtualDay } from './chaosClock.js';
import { pick } from './chaosDraw.js';
import { Ledger, restlessnessOf, type MinuteBounds } from './chaosLedger.js';
import type { Tongue } from './chaosMeddler.js';
import { meddlings, type Meddling } from './chaosMeddling.js';
import { antics, restless } from './chaosRestless.js';
import { MEDDLED_UNTIL, wayOf, type Struck } from './chaosWay.js';

/** What every venue of books has, as far as chaos looks at it. */
interface DepthExchange extends Exchange {
  book(instrument: string): Observable<BookState>;
  trades(instrument: string): Observable<Trade>;
}

/** A venue whose snapshots come in the stream, and whose every loss in a book is told by something. */
export interface DepthVenue {
  readonly name: string;
  readonly simulate: (config: SimulatedVenueConfig, draw: () => number) => SimulatedVenue;
  readonly open: (options: ExchangeOptions, draw: () => number) => DepthExchange;
  /** An instrument as the venue spells it. */
  readonly spell: (base: string, quote: string) => string;
  /** How many levels a side the client sees. */
  readonly depth: number;
  /** Faults that only this venue has. */
  readonly ownFaults: readonly FaultName[];
  /** Faults that nothing tells of at this venue. */
  readonly without?: readonly FaultName[];
  /** Streams that faults are aimed at. */
  readonly targets: readonly string[];
  readonly tongue: Tongue;
  /** What nothing tells of at this venue. */
  readonly untold?: readonly Meddling[];
  /** Whether books bear numbers. Without, a snapshot that comes late is believed until the next checksum. */
  readonly isNumbered: boolean;
  /** How long it takes to miss a dead wire, in ms. */
  readonly silence: number;
}

/** What became of one seed. */
export interface DepthChaos {
  readonly seed: number;
  /** Empty when all was well. */
  readonly problems: readonly string[];
  readonly applied: Readonly<Partial<Record<FaultName, number>>>;
  /** How often what stands between client and venue struck. */
  readonly meddled: Struck;
  /** The busiest minutes of the client. */
  readonly peaks: MinuteBounds;
  /** How many live books were compared with the venue's own. */
  readonly compared: number;
}

const instruments: readonly InstrumentSpec[] = [
  { symbol: 'BTCUSDT', base: 'BTC', quote: 'USDT', price: '60000.00', size: '0.50000', grain: 20 },
  { symbol: 'FINEUSDT', base: 'FINE', quote: 'USDT', price: '1.000000123456789012', size: '2.000000000000' },
];

const FAULTS_UNTIL = 15_000;
/** Nothing is requested at these venues, and a symbol that is denied ends its streams. */
const ABSENT: readonly FaultName[] = ['slowSnapshot', 'staleSnapshot', 'failingSnapshot', 'unknownSymbol'];
/** Refusals end channels: that is the contract's to test. */
const untold: readonly Meddling[] = [
  ...(['refusals', 'slowRequests', 'hungRequests', 'refusedRequests', 'cutRequests', 'cachedRequests'] as const),
  ...(['paddedRequests', 'oddRequests'] as const),
];
/** More than the busiest of well-mannered runs needs, and far less than a storm. */
const BOUNDS: MinuteBounds = { openings: 100, requests: 0, messages: 400, faults: 400 };

export const faultsOf = ({ ownFaults, without = [] }: DepthVenue): readonly FaultName[] => [
  ...faultNames.filter((name) => !ABSENT.includes(name) && !without.includes(name)),
  ...ownFaults,
];

const kindsOf = (venue: DepthVenue): readonly Meddling[] =>
  meddlings.filter((name) => !untold.includes(name) && venue.untold?.includes(name) !== true);

/** What must strike. Openings are few: over some hundred seeds it may be that none of them is refused in between. */
export const meddlingsOf = (venue: DepthVenue): readonly string[] => [
  ...kindsOf(venue).filter((name) => name !== 'refusedOpenings' && name !== 'hungOpenings'),
  'clock',
  ...antics,
];

/**
 * A dead wire is missed, the next attempt waits the longest; a subscription is unconfirmed twice, and a snapshot that did not
 * come is given up once.
 */
const recoveryBound = ({ silence }: DepthVenue): number =>
  silence + defaultBackoff.cap + 3 * 10_000 + defaultPause.cap + 12_000;

const textOf = ({ bids, asks }: OrderBook): string =>
  [bids, asks].map((side) => [...side].map(({ exact }) => `${exact.price}×${exact.size}`).join()).join('|');

/** Everything that a book ever was to the depth that is seen, as text, and at which steps. A book may come back. */
class TrueDepth {
  readonly #steps = new Map<string, number[]>();
  #step = 0;
  #current = '';

  constructor(
    private readonly venue: SimulatedVenue,
    private readonly symbol: string,
    private readonly depth: number,
  ) {
    this.#note();
    venue.market.onStep(() => {
      this.#note();
    });
  }

  stepsOf(text: string): readonly number[] {
    return this.#steps.get(text) ?? [];
  }

  /** Whether it was that within the last so many steps. */
  isRecent(text: string, steps: number): boolean {
    return text === this.#current || (this.stepsOf(text).at(-1) ?? -Infinity) >= this.#step - steps;
  }

  #note(): void {
    this.#step += 1;
    const { bids = [], asks = [] } = this.venue.market.trueBook(this.symbol) ?? {};
    const text = [bids, asks]
      .map((side) =>
        side
          .slice(0, this.depth)
          .map(([price, size]) => `${price}×${size}`)
          .join(),
      )
      .join('|');
    this.#current = text;
    const steps = this.#steps.get(text);
    if (steps === undefined) this.#steps.set(text, [this.#step]);
    else steps.push(this.#step);
  }
}

/** A market, its faults, a client and its observers, all from one seed, in virtual time. */
export function depthChaos(seed: number, subject: DepthVenue): DepthChaos {
  const draw = random(seed * 7 + 3);
  const { scheduler, pass } = virtualDay();
  const drawn = faultsFromSeed(seed, {
    until: FAULTS_UNTIL,
    faults: faultsOf(subject),
    targets: subject.targets,
    count: 1 + Math.floor(draw() * 6),
  });
  // Openings are rare: what befalls them is begun with.
  const plan: FaultPlan = draw() < 0.1 ? [{ fault: 'acceptAndClose', at: 0, for: 200, count: 1 }, ...drawn] : drawn;
  const latency = pick(draw, [0, 20, { least: 1, most: 60 }]);
  const market = { depth: 12, stepEvery: 500, activity: pick(draw, [1, 3]) };
  const venue = subject.simulate({ seed, scheduler, faults: plan, instruments, latency, ...market }, draw);
  const way = wayOf({
    seed,
    scheduler,
    targets: subject.targets,
    tongue: subject.tongue,
    network: venue.network,
    kinds: kindsOf(subject),
  });
  const ledger = new Ledger(scheduler.now);
  const exchange = subject.open(
    {
      scheduler: way.clock,
      network: ledger.around(way.network),
      random: random(seed * 11 + 5),
      linger: pick(draw, [0, 300, 1_000]),
      wireLinger: pick(draw, [0, 1_000]),
    },
    draw,
  );
  const problems: string[] = [];
  const say = (text: string): void => {
    if (problems.length < 20) problems.push(`${scheduler.frame} ms: ${text}`);
  };
  const told: (ConnectionState | Fault)[] = [];
  exchange.connection$.subscribe((state) => told.push(state));
  exchange.faults$.subscribe((fault) => {
    told.push(fault);
    // One for each frame that can't be read is no storm.
    if (fault.type !== 'decode') ledger.note('faults');
  });

  let compared = 0;
  const held = new Map<string, BookState>();
  const truths = new Map<string, TrueDepth>();
  const failed = (name: string) => (error: unknown) => {
    say(`${name} ended: ${String(error)}`);
  };
  for (const { symbol, base, quote } of instruments) {
    const name = subject.spell(base, quote);
    const truth = new TrueDepth(venue, symbol, subject.depth);
    truths.set(name, truth);
    held.set(name, { status: 'syncing' });
    let last = 0;
    exchange.book(name).subscribe({
      next: (state) => {
        held.set(name, state);
        if (state.status !== 'live') return;
        compared += 1;
        const text = textOf(state.book);
        const steps = truth.stepsOf(text);
        const step = steps.find((one) => one >= last);
        if (steps.length === 0) say(`${name} is no book that ever was: ${text}`);
        else if (step === undefined && subject.isNumbered) say(`${name} goes back behind step ${last}`);
        else last = step ?? last;
      },
      error: failed(name),
    });
    exchange.trades(name).subscribe({
      next: ({ id, exact }) => {
        const [trade] = venue.market.instrument(symbol)?.tape.tradesAfter(Number(id) - 1) ?? [];
        if (trade?.price !== exact.price || trade.size !== exact.size) say(`${name}: no trade ${id} of ${exact.price}`);
      },
      error: failed(`${name} trades`),
    });
  }

  const streams = instruments.flatMap(({ base, quote }): (() => Observable<unknown>)[] => [
    () => exchange.book(subject.spell(base, quote)),
    () => exchange.trades(subject.spell(base, quote)),
  ]);
  const crowd = way.isMeddled ? restless(streams, random(seed * 19 + 7), scheduler, FAULTS_UNTIL) : undefined;
  const passTo = (ms: number): void => {
    scheduler.maxFrames = ms;
    scheduler.flush();
  };
  const ills = (): readonly string[] =>
    [...held].flatMap(([name, state]) => {
      if (state.status !== 'live') return [`${name} is ${state.status}`];
      return truths.get(name)?.isRecent(textOf(state.book), 5) === true ? [] : [`${name} has stood still`];
    });
  const faultsEnd = Math.max(way.isMeddled ? MEDDLED_UNTIL : FAULTS_UNTIL, endOfPlan(plan));
  passTo(faultsEnd);
  crowd?.stop();
  passTo(faultsEnd + recoveryBound(subject));
  if (way.isMeddled && problems.length === 0) {
    const restlessness = restlessnessOf(pass, () => told.length, ills);
    if (restlessness !== undefined) say(`${restlessness} ${JSON.stringify(told.slice(-1))}`);
  }
  for (const storm of ledger.storms(BOUNDS)) say(storm);
  for (const ill of ills()) say(`${ill} long after the last fault`);
  for (const { limit } of venue.stats().violations) say(`went over ${limit}`);
  exchange.close();
  venue.close();
  passTo(scheduler.frame + 100_000);
  if (scheduler.actions.length > 0) say(`${scheduler.actions.length} timers are left`);
  if (venue.stats().open > 0) say('a connection is left');
  const meddled = { ...way.struck(), ...crowd?.played };
  return { seed, problems, applied: venue.faults.applied(), meddled, peaks: ledger.peaks(), compared };
}
