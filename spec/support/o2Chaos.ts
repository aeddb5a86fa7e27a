import { Subscription, type Observable, type VirtualTimeScheduler } from 'rxjs';
import { SubscriptionRefusedError } from '../../lib/errors/subscriptionRefusedError.js';
import { defaultPause } from '../../lib/feed/pause.js';
import type { AccountEvent, AccountState } from '../../lib/model/accountEvent.js';
import type { BookState } from '../../lib/model/bookState.js';
import type { DepthEvent } from '../../lib/model/depthEvent.js';
import { applyDiff, bookFrom } from '../../lib/book/orderBook.js';
import type { OrderBook } from '../../lib/model/orderBook.js';
import {
  faultNames,
  faultsFromSeed,
  ownFaultNames,
  simulatedAccountId,
  simulatedO2,
  type FaultName,
  type FaultPlan,
  type InstrumentSpec,
} from '../../lib/simulation/index.js';
import { endOfPlan } from '../../lib/simulation/faults/plannedFault.js';
import { random, type Random } from '../../lib/simulation/random.js';
import { orderId } from '../../lib/simulation/o2/frames.js';
import { defaultBackoff } from '../../lib/socket/backoff.js';
import { wireLimits } from '../../lib/venues/o2/endpoint.js';
import { o2, type O2Exchange, type O2Order, type O2Precision } from '../../lib/venues/o2/index.js';
import { virtualDay } from './chaosClock.js';
import { between, pick } from './chaosDraw.js';
import { Ledger, restlessnessOf, type MinuteBounds } from './chaosLedger.js';
import { meddlings, type Meddling } from './chaosMeddling.js';
import { o2Tongue } from './chaosO2Tongue.js';
import { antics, restless } from './chaosRestless.js';
import { HUNG, wayOf, type Struck } from './chaosWay.js';
import { O2Sampler, type O2AccountStates } from './o2Sampler.js';
import { AccountLog, filledOf, stateKey, TrueBooks } from './o2Truth.js';

export interface O2ChaosReport {
  readonly seed: number;
  /** Empty when all was well. */
  readonly problems: readonly string[];
  readonly applied: Readonly<Partial<Record<FaultName, number>>>;
  /** How many books were compared with the venue's own. */
  readonly compared: number;
  /** How often what stands between client and venue struck. */
  readonly meddled: Struck;
  /** The busiest minutes of the client. */
  readonly peaks: MinuteBounds;
  /** How long after the last fault everything was well again, in ms. */
  readonly recovery: number;
  /** Order events heard. */
  readonly events: number;
  /** How many times a live account was held against what was true of it a moment ago. */
  readonly sampled: number;
}

const instruments: readonly InstrumentSpec[] = [
  { symbol: 'BTCUSDT', base: 'BTC', quote: 'USDT', price: '60000.00', size: '0.50000', grain: 20 },
  { symbol: 'FINEUSDT', base: 'FINE', quote: 'USDT', price: '1.000000123456789012', size: '2.000000000000' },
];
const targets = ['depth', 'trades', 'orders', 'balances', 'nonce', 'BTC', 'FINE', '/v1/orders', '/v1/balance'];

/** Nothing at all tells of these: updates bear no numbers. A silence that ends in time is a loss of the same kind. */
const undetectable: readonly FaultName[] = ['drop', 'duplicate', 'reorder'];
/** REST answers from the past would be believed: nothing tells their age. A denied market ends its streams. */
const left: readonly FaultName[] = ['staleSnapshot', 'unknownSymbol'];

const meddled = ['depth', 'orders', 'balances', 'nonce', 'trades', '/v1/orders', '/v1/balance', '/v1/markets'];
/** The same for what stands between. */
const untold: readonly Meddling[] = ['lostFrames', 'cachedRequests'];

export const meddlingsOfO2: readonly string[] = [
  ...meddlings.filter((name) => !untold.includes(name)),
  ...['clock', ...antics],
];

/** More than the busiest of well-mannered runs needs, and far less than a storm. */
const BOUNDS: MinuteBounds = { openings: 150, requests: 500, messages: 500, faults: 400 };

const FAULTS_UNTIL = 20_000;
const CONFIRM_WITHIN = 10_000;
/** At worst a `slowSnapshot` of the plan. */
const SLOWEST = 6_000;
const SLACK = 6_000;
const REFRESH = 3_000;

