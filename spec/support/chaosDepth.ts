import { type Observable, Subscription } from 'rxjs';
import { SubscriptionRefusedError } from '../../lib/errors/subscriptionRefusedError.js';
import type { Exchange, ExchangeOptions } from '../../lib/feed/exchange.js';
import { defaultPause } from '../../lib/feed/pause.js';
import type { BookState } from '../../lib/model/bookState.js';
import type { Candle } from '../../lib/model/candle.js';
import type { ConnectionState, WireLoad } from '../../lib/model/connection.js';
import type { Fault } from '../../lib/model/fault.js';
import type { Quote } from '../../lib/model/quote.js';
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
import type { DepthSides } from '../../lib/simulation/topics/depthWindow.js';
import { defaultBackoff } from '../../lib/socket/backoff.js';
import { virtualDay } from './chaosClock.js';
import { between, pick } from './chaosDraw.js';
import { elsewhere, elsewhereOf } from './chaosElsewhere.js';
import { Ledger, restlessnessOf, type MinuteBounds } from './chaosLedger.js';
import type { Tongue } from './chaosMeddler.js';
import { meddlings, Spells, spellsOf, type Meddling } from './chaosMeddling.js';
import { antics, impatient, restless } from './chaosRestless.js';
import { textOf, TrueDepth } from './chaosTrueDepth.js';
import { type TickerOf, ValueWitness } from './chaosValues.js';
import { HUNG, MEDDLED_UNTIL, wayOf, type Struck } from './chaosWay.js';
import { once } from './once.js';
import type { SpecVenue } from './venues/specVenue.js';

/** What every venue of books has, as far as chaos looks at it. */
export interface DepthExchange extends Exchange {
  book(instrument: string): Observable<BookState>;
  trades(instrument: string): Observable<Trade>;
  resync(instrument?: string): void;
}

/** What is told beside books and trades, where the simulated venue tells it. */
export interface ValuesOf<E extends DepthExchange> {
  readonly quotes?: (exchange: E, instrument: string) => Observable<Quote>;
  readonly candles?: (exchange: E, instrument: string) => Observable<Candle>;
  readonly ticker?: (exchange: E, instrument: string) => Observable<TickerOf>;
}

/** One kind of books of a venue. */
export interface BookKind<E extends DepthExchange> {
  readonly name: string;
  readonly of: (exchange: E, instrument: string) => Observable<BookState>;
  /** How many levels a side the client sees. */
  readonly depth: number | ((exchange: E) => number);
  /** What is seen of the whole book, before it is cut. Default: all. */
  readonly seen?: (book: DepthSides) => DepthSides;
  /** Whether books bear numbers. Without, a snapshot that comes late is believed until the next checksum. */
  readonly isNumbered: boolean;
  /** How many steps of the market a book may lie behind where nothing is wrong. */
  readonly lag: number;
  /**
   * Whether each message is a whole book, of which one numbered 1 replaces any: turned around with the next one on its way, it
   * is taken for the beginning that it may be. Default: no.
   */
  readonly isWhole?: boolean;
  /** So many of the best levels of a side are enough, where a book need not have all that is seen. Default: all. */
  readonly enough?: number;
}

type Simulated = SimulatedVenue & Pick<SpecVenue, 'statesOf'>;

