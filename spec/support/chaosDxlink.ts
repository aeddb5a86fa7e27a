import { VirtualTimeScheduler } from 'rxjs';
import type { BookState } from '../../lib/model/bookState.js';
import type { ConnectionState } from '../../lib/model/connection.js';
import type { Fault } from '../../lib/model/fault.js';
import {
  endOfPlan,
  faultNames,
  faultsFromSeed,
  ownFaultNames,
  random,
  simulatedDxLink,
  type FaultName,
  type FaultPlan,
} from '../../lib/simulation/index.js';
import {
  dxlink,
  type DxLinkEvent,
  type DxLinkIndexedState,
  type DxLinkTimeSeries,
} from '../../lib/venues/dxlink/index.js';
import { pick } from './chaosDraw.js';

/** What became of one seed. */
export interface DxLinkChaos {
  readonly seed: number;
  /** Empty when all was well. */
  readonly problems: readonly string[];
  readonly applied: Readonly<Partial<Record<FaultName, number>>>;
  /** How many live books were compared with the venue's own. */
  readonly compared: number;
}

const START = 1_750_000_000_000;
const FAULTS_UNTIL = 15_000;
const KEEPALIVE = 10;
const BACKOFF_CAP = 5_000;
/**
 * Within how long after the last fault everything must be live again, in ms: a dead wire is missed after the bound of
 * silence, the next attempts may wait; then a snapshot may have been cut and is given up after 10 s, once for what went
 * before and once for what it was asked for with.
 */
export const RECOVERY_BOUND = KEEPALIVE * 1_000 + 5_000 + BACKOFF_CAP + 10_000 + 2 * 18_000;

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

interface Held {
  orders: BookState;
  dom: BookState;
  candles: DxLinkIndexedState<DxLinkTimeSeries<DxLinkEvent<'Candle'>>>;
}

/** A market, its faults, a client and its observers, all from one seed, in virtual time. */
export function dxLinkChaos(seed: number): DxLinkChaos {
  const draw = random(seed * 7 + 3);
  const scheduler = new VirtualTimeScheduler();
  scheduler.now = () => START + scheduler.frame;
  const plan = planOf(seed);
  const venue = simulatedDxLink({
    ...{ seed, scheduler, faults: plan, depth: 5, stepEvery: 200, tokens: () => Infinity },
    instruments: [{ symbol: 'AAPL', base: 'AAPL', quote: 'USD', price: '196.10', size: '100' }],
    activity: pick(draw, [1, 3]),
    rowsPerFrame: pick(draw, [3, 8, 100]),
    mixesTypes: draw() < 0.5,
    latency: pick(draw, [0, 20, { least: 1, most: 60 }]),
    limits: { keepalive: KEEPALIVE },
  });
  const exchange = dxlink({
    ...{ scheduler, network: venue.network, random: random(seed * 11 + 5), keepalive: KEEPALIVE },
    backoff: { cap: BACKOFF_CAP },
    dataFormat: draw() < 0.3 ? 'FULL' : 'COMPACT',
    credentials: () => [{ token: `secret-${String(seed)}` }],
  });
  const problems: string[] = [];
  const say = (text: string): void => {
    if (problems.length < 20) problems.push(`${String(scheduler.frame)} ms: ${text}`);
  };
  const told: (ConnectionState | Fault)[] = [];
  exchange.connection$.subscribe((state) => told.push(state));
  exchange.faults$.subscribe((fault) => told.push(fault));
  let compared = 0;
  const held: Held = { orders: { status: 'syncing' }, dom: { status: 'syncing' }, candles: { status: 'syncing' } };

  const compare = (name: string, state: BookState, sequenceAt: (time: number) => number | undefined): void => {
    if (state.status !== 'live') return;
    const { venueTime = 0, bids, asks } = state.book;
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
  exchange.candles('AAPL', '1m', START - 600_000).subscribe({
    next: (state) => {
      held.candles = state;
      if (state.status !== 'live') return;
      const times = state.value.rows.map(({ time = 0 }) => time);
      if (times.some((time, place) => place > 0 && time - (times[place - 1] ?? 0) !== 60_000))
        say('candles with a hole');
    },
    error: failed('candles'),
  });
  exchange.quotes('AAPL').subscribe({ error: failed('quotes') });

  const passTo = (ms: number): void => {
    scheduler.maxFrames = ms;
    scheduler.flush();
  };
  passTo(Math.max(FAULTS_UNTIL, endOfPlan(plan)) + RECOVERY_BOUND);
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
  exchange.close();
  venue.close();
  passTo(scheduler.frame + 100_000);
  if (scheduler.actions.length > 0) say(`${String(scheduler.actions.length)} timers are left`);
  if (venue.stats().open > 0) say('a connection is left');
  if (JSON.stringify(told).includes('secret')) say('a secret was told');
  return { seed, problems, applied: venue.faults.applied(), compared };
}