/** A wire that died is missed, a subscription unconfirmed twice, a reload slow, and the pause before it the longest. */
export function recoveryBound(): number {
  const { silence, probeWithin } = wireLimits(1);
  return Math.max(silence + probeWithin, defaultBackoff.cap) + 2 * CONFIRM_WITHIN + SLOWEST + defaultPause.cap + SLACK;
}

/** How long a book may be wrong where losses without a trace are let through, in ms: until the next refresh is here. */
export const wrongBound = REFRESH + 500;

/** How long a client looks at its clock at the least, in ms. */
const UNSEEN = 5_000;

/**
 * How old what a live account tells may be, in ms: a step and the ways through the network; a wire that dies unsaid is missed
 * after the silence and a ping that is not answered, and by a clock that was set so much later as it had not been looked at.
 */
function ageBound(plan: FaultPlan, wasSet: boolean): number {
  const { silence, probeWithin } = wireLimits(1);
  return (
    1_000 +
    (wasSet ? UNSEEN : 0) +
    (plan.some(({ fault }) => fault === 'halfOpen' || fault === 'silent') ? silence + probeWithin : 0)
  );
}

/**
 * A market, accounts, faults, a client and its observers, all from one seed, in virtual time.
 *
 * @param lossy Whether faults that nothing can notice are among them. Books are then refreshed on a schedule, and may be
 *   wrong for that long.
 */