/** A venue whose every loss in a book is told by something. */
export interface DepthVenue<E extends DepthExchange = DepthExchange> {
  readonly name: string;
  readonly simulate: (config: SimulatedVenueConfig, draw: () => number, oddities: Spells<string>) => Simulated;
  readonly open: (options: ExchangeOptions, draw: () => number) => E;
  /** An instrument as the venue spells it. */
  readonly spell: (base: string, quote: string) => string;
  /** How many levels a side the client sees. */
  readonly depth: number;
  /** How many steps of the market a book may lie behind where nothing is wrong. Default: 5. */
  readonly lag?: number;
  /** So many of the best levels of a side are enough, where a book need not have all that is seen. Default: all. */
  readonly enough?: number;
  /** The most requests within a minute, where snapshots or connections are asked for by any. Default: none are. */
  readonly requests?: number;
  /** The same where neither is asked for, but lists are, should something be odd. Default: none are. */
  readonly lookUps?: number;
  /** Books of further kinds. */
  readonly further?: readonly BookKind<E>[];
  /** Default: one of cents, and one whose prices have more digits than a double. */
  readonly instruments?: readonly InstrumentSpec[];
  /** A figure of the market as the client writes it. Default: as it is. */
  readonly written?: (text: string) => string;
  /** An instrument that the venue refuses, and whose refusal must harm no other. Default: none is asked for. */
  readonly stranger?: string;
  /** Streams of values of the first instrument, in a third of the seeds. Default: none. */
  readonly values?: ValuesOf<E>;
  /** What the venue itself does that is rare, and no fault of the common ones. */
  readonly oddities?: readonly string[];
  /** Faults that only this venue has. */
  readonly ownFaults: readonly FaultName[];
  /** Faults that nothing tells of at this venue. */
  readonly without?: readonly FaultName[];
  /** Streams that faults are aimed at. */
  readonly targets: readonly string[];
  readonly tongue: Tongue;
  /** What is aimed at some streams only, because nothing tells of it elsewhere. */
  readonly only?: Readonly<Partial<Record<FaultName | Meddling, string>>>;
  /** What nothing tells of at this venue. */
  readonly untold?: readonly Meddling[];
  /** Whether books bear numbers. Without, a snapshot that comes late is believed until the next checksum. */
  readonly isNumbered: boolean;
  /** Whether books join by times alone: their clock is set back by an oddity of the venue's own only. Default: not. */
  readonly isTimed?: boolean;
  /** How long it takes to miss a dead wire, in ms. */
  readonly silence: number;
  /** How many seeds are run, unless others are asked for. Default: 300. */
  readonly seeds?: number;
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

const usualInstruments: readonly InstrumentSpec[] = [
  { symbol: 'BTCUSDT', base: 'BTC', quote: 'USDT', price: '60000.00', size: '0.50000', grain: 20 },
  { symbol: 'FINEUSDT', base: 'FINE', quote: 'USDT', price: '1.000000123456789012', size: '2.000000000000' },
];

const FAULTS_UNTIL = 15_000;
/** Where nothing is requested, there is nothing of these. */
const ofRequests = {
  faults: ['slowSnapshot', 'staleSnapshot', 'failingSnapshot'] as readonly FaultName[],
  meddlings: [
    ...(['slowRequests', 'hungRequests', 'refusedRequests', 'cutRequests', 'cachedRequests'] as const),
    ...(['paddedRequests', 'oddRequests'] as const),
  ] as readonly Meddling[],
};
/** Over how long each trade must have been told once, where all is well, in ms. */
const WHOLE_FOR = 10_000;
/** More than the busiest of well-mannered runs needs, and far less than a storm. */
const BOUNDS: MinuteBounds = { openings: 100, requests: 0, messages: 400, faults: 400 };

export const faultsOf = ({
  ownFaults,
  without = [],
  requests = 0,
}: Pick<DepthVenue, 'ownFaults' | 'without' | 'requests'>): readonly FaultName[] => {
  // A symbol that is denied ends its streams: that is the contract's to test.
  const absent: readonly FaultName[] = ['unknownSymbol', ...without, ...(requests > 0 ? [] : ofRequests.faults)];
  return [...faultNames.filter((name) => !absent.includes(name)), ...ownFaults];
};

const kindsOf = ({ untold = [], requests = 0 }: Pick<DepthVenue, 'untold' | 'requests'>): readonly Meddling[] => {
  // So do refusals.
  const absent: readonly Meddling[] = ['refusals', ...untold, ...(requests > 0 ? [] : ofRequests.meddlings)];
  return meddlings.filter((name) => !absent.includes(name));
};

/** What must strike. Openings are few: over some hundred seeds it may be that none of them is refused in between. */
export const meddlingsOf = (venue: Pick<DepthVenue, 'untold' | 'oddities' | 'requests'>): readonly string[] => [
  ...kindsOf(venue).filter((name) => name !== 'refusedOpenings' && name !== 'hungOpenings'),
  'clock',
  ...elsewhere,
  ...antics,
  ...(venue.oddities ?? []),
];

/**
 * A dead wire is missed, the next attempt waits the longest; a subscription is unconfirmed twice, and a snapshot that did not
 * come is given up once.
 */
const recoveryBound = ({ silence, requests = 0 }: Pick<DepthVenue, 'silence' | 'requests'>): number =>
  silence + defaultBackoff.cap + 3 * 10_000 + defaultPause.cap + 12_000 + (requests > 0 ? HUNG : 0);

/** What a venue does that is rare, drawn apart from all else. The first is of each kind in turn, so that none is left out. */
function odditiesOf(
  seed: number,
  kinds: readonly string[],
  targets: readonly string[],
  now: () => number,
): Spells<string> {
  if (kinds.length === 0) return new Spells([], now);
  const draw = random(seed * 43 + 29);
  const config = { targets, until: FAULTS_UNTIL, latest: 3_000, statuses: [0] };
  const drawn = spellsOf(draw, { ...config, kinds });
  const [, ...others] = drawn;
  const [first] = spellsOf(draw, { ...config, kinds: kinds.slice(seed % kinds.length, (seed % kinds.length) + 1) });
  return new Spells(first === undefined ? drawn : [first, ...others], now);
}

/** From the beginning, or some time later. */
function faultInTurn(seed: number, faults: readonly FaultName[]): FaultPlan {
  const own = faults.slice(seed % faults.length, (seed % faults.length) + 1);
  const until = seed % 2 === 0 ? FAULTS_UNTIL : 2_000;
  return faultsFromSeed(seed * 3 + 1, { until, faults: own, count: 1 });
}

/**
 * Whether one of the steps is of the same moment as the last one. Where books bear times alone, as many in one ms as a burst
 * has can't be told apart by whoever hears them in another order.
 */
const isOfMoment = (truth: TrueDepth, steps: readonly number[], last: number, { sequence }: OrderBook): boolean =>
  sequence === undefined && steps.some((step) => truth.momentOf(step) === truth.momentOf(last));

interface Observed {
  readonly ills: () => readonly string[];
  /** How many trades were told again. */
  readonly repeats: () => number;
}

/** Trades of an instrument, and in some seeds what else is told of one. */
function observeValues<E extends DepthExchange>(
  exchange: E,
  instrument: string,
  {
    symbol,
    subject: { values = {}, instruments = usualInstruments, written },
    venue,
    seed,
    say,
    failed,
  }: {
    readonly symbol: string;
    readonly subject: DepthVenue<E>;
    readonly venue: SimulatedVenue;
    readonly seed: number;
    readonly say: (text: string) => void;
    readonly failed: (name: string) => (error: unknown) => void;
  },
): Observed {
  const witness = new ValueWitness(venue.market, symbol, say, written);
  const error = (name: string): ((error: unknown) => void) => failed(`${instrument} ${name}`);
  exchange.trades(instrument).subscribe({ next: (trade) => witness.trade(trade), error: error('trades') });
  const { quotes, candles, ticker } = seed % 3 === 0 && instruments[0]?.symbol === symbol ? values : {};
  quotes?.(exchange, instrument).subscribe({ next: (quote) => witness.quote(quote), error: error('quotes') });
  candles?.(exchange, instrument).subscribe({ next: (candle) => witness.candle(candle), error: error('candles') });
  ticker?.(exchange, instrument).subscribe({ next: (told) => witness.ticker(told), error: error('ticker') });
  const kinds = Object.entries({ quote: quotes, candle: candles, ticker }).filter(([, stream]) => stream !== undefined);
  return {
    ills: () => witness.ills(['trade', ...kinds.map(([kind]) => kind as 'quote' | 'candle' | 'ticker')], WHOLE_FOR),
    repeats: () => witness.repeats,
  };
}

/** Whether the venue has as many subscriptions as there is to be. Says how it is not. */
function missesOf(
  plan: readonly WireLoad[],
  connections: readonly { readonly open: boolean; readonly subscriptions: readonly string[] }[],
): readonly string[] {
  const wanted = plan.flatMap(({ channels }) => channels);
  const subscribed = connections.filter(({ open }) => open).flatMap(({ subscriptions }) => subscriptions);
  if (wanted.length === subscribed.length) return [];
  return [`the venue is subscribed to ${subscribed.join(' ')}; wanted: ${wanted.join(' ')}`];
}

/** A market, its faults, a client and its observers, all from one seed, in virtual time. */
export function depthChaos<E extends DepthExchange>(seed: number, chaotic: DepthVenue<E>): DepthChaos {
  const subject = chaotic.written === undefined ? chaotic : { ...chaotic, written: once(chaotic.written) };
  const { instruments = usualInstruments, oddities: kinds = [], further = [], stranger, seeds } = subject;
  const draw = random(seed * 7 + 3);
  const { scheduler, pass } = virtualDay();
  const drawn = faultsFromSeed(seed, {
    until: FAULTS_UNTIL,
    faults: faultsOf(subject),
    targets: subject.targets,
    count: 1 + Math.floor(draw() * 6),
  });
  // Openings are rare: what befalls them is begun with.
  const first: FaultPlan = draw() < 0.1 ? [{ fault: 'acceptAndClose', at: 0, for: 200, count: 1 }] : [];
  // Where seeds are few, each fault has its turn among them.
  const inTurn = seeds === undefined ? [] : faultInTurn(seed, faultsOf(subject));
  const { only = {} } = subject;
  const isRefused = seeds !== undefined && subject.requests === undefined && seed % 20 === 7;
  const refusal: FaultPlan = isRefused ? [{ fault: 'refuseConnections', at: 0, for: 900, count: 1 }] : [];
  const plan: FaultPlan = [...first, ...refusal, ...inTurn, ...drawn].map((planned) => {
    const target = only[planned.fault];
    return target === undefined ? planned : { ...planned, target };
  });
  const latency = pick(draw, [0, 20, { least: 1, most: 60 }]);
  const market = { depth: 12, stepEvery: 500, activity: pick(draw, [1, 3]) };
  const oddities = odditiesOf(seed, kinds, subject.targets, () => scheduler.frame);
  const venue = subject.simulate({ seed, scheduler, faults: plan, instruments, latency, ...market }, draw, oddities);
  const way = wayOf({
    seed,
    scheduler,
    targets: subject.targets,
    tongue: subject.tongue,
    network: venue.network,
    kinds: kindsOf(subject),
    only,
    isInTurn: seeds !== undefined,
  });
  const other = elsewhereOf(seed, way, { scheduler, until: FAULTS_UNTIL, isTimed: subject.isTimed });
  const ledger = new Ledger(scheduler.now);
  const exchange = subject.open(
    {
      scheduler: way.clock,
      network: ledger.around(other.network),
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
  const held = new Map<string, BookState>();
  /** Right as it may be, a book that no wire tells of is not to be trusted. */
  const sayOfWireless = (): void => {
    if (exchange.plan().some(({ status }) => status === 'ready')) return;
    for (const [name, { status }] of held) if (status === 'live') say(`${name} is live while no wire is ready`);
  };
  const told: (ConnectionState | Fault)[] = [];
  exchange.connection$.subscribe((state) => {
    told.push(state);
    if (state.status === 'lost') scheduler.schedule(sayOfWireless);
  });
  exchange.faults$.subscribe((fault) => {
    told.push(fault);
    // One for each frame that can't be read is no storm.
    if (fault.type !== 'decode') ledger.note('faults');
  });

  let compared = 0;
  const values = new Map<string, Observed>();
  const truths = new Map<string, { readonly truth: TrueDepth; readonly lag: number }>();
  const failed = (name: string) => (error: unknown) => {
    say(`${name} ended: ${String(error)}`);
  };
  const { depth, isNumbered, lag = 5, enough } = subject;
  const own = { depth, isNumbered, lag, ...(enough === undefined ? {} : { enough }) };
  const usual: BookKind<E> = { name: '', of: (_, instrument) => exchange.book(instrument), ...own };
  const bookKinds = [usual, ...further];
  for (const { symbol, base, quote } of instruments) {
    const instrument = subject.spell(base, quote);
    for (const kind of bookKinds) {
      const name = `${instrument} ${kind.name}`.trim();
      const levels = typeof kind.depth === 'number' ? kind.depth : kind.depth(exchange);
      const seeing = { ...kind, kind: kind.name, depth: levels, written: subject.written };
      const truth = new TrueDepth(venue, symbol, seeing);
      truths.set(name, { truth, lag: kind.lag });
      held.set(name, { status: 'syncing' });
      let last = 0;
      let setBacks = oddities.struck['clockSetBack'];
      const isTurned = ({ sequence }: OrderBook): boolean =>
        kind.isWhole === true && sequence === 1 && venue.faults.applied().reorder !== undefined;
      kind.of(exchange, instrument).subscribe({
        next: (state) => {
          held.set(name, state);
          // A snapshot that is asked for may be older than what was told before, as long as nothing contradicts it.
          if (state.status !== 'live' && (subject.requests ?? 0) > 0) last = 0;
          if (state.status !== 'live') {
            setBacks = oddities.struck['clockSetBack'];
            return;
          }
          compared += 1;
          const text = textOf(state.book, subject.written);
          const steps = truth.stepsOf(text);
          const step = steps.find((one) => one >= last);
          // By a clock that was set back while nothing came a snapshot may seem to fit, and what follows it to be in it.
          const isSetBack = subject.isTimed === true && setBacks !== oddities.struck['clockSetBack'];
          if (steps.length === 0 && isSetBack) return;
          if (steps.length === 0) say(`${name} is no book that ever was: ${text}`);
          else if (
            step === undefined &&
            kind.isNumbered &&
            !isOfMoment(truth, steps, last, state.book) &&
            !isTurned(state.book)
          )
            say(`${name} goes back behind step ${last}`);
          else last = step ?? last;
        },
        error: failed(name),
      });
    }
    values.set(instrument, observeValues(exchange, instrument, { symbol, subject, venue, seed, say, failed }));
  }
  const strangers = new Subscription();
  const comeStrange = (): void => {
    const book$ = exchange.book(stranger ?? '');
    strangers.add(
      book$.subscribe({
        next: ({ status }) => {
          if (status === 'live') say('a book of what is not traded');
        },
        error: (error: unknown) => {
          if (!(error instanceof SubscriptionRefusedError)) say(`the stranger ended: ${String(error)}`);
        },
      }),
    );
  };
  if (stranger !== undefined)
    for (let count = between(draw, 0, 2); count > 0; count -= 1)
      scheduler.schedule(comeStrange, between(draw, 0, FAULTS_UNTIL));

  const streams = instruments.flatMap(({ base, quote }): (() => Observable<unknown>)[] => [
    ...bookKinds.map((kind) => () => kind.of(exchange, subject.spell(base, quote))),
    () => exchange.trades(subject.spell(base, quote)),
  ]);
  const acts = [() => exchange.wake(), () => exchange.resync(), () => exchange.resync([...values.keys()][0])];
  if (way.isMeddled) impatient(acts, random(seed * 23 + 11), scheduler, FAULTS_UNTIL);
  const crowd = way.isMeddled ? restless(streams, random(seed * 19 + 7), scheduler, FAULTS_UNTIL) : undefined;
  const passTo = (ms: number): void => {
    scheduler.maxFrames = ms;
    scheduler.flush();
  };
  const ills = (): readonly string[] =>
    [...held].flatMap(([name, state]) => {
      if (state.status !== 'live') return [`${name} is ${state.status}`];
      const { truth, lag: most = 0 } = truths.get(name) ?? {};
      return truth?.isRecent(textOf(state.book, subject.written), most) === true ? [] : [`${name} has stood still`];
    });
  const illsOfAll = (): readonly string[] => [
    ...ills(),
    ...[...values.values()].flatMap((one) => one.ills()),
    ...missesOf(exchange.plan(), venue.stats().connections),
  ];
  const faultsEnd = Math.max(way.isMeddled ? MEDDLED_UNTIL : FAULTS_UNTIL, endOfPlan(plan));
  passTo(faultsEnd);
  crowd?.stop();
  strangers.unsubscribe();
  // Before a dead wire is noticed, nothing shows whether all is well.
  let recovery = subject.silence + 5_000;
  passTo(faultsEnd + recovery);
  while (recovery < recoveryBound(subject) && illsOfAll().length > 0) {
    recovery += 1_000;
    passTo(faultsEnd + recovery);
  }
  if (way.isMeddled && problems.length === 0) {
    const restlessness = restlessnessOf(pass, () => told.length, illsOfAll);
    if (restlessness !== undefined) say(`${restlessness} ${JSON.stringify(told.slice(-1))}`);
  }
  for (const storm of ledger.storms({ ...BOUNDS, requests: subject.requests ?? subject.lookUps ?? 0 })) say(storm);
  for (const ill of illsOfAll()) say(`${ill} long after the last fault`);
  for (const { limit } of venue.stats().violations) say(`went over ${limit}`);
  // What was sent twice is told twice, and where trades of before come first, those that come in their place are taken for them.
  const repeats = [...values.values()].reduce((sum, one) => sum + one.repeats(), 0);
  const { duplicate, reorder } = venue.faults.applied();
  if (repeats > 0 && duplicate === undefined && reorder === undefined) say(`${repeats} times a trade was told again`);
  exchange.close();
  venue.close();
  passTo(scheduler.frame + 100_000);
  if (scheduler.actions.length > 0) say(`${scheduler.actions.length} timers are left`);
  if (venue.stats().open > 0) say('a connection is left');
  const meddled = { ...way.struck(), ...other.struck(), ...crowd?.played, ...oddities.struck };
  return { seed, problems, applied: venue.faults.applied(), meddled, peaks: ledger.peaks(), compared };
}
