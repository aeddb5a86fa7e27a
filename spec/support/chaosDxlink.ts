import type { Observable } from 'rxjs';
import type { BookState } from '../../lib/model/bookState.js';
import type { ConnectionState } from '../../lib/model/connection.js';
import type { Fault } from '../../lib/model/fault.js';
import type { Quote } from '../../lib/model/quote.js';
import {
  faultNames,
  faultsFromSeed,
  ownFaultNames,
  simulatedDxLink,
  type FaultName,
  type FaultPlan,
} from '../../lib/simulation/index.js';
import { endOfPlan } from '../../lib/simulation/faults/plannedFault.js';
import { random } from '../../lib/simulation/random.js';
import {
  dxlink,
  type DxLinkExchange,
  type DxLinkEvent,
  type DxLinkIndexedState,
  type DxLinkTimeSeries,
} from '../../lib/venues/dxlink/index.js';
import { virtualDay } from './chaosClock.js';
import { pick } from './chaosDraw.js';
import { Ledger, restlessnessOf, type MinuteBounds } from './chaosLedger.js';
import type { Tongue } from './chaosMeddler.js';
import { meddlings, type Meddling } from './chaosMeddling.js';
import { manners, unsteadyProvider } from './chaosProvider.js';
import { antics, restless } from './chaosRestless.js';
import { BarWitness } from './chaosTrueBars.js';
import { MEDDLED_UNTIL, wayOf, type Struck } from './chaosWay.js';