export function o2Chaos(seed: number, sizes: 'signed-change' | 'absolute', lossy: boolean): O2ChaosReport {
  const draw = random(seed * 13 + 1);
  const { scheduler, pass } = virtualDay();
  const now = (): number => scheduler.now();
  const plan = planOf(seed, lossy);
  const venue = simulatedO2({
    seed,
    scheduler,
    sizes,
    instruments,
    faults: plan,
    depth: 8,
    activity: pick(draw, [1, 3]),
    accountActivity: pick(draw, [0.05, 0.4]),
    latency: pick(draw, [0, 20, { least: 1, most: 60 }, { least: 5, most: 30 }]),
    forms: {
      containers: pick(draw, ['types', 'orders', 'none']),
      errors: pick(draw, ['code', 'error', 'action']),
      orders: pick(draw, ['full', 'sparse']),
    },
  });
  const refused = new Set<string>();
  const way = wayOf({
    seed,
    scheduler,
    targets: meddled,
    tongue: o2Tongue,
    network: venue.network,
    kinds: meddlings.filter((name) => lossy || !untold.includes(name)),
    only: lossy ? {} : { lateFrames: 'depth' },
    refused: (topics) => {
      for (const topic of topics) refused.add(topic);
    },
  });
  const ledger = new Ledger(now);
  const exchange = o2({
    scheduler: way.clock,
    network: ledger.around(way.network),
    sizes,
    random: random(seed * 17 + 5),
    linger: pick(draw, [0, 300, 1_000]),
    wireLinger: pick(draw, [0, 1_000]),
    confirmWithin: CONFIRM_WITHIN,
    channelsPerWire: pick(draw, [2, 100, 100]),
    ...(lossy ? { reloadEvery: REFRESH } : {}),
  });
  const problems: string[] = [];
  const blame = (who: string, what: string): void => {
    if (problems.length < 20) problems.push(`${scheduler.frame} ms: ${who} ${what}`);
  };
  let compared = 0;
  let events = 0;
  const watchers: Watcher[] = [];

  const watchBook = (name: string, symbol: string, precision: O2Precision): void => {
    const market = venue.markets.find(({ instrument }) => instrument.spec.symbol === symbol);
    if (market === undefined) throw new Error(symbol);
    const truth = new TrueBooks(venue, market, BigInt(precision), now);
    const options = { precision, ...(lossy ? { refreshEvery: REFRESH } : {}) };
    let wrongSince: number | undefined;
    /** Whether the book is right, or may still be wrong. `last` is the step before. */
    const judge = (who: string, book: OrderBook, last: number): number => {
      compared += 1;
      const steps = truth.stepsOf(book);
      const step = steps.find((one) => one >= last);
      if (step !== undefined) wrongSince = undefined;
      else if (!lossy) blame(who, steps.length === 0 ? 'is no book that ever was' : `goes back behind step ${last}`);
      else if (now() - (wrongSince ??= now()) > wrongBound) blame(who, `has been wrong since ${wrongSince}`);
      return step ?? last;
    };
    let state: BookState = { status: 'syncing' };
    let step = 0;
    watchers.push(
      watcher(`${name} book`, exchange.book(market.pair, options), {
        begin: () => (state = { status: 'syncing' }),
        hear: (told) => {
          state = told;
          if (told.status === 'live') step = judge(`${name} book`, told.book, step);
          else wrongSince = undefined;
        },
        isWell: () => state.status === 'live' && truth.ageOf(state.book, now()) < 1_000,
      }),
    );
    let folded: OrderBook | undefined;
    let foldedStep = 0;
    watchers.push(
      watcher<DepthEvent>(`${name} depth`, exchange.depth(market.id, options), {
        begin: () => (folded = undefined),
        hear: (event) => {
          if (event.type === 'diff' && folded === undefined) blame(`${name} depth`, 'tells a diff of nothing');
          folded =
            event.type === 'reset'
              ? undefined
              : event.type === 'snapshot'
                ? bookFrom(event)
                : folded && applyDiff(folded, event);
          if (folded !== undefined) foldedStep = judge(`${name} depth`, folded, foldedStep);
        },
        isWell: () => folded !== undefined && truth.ageOf(folded, now()) < 1_000,
      }),
    );
  };

  const watchView = (symbol: string): void => {
    const market = venue.markets.find(({ instrument }) => instrument.spec.symbol === symbol);
    if (market === undefined) throw new Error(symbol);
    const truth = new TrueBooks(venue, market, 10n, now);
    let state: BookState = { status: 'syncing' };
    watchers.push(
      watcher(`${symbol} view`, exchange.depthView(market.id, { frequency: '500ms' }), {
        begin: () => (state = { status: 'syncing' }),
        hear: (told) => {
          state = told;
          if (told.status === 'live' && truth.stepsOf(told.book).length === 0)
            blame(`${symbol} view`, 'is no book that ever was');
        },
        isWell: () => state.status === 'live' && truth.ageOf(state.book, now()) < 1_500,
      }),
    );
  };

  const samplers: O2Sampler[] = [];
  const logs = [1, 2].map((number) => new AccountLog(venue, simulatedAccountId(number), orderId));
  const watchAccount = (log: AccountLog): void => {
    const name = `account ${log.id.slice(0, 6)}`;
    let place: number | undefined;
    const states: { -readonly [K in keyof O2AccountStates]: O2AccountStates[K] } = {};
    const sampler = new O2Sampler(venue, log.id, now);
    samplers.push(sampler);
    venue.market.onStep(() => {
      if (lossy) return;
      for (const fault of sampler.faultsOf(states, ageBound(plan, way.clock.jumps > 0))) blame(name, fault);
    });
    watchers.push(
      watcher<AccountEvent<O2Order, readonly O2Order[]>>(`${name} orders`, exchange.orders(log.id), {
        begin: () => (place = undefined),
        hear: (event) => {
          if (event.type === 'reset') place = undefined;
          if (event.type !== 'event') return;
          events += 1;
          const { id, status, units } = event.value;
          const found = log.placeOf(stateKey(id, status, units.filled ?? '0'));
          // What is lost, doubled or turned around on its way is what nothing tells.
          if (lossy) return;
          if (found === undefined) blame(`${name} orders`, `tells what never was: ${id} ${status}`);
          else if (place !== undefined && found !== place + 1) {
            blame(`${name} orders`, `goes from state ${place} to ${found} without a reset`);
          }
          place = found;
        },
        isWell: () => true,
      }),
      stateWatcher(`${name} open orders`, exchange.openOrders(log.id), (state) => (states.orders = state)),
      stateWatcher(`${name} balances`, exchange.balances(log.id), (state) => (states.balances = state)),
      stateWatcher(`${name} nonce`, exchange.nonce(log.id), (state) => (states.nonce = state)),
    );
  };
  const stateWatcher = <S>(
    name: string,
    source$: Observable<AccountState<S>>,
    keep: (state: AccountState<S> | undefined) => void,
  ): Watcher => {
    let isLive = false;
    return watcher(name, source$, {
      begin: () => {
        isLive = false;
        keep(undefined);
      },
      hear: (told) => {
        isLive = told.status === 'live';
        keep(told);
      },
      end: () => keep(undefined),
      isWell: () => isLive,
    });
  };
  const watcher = <T>(name: string, source$: Observable<T>, ear: Ear<T>): Watcher =>
    new Watcher(
      name,
      source$,
      {
        begin: ear.begin,
        hear: (value) => ear.hear(value as T),
        isWell: ear.isWell,
        ...(ear.end === undefined ? {} : { end: ear.end }),
      },
      blame,
      () => refused.size > 0,
    );

  let told = 0;
  exchange.faults$.subscribe(({ type }) => {
    told += 1;
    // One for each frame that can't be read is no storm.
    if (type !== 'decode') ledger.note('faults');
  });
  let played: Struck = {};
  let recovery = Infinity;
  try {
    const stopMarket = venue.market.run();
    const precisions = [10, 100, 1_000, 100_000_000, 1_000_000_000] as const;
    watchBook('BTC', 'BTCUSDT', pick(draw, precisions));
    if (draw() < 0.5) watchBook('BTC, another', 'BTCUSDT', pick(draw, precisions));
    if (draw() < 0.5) watchBook('FINE', 'FINEUSDT', 10);
    if (draw() < 0.3) watchView('BTCUSDT');
    const [first, second] = logs;
    if (first !== undefined) watchAccount(first);
    if (second !== undefined && draw() < 0.3) watchAccount(second);
    const trades = new Set<string>();
    watchers.push(
      watcher('trades', exchange.trades('BTC/USDT'), {
        begin: () => trades.clear(),
        hear: ({ id, price, size }) => {
          const number = Number(id.replace('0x0a/', ''));
          const [truth] = venue.market.instrument('BTCUSDT')?.tape.tradesAfter(number - 1) ?? [];
          if (truth === undefined || Number(truth.price) !== price || Number(truth.size) !== size) {
            blame('trades', `tells a trade that never was: ${id}`);
          }
          if (trades.has(id) && !lossy) blame('trades', `tells ${id} twice`);
          trades.add(id);
        },
        isWell: () => true,
      }),
    );
    const faultsEnd = Math.max(FAULTS_UNTIL, endOfPlan(plan));
    for (const one of watchers) comeAndGo(one, draw, scheduler, faultsEnd);
    scheduler.schedule(() => exchange.resync(), between(draw, 0, faultsEnd));
    const crowd = way.isMeddled
      ? restless(streamsOf(exchange), random(seed * 19 + 7), scheduler, faultsEnd)
      : undefined;
    pass(faultsEnd);

    venue.faults.clear();
    crowd?.stop();
    played = crowd?.played ?? {};
    for (const log of logs) log.rest();
    const isAccountRight = (): boolean => {
      let isRight = true;
      if (first !== undefined) compareAccount(first, () => (isRight = false));
      return isRight;
    };
    let waited = 0;
    const bound = recoveryBound() + (way.isMeddled ? HUNG : 0);
    do {
      // Who was refused by then comes back.
      for (const one of watchers) one.start();
      pass(1_000);
      waited += 1_000;
    } while (waited < bound && !(watchers.every((one) => one.isWell()) && isAccountRight()));
    recovery = waited;
    for (const one of watchers) if (!one.isWell()) blame(one.name, 'is not well again in time');

    if (first !== undefined) compareAccount(first, blame);
    // Books that are refreshed on a schedule are never calm.
    if (way.isMeddled && !lossy && problems.length === 0) {
      const ills = (): readonly string[] => watchers.filter((one) => !one.isWell()).map(({ name }) => name);
      const restlessness = restlessnessOf(pass, () => told, ills);
      if (restlessness !== undefined) blame('the client', restlessness);
    }
    for (const storm of ledger.storms(BOUNDS)) blame('the client', storm);
    stopMarket();
    if (draw() < 0.5) for (const one of watchers) one.stop();
    else {
      exchange.close();
      for (const one of watchers) if (!one.isCompleted) blame(one.name, 'did not complete');
    }
    pass(5_000);
    if (scheduler.actions.length > 0) blame('the end', `${scheduler.actions.length} actions are left`);
    if (exchange.plan().length > 0) blame('the end', 'wires are left');
    const { open, violations } = venue.stats();
    if (open > 0) blame('the end', `${open} connections are open`);
    for (const { limit, at } of violations) blame('the venue', `${limit} was violated at ${at} ms`);
  } catch (error) {
    blame('the run', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  const struck = { ...way.struck(), ...played };
  return {
    seed,
    problems,
    compared,
    recovery,
    events,
    sampled: samplers.reduce((sum, { sampled }) => sum + sampled, 0),
    applied: venue.faults.applied(),
    meddled: struck,
    peaks: ledger.peaks(),
  };

  /** Folded orders, balances and nonce are the venue's own. */
  function compareAccount(log: AccountLog, complain: (who: string, what: string) => void): void {
    const account = venue.accounts.get(log.id);
    if (account === undefined) return;
    const open = latest(exchange.openOrders(log.id));
    const told = open?.map(({ id, status, units }) => stateKey(id, status, units.filled ?? '0')).sort();
    const meant = account.openOrders.map((order) =>
      stateKey(orderId(log.id, order.number), order.status, filledOf(venue, order)),
    );
    if (told?.join() !== meant.sort().join()) complain('open orders', `are ${String(told)}, not ${String(meant)}`);
    for (const { assetId, units } of latest(exchange.balances(log.id)) ?? []) {
      const { free = 0n, locked = 0n } = account.balances.get(assetId) ?? {};
      if (units.unlocked !== String(free) || units.locked !== String(locked)) {
        complain('balances', `have ${units.unlocked} + ${units.locked} of ${assetId}, not ${free} + ${locked}`);
      }
    }
    const nonce = latest(exchange.nonce(log.id));
    if (nonce?.nonce !== String(account.nonce)) complain('nonce', `is ${String(nonce?.nonce)}, not ${account.nonce}`);
  }
}

/** Streams for observers who only come and go. */
const streamsOf = (exchange: O2Exchange): readonly (() => Observable<unknown>)[] => {
  const account = simulatedAccountId(1);
  return [
    () => exchange.book('BTC/USDT', { precision: 10 }),
    () => exchange.depth('BTC/USDT', { precision: 10 }),
    () => exchange.trades('BTC/USDT'),
    () => exchange.orders(account),
    () => exchange.openOrders(account),
    () => exchange.balances(account),
    () => exchange.nonce(account),
  ];
};

/** What late observers get at once. */
function latest<S>(states$: Observable<AccountState<S>>): S | undefined {
  let value: S | undefined;
  states$.subscribe((state) => (value = state.status === 'live' ? state.value : undefined)).unsubscribe();
  return value;
}

interface Ear<T> {
  begin(): void;
  /** It has left: what it was told last is not told any more. */
  readonly end?: () => void;
  hear(value: T): void;
  isWell(): boolean;
}

class Watcher {
  private subscription = Subscription.EMPTY;
  isCompleted = false;

  constructor(
    readonly name: string,
    private readonly source$: Observable<unknown>,
    private readonly ear: Ear<unknown>,
    private readonly blame: (who: string, what: string) => void,
    /** Whether a subscription was refused in the venue's stead, so that a stream may end so. */
    private readonly mayBeRefused: () => boolean,
  ) {}

  isWell(): boolean {
    return this.ear.isWell();
  }

  start(): void {
    if (!this.subscription.closed) return;
    this.ear.begin();
    this.subscription = this.source$.subscribe({
      next: (value) => this.ear.hear(value),
      error: (error: unknown) => {
        this.ear.end?.();
        if (error instanceof SubscriptionRefusedError && this.mayBeRefused()) return;
        this.blame(this.name, `errors: ${String(error)}`);
      },
      complete: () => (this.isCompleted = true),
    });
  }

  stop(): void {
    this.subscription.unsubscribe();
    this.ear.end?.();
  }
}

function planOf(seed: number, lossy: boolean): FaultPlan {
  const faults = [...faultNames, ...ownFaultNames.o2].filter(
    (name) => !left.includes(name) && (lossy || !undetectable.includes(name)),
  );
  const plan = faultsFromSeed(seed, { from: 500, until: FAULTS_UNTIL, targets, faults });
  // Few seeds open a connection just when one is to be closed at once.
  const opening: FaultPlan =
    seed % 10 === 3
      ? [
          { fault: 'terminate', at: 8_000 },
          { fault: 'acceptAndClose', at: 8_000, for: 500 },
        ]
      : [];
  return [...plan, ...opening].map((planned) => {
    if (lossy || planned.fault !== 'silent') return planned;
    const { for: _, ...endless } = planned;
    return endless;
  });
}

function comeAndGo(watcher: Watcher, draw: Random, scheduler: VirtualTimeScheduler, until: number): void {
  let at = between(draw, 0, 3_000);
  scheduler.schedule(() => watcher.start(), at);
  for (let count = between(draw, 0, 3); count > 0; count -= 1) {
    at += pick(draw, [0, between(draw, 1, 60), between(draw, 1, 8_000)]);
    const back = at + pick(draw, [0, 100, 900, 1_100, 4_000]);
    if (back >= until) return;
    scheduler.schedule(() => watcher.stop(), at);
    scheduler.schedule(() => watcher.start(), back);
    at = back;
  }
}
