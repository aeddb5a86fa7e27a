import type { VirtualTimeScheduler } from 'rxjs';
import { defaultPause } from '../../lib/feed/pause.js';
import {
  faultNames,
  faultsFromSeed,
  simulatedBinance,
  type FaultName,
  type FaultPlan,
} from '../../lib/simulation/index.js';
import { endOfPlan } from '../../lib/simulation/faults/plannedFault.js';
import { random, type Random } from '../../lib/simulation/random.js';
import { defaultBackoff } from '../../lib/socket/backoff.js';
import { wireLimits } from '../../lib/venues/binance/endpoint.js';
import { binance, type BinanceExchange, type BinanceMarket } from '../../lib/venues/binance/index.js';
import { between, pick } from './chaosDraw.js';
import { mannered } from './chaosNetwork.js';
import { binanceWayOf } from './chaosBinanceWay.js';
import { instruments, streamsOf, watchersOf } from './chaosBinanceWatchers.js';
import { virtualDay } from './chaosClock.js';
import { Ledger, restlessnessOf, type MinuteBounds } from './chaosLedger.js';
import { restless } from './chaosRestless.js';
import type { Scene, Watcher } from './chaosWatchers.js';
import { HUNG, type Struck } from './chaosWay.js';
import { Witness } from './chaosWitness.js';

/** What became of one seed. */
export interface ChaosReport {
  readonly seed: number;
  readonly market: Exclude<BinanceMarket, 'coinm'>;
  /** Empty when all was well. */
  readonly problems: readonly string[];
  /** How often each fault struck. */
  readonly applied: Readonly<Partial<Record<FaultName, number>>>;
  /** How often what stands between client and venue struck. */
  readonly meddled: Struck;
  /** The busiest minutes of the client. */
  readonly peaks: MinuteBounds;
  /** How many books were compared with the venue's own. */
  readonly compared: number;
  /** How long after the last fault everything was well again, in ms. */
  readonly recovery: number;
}

const targets = ['btcusdt', 'fineusdt', 'quietusdt', '@depth', '@trade', '@aggTrade', '/market', '/public', '@ticker'];

/** The last fault has ended by then. */
const FAULTS_UNTIL = 20_000;
/** The longest a `slowSnapshot` of a seed's plan takes, asked for just before the end of the faults. */
const SLOWEST = 6_000;
const CONFIRM_WITHIN = 10_000;
/** Ways through the network, paced requests, steps of the market, and what the watchers look back over. */
const SLACK = 6_000;
/** More than the busiest of well-mannered runs needs, and far less than a storm. */
const BOUNDS: MinuteBounds = { openings: 150, requests: 400, messages: 400, faults: 400 };

/**
 * Within how long after the last fault everything must be well again, in ms. At worst a wire has just died: it is missed
 * after the bound of silence and asked once. Or the wait for the next attempt has just begun. Then a subscription goes
 * unconfirmed, the first snapshot is slow and bad, and the pause before the next one is the longest.
 */
export function recoveryBound(): number {
  const { silence, probeWithin } = wireLimits;
  return Math.max(silence + probeWithin, defaultBackoff.cap) + CONFIRM_WITHIN + SLOWEST + defaultPause.cap + SLACK;
}

/**
 * For how long a rate may be exceeded by a client whose clock was set, in ms: what had passed since it last looked is known to it
 * only when the next timer fires, and a step forward that is shorter than any timer passes for time. One who has the steady clock
 * of a platform is told of neither.
 */
const UNSEEN_RATE = 2_000;

export const marketOf = (seed: number): Exclude<BinanceMarket, 'coinm'> => (seed % 2 === 0 ? 'spot' : 'usdm');