/** What became of one seed. */
export interface DxLinkChaos {
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

const FAULTS_UNTIL = 15_000;
const KEEPALIVE = 10;
const BACKOFF_CAP = 5_000;
/**
 * Within how long after the last fault everything must be live again, in ms: a dead wire is missed after the bound of
 * silence, the next attempts may wait; then a snapshot may have been cut and is given up after 10 s, once for what went
 * before and once for what it was asked for with.
 */
export const RECOVERY_BOUND = KEEPALIVE * 1_000 + 5_000 + BACKOFF_CAP + 10_000 + 2 * 18_000;
/** Within what a dead wire is noticed, in ms: before, nothing shows whether all is well. */
const UNNOTICED = KEEPALIVE * 1_000 + 5_000;

/**
 * dxLink numbers nothing: frames that the venue drops in between, or sends in another order, can't be noticed by anybody.
 * Nor can those of a silence that ends before the bound. Snapshots by request, acknowledgements and crossed diffs are not
 * known here, and a symbol that is denied is silent for good.
 */
const UNDETECTABLE: readonly FaultName[] = ['drop', 'reorder'];
const ABSENT: readonly FaultName[] = [
  ...(['slowSnapshot', 'staleSnapshot', 'failingSnapshot', 'unknownSymbol', 'ackNever', 'crossedBook'] as const),
];
export const faultsOfChaos: readonly FaultName[] = [...faultNames, ...ownFaultNames.dxlink].filter(
  (name) => !UNDETECTABLE.includes(name) && !ABSENT.includes(name),
);

function planOf(seed: number): FaultPlan {
  let refusals = 0;
  return faultsFromSeed(seed, { until: FAULTS_UNTIL, faults: faultsOfChaos })
    .map((planned) => {
      if (planned.fault === 'silent') return { fault: planned.fault, at: planned.at };
      return planned.fault === 'authRefused' ? { ...planned, count: 1 } : planned;
    })
    .filter(({ fault }) => fault !== 'authRefused' || (refusals += 1) === 1);
}

/** Nothing is requested or refused here; a lost frame is told by nothing. */
const untold: readonly Meddling[] = [
  ...(['lostFrames', 'refusals', 'slowRequests', 'hungRequests'] as const),
  ...(['refusedRequests', 'cutRequests', 'cachedRequests', 'paddedRequests', 'oddRequests'] as const),
];
const kinds = meddlings.filter((name) => !untold.includes(name));
export const meddlingsOfDxLink: readonly string[] = [...[...kinds, 'clock'], ...manners, ...antics];
const targets = ['AUTH', 'KEEPALIVE', '"channel":1', '"channel":3', '"channel":5'];
/** More than the busiest of well-mannered runs needs, and far less than a storm. */
const BOUNDS: MinuteBounds = { openings: 100, requests: 0, messages: 400, faults: 300 };

/** Frames of an inner channel are in order; those of the connection answer it. */
const dxLinkTongue: Tongue = {
  streamOf: (text) => {
    const channel = /"channel":(\d+)/.exec(text)?.[1];
    return channel === '0' ? undefined : `"channel":${String(channel)}`;
  },
  // Rights that are taken away: all channels fall silent, which looks like a market that does.
  ordered: (text) => (!text.includes('"AUTH_STATE"') ? undefined : text.includes('"UNAUTHORIZED"') ? 'news' : 'answer'),
  rubbish: [
    ...[
      '{"type":"FEED_DATA","channel":1}',
      '{"type":"FEED_DATA","channel":1,"data":[]}',
      '{"type":"DOM_SNAPSHOT","channel":3}',
    ],
    ...[
      '{"type":"FEED_DATA","channel":3,"data":["Order",[1]]}',
      '{"type":"FEED_CONFIG","channel":1}',
      '{"type":"ERROR","channel":0}',
    ],
  ],
};

const streamsOf = (exchange: DxLinkExchange): readonly (() => Observable<unknown>)[] => [
  () => exchange.book('AAPL'),
  () => exchange.dom('AAPL', { aggregationPeriod: 0.2 }),
  () => exchange.quotes('AAPL'),
  () => exchange.trades('AAPL'),
];

interface Held {
  orders: BookState;
  dom: BookState;
  candles: DxLinkIndexedState<DxLinkTimeSeries<DxLinkEvent<'Candle'>>>;
}

/** How long a frame is under way at the most, in ms. */
const SLOWEST = 60;

/** A market, its faults, a client and its observers, all from one seed, in virtual time. */
export function dxLinkChaos(seed: number): DxLinkChaos {
  const draw = random(seed * 7 + 3);
  const { scheduler, pass } = virtualDay();
  const plan = planOf(seed);
  const venue = simulatedDxLink({
    seed,
    scheduler,
    faults: plan,
    depth: 5,
    stepEvery: 200,
    tokens: () => Infinity,
    instruments: [{ symbol: 'AAPL', base: 'AAPL', quote: 'USD', price: '196.10', size: '100' }],
    activity: pick(draw, [1, 3]),
    rowsPerFrame: pick(draw, [3, 8, 100]),
    mixesTypes: draw() < 0.5,
    latency: pick(draw, [0, 20, { least: 1, most: SLOWEST }]),
    limits: { keepalive: KEEPALIVE },
  });
  const way = wayOf({
    seed,
    scheduler,
    targets,
    tongue: dxLinkTongue,
    network: venue.network,
    kinds,
    // A session of dxLink hears few answers.
    always: seed % 16 === 3 ? ['lostAnswers'] : [],
  });
  const ledger = new Ledger(scheduler.now);
  const provider = unsteadyProvider(way.draw, scheduler, way.isMeddled ? FAULTS_UNTIL : 0);
  const exchange = dxlink({
    scheduler: way.clock,
    network: ledger.around(way.network),
    random: random(seed * 11 + 5),
    keepalive: KEEPALIVE,
    backoff: { cap: BACKOFF_CAP },
    dataFormat: draw() < 0.3 ? 'FULL' : 'COMPACT',
    credentials: () => provider.around(() => [{ token: `secret-${String(seed)}` }]),
  });
  const problems: string[] = [];
  const say = (text: string): void => {
    if (problems.length < 20) problems.push(`${String(scheduler.frame)} ms: ${text}`);
  };
  const told: (ConnectionState | Fault)[] = [];
  exchange.connection$.subscribe((state) => told.push(state));
  exchange.faults$.subscribe((fault) => {
    told.push(fault);
    // One for each frame that can't be read is no storm.
    if (fault.type !== 'decode') ledger.note('faults');
  });
  let compared = 0;
  const held: Held = { orders: { status: 'syncing' }, dom: { status: 'syncing' }, candles: { status: 'syncing' } };

  // Many transactions in one frame that comes twice go back and through it all again, within a moment.
  let duplicatedAt = -Infinity;
  venue.faults.applied$.subscribe(({ fault }) => {
    if (fault === 'duplicate') duplicatedAt = scheduler.frame;
  });
  const compare = (name: string, state: BookState, sequenceAt: (time: number) => number | undefined): void => {
    if (state.status !== 'live' || scheduler.frame - duplicatedAt <= SLOWEST) return;
    const { venueTime, bids, asks } = state.book;
    // Of a frame whose time could not be read, nothing tells which book it should be.
    if (venueTime === undefined) return;
    const truth = venue.market.trueBook('AAPL', sequenceAt(venueTime));
    const own = [bids, asks].map((side) =>
      [...side].map(({ price, size }) => `${String(price)}×${String(size)}`).join(),
    );
    const theirs = [truth?.bids, truth?.asks].map((side = []) =>
      side.map(([price, size]) => `${String(Number(price))}×${String(Number(size))}`).join(),
    );
    compared += 1;
    if (own.join('|') !== theirs.join('|'))
      say(`${name} at ${String(venueTime)}: ${own.join('|')}; in truth ${theirs.join('|')}`);
  };
  const failed = (name: string) => (error: unknown) => {
    say(`${name} ended: ${String(error)}`);
  };
  exchange.book('AAPL').subscribe({
    next: (state) => {
      held.orders = state;
      compare('book', state, (time) => venue.sequenceAt('AAPL', 'NTV', time));
    },
    error: failed('book'),
  });
  exchange.dom('AAPL', { aggregationPeriod: 0.2 }).subscribe({
    next: (state) => {
      held.dom = state;
      compare('dom', state, (time) => venue.market.instrument('AAPL')?.book.sequenceAt(time));
    },
    error: failed('dom'),
  });
  const bars = new BarWitness(venue.market.instrument('AAPL'), scheduler.now);
  exchange.candlesSince('AAPL', '1m', scheduler.now() - 600_000).subscribe({
    next: (state) => {
      held.candles = state;
      if (state.status !== 'live') return;
      const { rows } = state.value;
      for (const { time: openTime = 0, open = 0, high = 0, low = 0, close = 0, volume = 0 } of rows)
        bars.hear({ openTime, open, high, low, close, volume });
      const times = rows.map(({ time = 0 }) => time);
      if (times.some((time, place) => place > 0 && time - (times[place - 1] ?? 0) !== 60_000))
        say('candles with a hole');
    },
    error: failed('candles'),
  });
  let quote: Quote | undefined;
  exchange.quotes('AAPL').subscribe({ next: (value) => (quote = value), error: failed('quotes') });
  const passTo = (ms: number): void => {
    scheduler.maxFrames = ms;
    scheduler.flush();
  };
  const crowd = way.isMeddled
    ? restless(streamsOf(exchange), random(seed * 19 + 7), scheduler, FAULTS_UNTIL)
    : undefined;
  const faultsEnd = Math.max(way.isMeddled ? MEDDLED_UNTIL : FAULTS_UNTIL, endOfPlan(plan));
  passTo(faultsEnd);
  crowd?.stop();
  const ills = (): readonly string[] =>
    Object.entries(held).flatMap(([name, { status }]) => (status === 'live' ? [] : [`${name} is ${status}`]));
  let recovery = UNNOTICED;
  passTo(faultsEnd + recovery);
  while (recovery < RECOVERY_BOUND && ills().length > 0) {
    recovery += 1_000;
    passTo(faultsEnd + recovery);
  }
  if (way.isMeddled && problems.length === 0) {
    const restlessness = restlessnessOf(pass, () => told.length, ills);
    if (restlessness !== undefined) say(`${restlessness} ${JSON.stringify(told.slice(-1))}`);
  }
  for (const storm of ledger.storms(BOUNDS)) say(storm);
  for (const [name, { status }] of Object.entries(held)) {
    if (status !== 'live') say(`${name} is ${status} long after the last fault`);
  }
  for (const [name, state] of [
    ['book', held.orders],
    ['dom', held.dom],
  ] as const) {
    const age = state.status === 'live' ? scheduler.now() - (state.book.venueTime ?? 0) : Infinity;
    if (age > 5_000) say(`${name} has stood still for ${String(age)} ms`);
  }
  // The market stands still: what is under way comes in.
  venue.faults.clear();
  venue.market.stop();
  passTo(scheduler.frame + 2_000);
  for (const fault of bars.faults()) say(fault);
  const truth = venue.market.trueBook('AAPL');
  const [bid, ask] = [truth?.bids[0]?.[0], truth?.asks[0]?.[0]].map(Number);
  if (quote?.bid?.price !== bid || quote?.ask?.price !== ask)
    say(`quote ${quote?.bid?.price} to ${quote?.ask?.price}, in truth ${bid} to ${ask}`);
  exchange.close();
  venue.close();
  passTo(scheduler.frame + 100_000);
  if (scheduler.actions.length > 0) say(`${String(scheduler.actions.length)} timers are left`);
  if (venue.stats().open > 0) say('a connection is left');
  if (JSON.stringify(told).includes('secret')) say('a secret was told');
  const meddled = { ...way.struck(), ...provider.struck(), ...crowd?.played };
  return { seed, problems, applied: venue.faults.applied(), meddled, peaks: ledger.peaks(), compared };
}
