import { Subscription, VirtualTimeScheduler, type Observable } from 'rxjs';
import { defaultPause } from '../../lib/feed/pause.js';
import type { AccountState } from '../../lib/model/accountEvent.js';
import { simulatedAccountId, simulatedO2, type SimulatedO2 } from '../../lib/simulation/index.js';
import { random } from '../../lib/simulation/random.js';
import { orderId } from '../../lib/simulation/o2/frames.js';
import { defaultBackoff } from '../../lib/socket/backoff.js';
import { wireLimits } from '../../lib/venues/o2/endpoint.js';
import { o2, type O2Balance, type O2Nonce, type O2Order } from '../../lib/venues/o2/index.js';
import { between, pick } from './chaosDraw.js';
import { restless } from './chaosRestless.js';
import { AccountLog, filledOf, stateKey } from './o2Truth.js';
import { O2Sampler } from './o2Sampler.js';
import { troubledO2 } from './o2Trouble.js';

export interface O2AccountReport {
  readonly seed: number;
  /** Empty when all was well. */
  readonly problems: readonly string[];
  /** How long after the last trouble everything was right, in ms. */
  readonly recovery: number;
  readonly faults: number;
  /** How many times a live state was held against what was true a moment ago. */
  readonly sampled: number;
}

const UNTIL = 30_000;
const CONFIRM_WITHIN = 10_000;
/** Answers on their way when trouble ends, and what lags. */
const SLOWEST = 14_000;
/** Requests that never come are given up by nobody but the network: here, by the bound of a wire. */
const { silence, probeWithin } = wireLimits(1);
/** A wire is missed, a subscription goes unconfirmed and the wire is given up for it, and the pause is the longest. */
export const accountRecoveryBound =
  silence + probeWithin + defaultBackoff.cap + 2 * CONFIRM_WITHIN + SLOWEST + 2 * defaultPause.cap;

/** How old what a live state tells may be, in ms: what lags, a step, and the ways through the network. */
const AGE = 12_000 + 1_000;

/** Accounts under every trouble of frames and answers, from one seed, in virtual time: in the end they are the venue's. */
export function o2AccountChaos(seed: number): O2AccountReport {
  const draw = random(seed * 19 + 7);
  const scheduler = new VirtualTimeScheduler();
  const venue = simulatedO2({
    seed,
    scheduler,
    instruments: ['BTCUSDT', 'ETHUSDT', 'QUIETUSDT'],
    depth: 4,
    stepEvery: 200,
    accountActivity: pick(draw, [0.05, 0.2, 0.6]),
    latency: pick(draw, [0, 20, { least: 1, most: 60 }]),
    forms: { orders: pick(draw, ['full', 'sparse']) },
  });
  const [late] = venue.markets;
  if (late === undefined) throw new Error('no markets');
  const outOfOrder = draw() < 0.5;
  const listedAt = draw() < 0.6 ? between(draw, 1_000, UNTIL) : 0;
  const network = troubledO2({
    network: venue.network,
    scheduler,
    draw,
    until: UNTIL,
    outOfOrder,
    listing: { id: late.id, at: listedAt },
  });
  const exchange = o2({
    scheduler,
    network,
    random: random(seed * 23 + 1),
    confirmWithin: CONFIRM_WITHIN,
    linger: pick(draw, [0, 500]),
    wireLinger: pick(draw, [0, 1_000]),
  });
  const problems: string[] = [];
  let faults = 0;
  exchange.faults$.subscribe(() => (faults += 1));
  const pass = (ms: number): void => {
    const until = scheduler.now() + ms;
    scheduler.schedule(() => undefined, ms);
    scheduler.maxFrames = until;
    scheduler.flush();
  };

  const log = new AccountLog(venue, simulatedAccountId(1), orderId);
  const orders = new Told<readonly O2Order[]>('openOrders', exchange.openOrders(log.id), problems);
  const balances = new Told<readonly O2Balance[]>('balances', exchange.balances(log.id), problems);
  const nonce = new Told<O2Nonce>('nonce', exchange.nonce(log.id), problems);
  const all = [orders, balances, nonce];
  const sampler = new O2Sampler(venue, log.id, () => scheduler.now());
  let isHalfOpen = false;
  venue.market.onStep(() => {
    // Nothing tells of an update that was overtaken, nor of what an account has in a market that is not listed.
    if (outOfOrder || listedAt > 0) return;
    const states = { orders: orders.state, balances: balances.state, nonce: nonce.state };
    const old = sampler.faultsOf(states, AGE + (isHalfOpen ? silence + probeWithin : 0));
    if (problems.length < 10) problems.push(...old.map((fault) => `${scheduler.now()} ms, ${fault}`));
  });
  const wrongs = (): readonly string[] => [
    ...wrongOrders(venue, log, orders.state),
    ...wrongBalances(venue, log, balances.state),
    ...wrongNonce(venue, log, nonce.state),
  ];

  const stopMarket = venue.market.run();
  for (const one of all) {
    scheduler.schedule(() => one.start(), between(draw, 0, 2_000));
    for (let count = between(draw, 0, 2); count > 0; count -= 1) {
      const at = between(draw, 2_000, UNTIL - 5_000);
      scheduler.schedule(() => one.stop(), at);
      scheduler.schedule(() => one.start(), at + pick(draw, [0, 10, 400, 3_000]));
    }
  }
  for (let count = between(draw, 0, 2); count > 0; count -= 1) {
    const fault = pick(draw, ['terminate', 'closeCleanly', 'halfOpen'] as const);
    isHalfOpen ||= fault === 'halfOpen';
    scheduler.schedule(() => venue.faults.inject(fault), between(draw, 1_000, UNTIL));
  }
  const streams = [orders, balances, nonce].map(
    ({ source$ }) =>
      (): Observable<unknown> =>
        source$,
  );
  const crowd = seed % 2 === 0 ? restless(streams, random(seed * 37 + 11), scheduler, UNTIL) : undefined;
  pass(UNTIL);
  crowd?.stop();
  venue.faults.clear();
  for (const one of all) one.start();
  pass(1_000);
  log.rest();
  let recovery = 1_000;
  while (recovery < accountRecoveryBound && wrongs().length > 0) {
    pass(1_000);
    recovery += 1_000;
  }
  problems.push(...wrongs());
  // What is right stays right.
  pass(20_000);
  if (problems.length === 0) problems.push(...wrongs().map((wrong) => `later: ${wrong}`));

  for (const one of all) one.stop();
  exchange.close();
  stopMarket();
  pass(15_000);
  if (scheduler.actions.length > 0) problems.push(`${scheduler.actions.length} timers are left`);
  return { seed, problems, recovery, faults, sampled: sampler.sampled };
}