/** A market, its faults, a client and its observers, all from one seed, in virtual time. */
export function chaos(seed: number): ChaosReport {
  const market = marketOf(seed);
  const draw = random(seed * 7 + 3);
  const { scheduler, pass } = virtualDay();
  // The venue may deny that there is a symbol in some: that is no loss, and is told apart below.
  const denying = seed % 16 < 2;
  const plan = planOf(seed, denying);
  const venue = simulatedBinance({
    seed,
    scheduler,
    market,
    instruments,
    faults: plan,
    stepEvery: 200,
    depth: 20,
    activity: pick(draw, [2, 4, 8]),
    latency: pick(draw, [0, 20, { least: 1, most: 60 }, { least: 5, most: 30 }]),
    lateAcks: pick(draw, [0, 0.25, 1]),
    errors: pick(draw, ['flat', 'nested']),
  });
  const now = (): number => scheduler.now();
  const duplicates = new Map<string, number>();
  const denied = new Set<string>();
  venue.faults.applied$.subscribe(({ fault, on }) => {
    if (fault === 'duplicate') duplicates.set(on, (duplicates.get(on) ?? 0) + 1);
    if (fault === 'unknownSymbol') denied.add(on);
  });
  const way = binanceWayOf(seed, venue, scheduler);
  const witness = new Witness(venue, () => scheduler.frame, way.numberings);
  const ledger = new Ledger(now);
  const { network, unconfirmed } = mannered(ledger.around(way.network), witness, now, () => way.clock.jumps > 0);
  const exchange = binance({
    market,
    scheduler: way.clock,
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
    isDenied: (symbol) => denied.has(symbol) || way.refused.has(symbol),
    duplicated: (stream) => duplicates.get(stream) ?? 0,
    isConnected: (stream) =>
      exchange.plan().some(({ status, channels }) => status === 'ready' && channels.includes(stream)),
    isClosed: () => isClosed,
    isClockSet: () => way.clock.jumps > 0,
    standstill: recoveryBound(),
  };
  let told = 0;
  exchange.faults$.subscribe((fault) => {
    told += 1;
    // One for each frame that can't be read is no storm.
    if (fault.type !== 'decode') ledger.note('faults');
    // Numbers that begin anew, and snapshots out of a cache, are what an audit is for.
    if (fault.type === 'drift' && !way.mayDrift()) witness.blame('the audit', fault.message);
    if (fault.type === 'unconfirmed') unconfirmed(fault.channel);
  });

  const watchers = watchersOf(exchange, market, draw, scene);
  let played: Struck = {};
  let recovery = Infinity;
  try {
    // The market goes on while nobody is connected.
    const stopMarket = venue.market.run();
    const faultsEnd = Math.max(FAULTS_UNTIL, endOfPlan(plan));
    for (const watcher of watchers) comeAndGo(watcher, draw, scheduler, faultsEnd);
    const crowd = way.isMeddled
      ? restless(streamsOf(exchange), random(seed * 19 + 7), scheduler, faultsEnd)
      : undefined;
    for (let count = between(draw, 0, 3); count > 0; count -= 1) {
      const meddle = pick(draw, [() => exchange.resync(), () => exchange.resync('BTCUSDT'), () => exchange.wake()]);
      scheduler.schedule(meddle, between(draw, 0, faultsEnd));
    }
    pass(faultsEnd);

    venue.faults.clear();
    crowd?.stop();
    played = crowd?.played ?? {};
    // A stream that began while its symbol was denied stays silent on that connection, and nobody can know.
    if (denied.size > 0) venue.faults.inject('terminate');
    const bound = recoveryBound() + (way.isMeddled ? HUNG : 0);
    const misses = (): string | undefined => missesOf(exchange, venue.stats().connections);
    let waited = 0;
    const still = new Set<Watcher>();
    do {
      // Who was refused by then comes back.
      for (const watcher of watchers) watcher.start();
      pass(1_000);
      waited += 1_000;
      for (const watcher of watchers) {
        if (!watcher.isStandingStill() || still.has(watcher)) continue;
        still.add(watcher);
        witness.blame(watcher.name, 'is live and stands still');
      }
    } while (waited < bound && !(watchers.every((watcher) => watcher.isWell()) && misses() === undefined));
    recovery = waited;
    for (const watcher of watchers) if (!watcher.isWell()) witness.blame(watcher.name, 'is not well again in time');
    const missed = misses();
    if (missed !== undefined) witness.blame('the venue', missed);

    if (way.isMeddled && witness.problems.length === 0) {
      const ills = (): readonly string[] =>
        watchers.filter((one) => !one.isCalm()).map(({ name }) => `${name} is not well`);
      const restlessness = restlessnessOf(pass, () => told, ills);
      if (restlessness !== undefined) witness.blame('the client', restlessness);
    }
    for (const storm of ledger.storms(BOUNDS)) witness.blame('the client', storm);
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
    for (const { limit, at } of violations) {
      if (!way.clock.wasSet(at, UNSEEN_RATE)) witness.blame('the venue', `${limit} was violated at ${at} ms`);
    }
  } catch (error) {
    witness.blame('the run', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  const { problems, compared } = witness;
  return {
    seed,
    market,
    problems,
    compared,
    recovery,
    applied: venue.faults.applied(),
    meddled: { ...way.struck(), ...played },
    peaks: ledger.peaks(),
  };
}

function planOf(seed: number, denying: boolean): FaultPlan {
  const faults = denying ? faultNames : faultNames.filter((name) => name !== 'unknownSymbol');
  const most = faultsFromSeed(seed, { from: 500, until: FAULTS_UNTIL, targets, faults });
  if (!denying) return most;
  const denial = faultsFromSeed(seed, { from: 0, until: FAULTS_UNTIL, targets, faults: ['unknownSymbol'], count: 1 });
  return [...most, ...denial];
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
