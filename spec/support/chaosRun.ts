import { VirtualTimeScheduler } from 'rxjs';
import { audit } from '../../lib/feed/audit.js';
import { defaultPause } from '../../lib/feed/pause.js';
import {
  endOfPlan,
  faultNames,
  faultsFromSeed,
  random,
  simulatedBinance,
  type FaultName,
  type FaultPlan,
  type InstrumentSpec,
  type Random,
} from '../../lib/simulation/index.js';
import { defaultBackoff } from '../../lib/socket/backoff.js';
import { wireLimits } from '../../lib/venues/binance/endpoint.js';
import { binance, type BinanceExchange, type BinanceMarket } from '../../lib/venues/binance/index.js';
import { between, pick } from './chaosDraw.js';
import { mannered } from './chaosNetwork.js';
import {
  bookWatcher,
  depthWatcher,
  quoteWatcher,
  tradeWatcher,
  valueWatcher,
  type Scene,
  type Watcher,
} from './chaosWatchers.js';
import { Witness } from './chaosWitness.js';

/** What became of one seed. */
export interface ChaosReport {
  readonly seed: number;
  readonly market: BinanceMarket;
  /** Empty when all was well. */
  readonly problems: readonly string[];
  /** How often each fault struck. */
  readonly applied: Readonly<Partial<Record<FaultName, number>>>;
  /** How many books were compared with the venue's own. */
  readonly compared: number;
  /** How long after the last fault everything was well again, in ms. */
  readonly recovery: number;
}

/** Two busy instruments, one of them with prices that share a double, and one that says nothing for many seconds. */
const instruments: readonly InstrumentSpec[] = [
  { symbol: 'BTCUSDT', base: 'BTC', quote: 'USDT', price: '60000.00', size: '0.50000', grain: 20 },
  { symbol: 'FINEUSDT', base: 'FINE', quote: 'USDT', price: '1.000000123456789012', size: '2.000000000000' },
  { symbol: 'QUIETUSDT', base: 'QUIET', quote: 'USDT', price: '1.2345', size: '250.0', activity: 0.02 },
];
const targets = ['btcusdt', 'fineusdt', 'quietusdt', '@depth', '@trade', '@aggTrade', '/market', '/public', '@ticker'];

/** The last fault has ended by then. */
const FAULTS_UNTIL = 20_000;
/** The longest a `slowSnapshot` of a seed's plan takes, asked for just before the end of the faults. */
const SLOWEST = 6_000;
const CONFIRM_WITHIN = 10_000;
/** Ways through the network, paced requests, steps of the market, and what the watchers look back over. */
const SLACK = 6_000;

/**
 * Within how long after the last fault everything must be well again, in ms. At worst a wire has just died: it is missed
 * after the bound of silence and asked once. Or the wait for the next attempt has just begun. Then a subscription goes
 * unconfirmed, the first snapshot is slow and bad, and the pause before the next one is the longest.
 */
export function recoveryBound(): number {
  const { silence, probeWithin } = wireLimits;
  return Math.max(silence + probeWithin, defaultBackoff.cap) + CONFIRM_WITHIN + SLOWEST + defaultPause.cap + SLACK;
}

export const marketOf = (seed: number): BinanceMarket => (seed % 2 === 0 ? 'spot' : 'usdm');