class Told<S> {
  state: AccountState<S> = { status: 'syncing' };
  private subscription = Subscription.EMPTY;

  constructor(
    private readonly name: string,
    readonly source$: Observable<AccountState<S>>,
    private readonly problems: string[],
  ) {}

  start(): void {
    if (!this.subscription.closed) return;
    this.state = { status: 'syncing' };
    this.subscription = this.source$.subscribe({
      next: (state) => (this.state = state),
      error: (error: unknown) => this.problems.push(`${this.name} errors: ${String(error)}`),
    });
  }

  stop(): void {
    this.subscription.unsubscribe();
    this.state = { status: 'syncing' };
  }
}

function wrongOrders(venue: SimulatedO2, log: AccountLog, state: AccountState<readonly O2Order[]>): readonly string[] {
  if (state.status !== 'live') return [`open orders are ${state.status}`];
  const told = state.value.map(({ id, status, units, market, exact }) =>
    [stateKey(id, status, units.filled ?? '0'), market?.id, exact.price !== undefined].join(' '),
  );
  const meant = (venue.accounts.get(log.id)?.openOrders ?? []).map((order) => {
    const market = venue.markets.find(({ instrument }) => instrument.spec.symbol === order.symbol);
    return [stateKey(orderId(log.id, order.number), order.status, filledOf(venue, order)), market?.id, true].join(' ');
  });
  return told.sort().join() === meant.sort().join() ? [] : [`open orders are ${told.join()}, not ${meant.join()}`];
}

function wrongBalances(
  venue: SimulatedO2,
  log: AccountLog,
  state: AccountState<readonly O2Balance[]>,
): readonly string[] {
  if (state.status !== 'live') return [`balances are ${state.status}`];
  const told = state.value.map(({ assetId, units, exact }) =>
    [assetId, units.locked, units.unlocked, exact.locked !== undefined].join(' '),
  );
  const truth = venue.accounts.get(log.id)?.balances ?? new Map<string, never>();
  const meant = [...truth].map(([id, { free, locked }]) => [id, locked, free, true].join(' '));
  return told.sort().join() === meant.sort().join() ? [] : [`balances are ${told.join()}, not ${meant.join()}`];
}

function wrongNonce(venue: SimulatedO2, log: AccountLog, state: AccountState<O2Nonce>): readonly string[] {
  if (state.status !== 'live') return [`the nonce is ${state.status}`];
  const meant = String(venue.accounts.get(log.id)?.nonce);
  return state.value.nonce === meant ? [] : [`the nonce is ${state.value.nonce}, not ${meant}`];
}