/** A market, its faults, a client and its observers, all from one seed, in virtual time. */
export function chaos(seed: number): ChaosReport {
  const market = marketOf(seed);
  const draw = random(seed * 7 + 3);
  const scheduler = new VirtualTimeScheduler();
  // The venue may deny that there is a symbol in some: that is no loss, and is told apart below.
  const denying = seed % 16 < 2;
  const plan = planOf(seed, denying);
  const venue = simulatedBinance({
    seed,
    scheduler,
    market,
    instruments,
    faults: plan,
    stepEvery: 100,
    depth: 20,
    activity: pick(draw, [2, 4, 8]),
    latency: pick(draw, [0, 20, { least: 1, most: 60 }, { least: 5, most: 30 }]),
    lateAcks: pick(draw, [0, 0.25, 1]),
    errors: pick(draw, ['flat', 'nested']),
  });
  const now = (): number => scheduler.now();
  const witness = new Witness(venue, now);
  const duplicates = new Map<string, number>();
  const denied = new Set<string>();
  venue.faults.applied$.subscribe(({ fault, on }) => {
    if (fault === 'duplicate') duplicates.set(on, (duplicates.get(on) ?? 0) + 1);
    if (fault === 'unknownSymbol') denied.add(on);
  });
  const { network, unconfirmed } = mannered(venue.network, witness, now);
  const exchange = binance({
    market,
    scheduler,
    network,
    random: random(seed * 11 + 5),
    linger: pick(draw, [0, 300, 1_000]),
    wireLinger: pick(draw, [0, 1_000]),
    confirmWithin: CONFIRM_WITHIN,
    streamsPerWire: pick(draw, [1, 3, 1_024, 1_024]),
  });
  let isClosed = false;
  const scene: Scene = {
    venue,
    witness,
    now,
    isDenied: (symbol) => denied.has(symbol),
    duplicated: (stream) => duplicates.get(stream) ?? 0,
    isConnected: (stream) =>
      exchange.plan().some(({ status, channels }) => status === 'ready' && channels.includes(stream)),
    isClosed: () => isClosed,
  };
  exchange.faults$.subscribe((fault) => {
    if (fault.type === 'drift') witness.blame('the audit', fault.message);
    if (fault.type === 'unconfirmed') unconfirmed(fault.channel);
  });

  const pass = (ms: number): void => {
    const until = now() + ms;
    scheduler.schedule(() => undefined, ms);
    scheduler.maxFrames = until;
    scheduler.flush();
  };

  const watchers = watchersOf(exchange, market, draw, scene);
  let recovery = Infinity;
  try {
    // The market goes on while nobody is connected.
    const stopMarket = venue.market.run();
    const faultsEnd = Math.max(FAULTS_UNTIL, endOfPlan(plan));
    for (const watcher of watchers) comeAndGo(watcher, draw, scheduler, faultsEnd);
    for (let count = between(draw, 0, 3); count > 0; count -= 1) {
      const meddle = pick(draw, [() => exchange.resync(), () => exchange.resync('BTCUSDT'), () => exchange.wake()]);
      scheduler.schedule(meddle, between(draw, 0, faultsEnd));
    }
    pass(faultsEnd);

    venue.faults.clear();
    // A stream that began while its symbol was denied stays silent on that connection, and nobody can know.
    if (denied.size > 0) venue.faults.inject('terminate');
    for (const watcher of watchers) watcher.start();
    const bound = recoveryBound();
    const misses = (): string | undefined => missesOf(exchange, venue.stats().connections);
    let waited = 0;
    do {
      pass(1_000);
      waited += 1_000;
    } while (waited < bound && !(watchers.every((watcher) => watcher.isWell()) && misses() === undefined));
    recovery = waited;
    for (const watcher of watchers) if (!watcher.isWell()) witness.blame(watcher.name, 'is not well again in time');
    const missed = misses();
    if (missed !== undefined) witness.blame('the venue', missed);

    stopMarket();
    if (draw() < 0.5) for (const watcher of watchers) watcher.stop();
    else {
      isClosed = true;
      exchange.close();
      for (const { isCompleted, name } of watchers) if (!isCompleted) witness.blame(name, 'did not complete');
    }
    pass(5_000);
    const left = scheduler.actions.length;
    if (left > 0) witness.blame('the end', `${left} actions are left in the scheduler`);
    if (exchange.plan().length > 0) witness.blame('the end', `wires are left: ${JSON.stringify(exchange.plan())}`);
    const { open, violations } = venue.stats();
    if (open > 0) witness.blame('the end', `${open} connections are open`);
    if (venue.market.running) witness.blame('the end', 'the market runs on for somebody');
    for (const { limit, at } of violations) witness.blame('the venue', `${limit} was violated at ${at} ms`);
  } catch (error) {
    witness.blame('the run', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  const { problems, compared } = witness;
  return { seed, market, problems, compared, recovery, applied: venue.faults.applied() };
}

function planOf(seed: number, denying: boolean): FaultPlan {
  const faults = denying ? faultNames : faultNames.filter((name) => name !== 'unknownSymbol');
  const most = faultsFromSeed(seed, { from: 500, until: FAULTS_UNTIL, targets, faults });
  if (!denying) return most;
  const denial = faultsFromSeed(seed, { from: 0, until: FAULTS_UNTIL, targets, faults: ['unknownSymbol'], count: 1 });
  return [...most, ...denial];
}

function watchersOf(exchange: BinanceExchange, market: BinanceMarket, draw: Random, scene: Scene): readonly Watcher[] {
  const own = market === 'spot' ? (['100ms', '1000ms'] as const) : (['100ms', '250ms', '500ms'] as const);
  const chosen = instruments.slice(0, between(draw, 2, 3)).map(({ symbol }) => symbol);
  return chosen.flatMap((symbol) => {
    const speed = pick(draw, [own[0], own[0], ...own]);
    const pace = Number.parseInt(speed, 10);
    const options = {
      speed,
      ...(draw() < 0.3 ? { depth: 100 } : {}),
      ...(draw() < 0.2 ? { silentAfter: between(draw, 1_500, 5_000) } : {}),
      ...(draw() < 0.2 ? { audit: audit({ every: between(draw, 1_000, 4_000) }) } : {}),
    };
    const quiet = symbol === 'QUIETUSDT';
    // A quiet book that is taken for silent is not well when nothing is wrong with it.
    if (quiet) delete options.silentAfter;
    const book$ = exchange.book(symbol, options);
    // The market's own pace is not named.
    const stream = speed === (market === 'spot' ? '1000ms' : '250ms') ? 'depth' : `depth@${speed}`;
    const name = (what: string): string => `${symbol} ${what}`;
    const watchers = [
      bookWatcher(name('book'), symbol, book$, stream, pace, scene),
      bookWatcher(name('book, a second observer'), symbol, book$, stream, pace, scene),
      depthWatcher(name('depth'), symbol, exchange.depth(symbol, options), stream, pace, scene),
    ];
    if (quiet) return watchers;
    const more = [
      () => depthWatcher(name('depth, plain'), symbol, exchange.depth(symbol), 'depth@100ms', 100, scene),
      () => tradeWatcher(name('aggregates'), symbol, exchange.aggregateTrades(symbol), 'aggTrade', scene),
      () => valueWatcher(name('candles'), symbol, exchange.candles(symbol, '1m'), 2_000, scene),
      () => valueWatcher(name('ticker'), symbol, exchange.ticker(symbol), 1_000, scene),
    ];
    return [
      ...watchers,
      tradeWatcher(name('trades'), symbol, exchange.trades(symbol), 'trade', scene),
      quoteWatcher(name('quotes'), symbol, exchange.quotes(symbol), scene),
      ...more.filter(() => draw() < 0.3).map((make) => make()),
    ];
  });
}

/** Comes, and leaves and comes back a few times: within the linger, and after it. */
function comeAndGo(watcher: Watcher, draw: Random, scheduler: VirtualTimeScheduler, until: number): void {
  let at = between(draw, 0, 3_000);
  scheduler.schedule(() => watcher.start(), at);
  for (let count = between(draw, 0, 4); count > 0; count -= 1) {
    at += pick(draw, [0, between(draw, 1, 60), between(draw, 1, 8_000), between(draw, 1, 8_000)]);
    const back = at + pick(draw, [0, 100, 900, 1_100, 4_000]);
    if (back >= until) return;
    scheduler.schedule(() => watcher.stop(), at);
    scheduler.schedule(() => watcher.start(), back);
    at = back;
  }
}

/** What the venue is subscribed to is what is wanted, once each. Says how it is not. */
function missesOf(
  exchange: BinanceExchange,
  connections: readonly { readonly open: boolean; readonly subscriptions: readonly string[] }[],
): string | undefined {
  const wanted = exchange.plan().flatMap(({ channels }) => channels);
  const subscribed = connections.filter(({ open }) => open).flatMap(({ subscriptions }) => subscriptions);
  const [left, right] = [wanted, subscribed].map((names) => [...names].sort().join(' '));
  return left === right ? undefined : `is subscribed to ${String(right)}; wanted: ${String(left)}`;
}
