import { Subscription, type Observable } from 'rxjs';
import { recorder } from '../../lib/recording/recorder.js';
import { defaultPause } from '../../lib/feed/pause.js';
import type { AccountEvent, AccountState, BookState, OrderBook } from '../../lib/index.js';
import { ed25519Signer } from '../../lib/node/ed25519Signer.js';
import {
  faultNames,
  faultsFromSeed,
  ownFaultNames,
  simulatedTplus,
  type FaultName,
  type FaultPlan,
  type InstrumentSpec,
  type SimulatedTplus,
  type TrueTplusUser,
} from '../../lib/simulation/index.js';
import { endOfPlan } from '../../lib/simulation/faults/plannedFault.js';
import { random } from '../../lib/simulation/random.js';
import type { LevelText } from '../../lib/simulation/market/side.js';
import { defaultBackoff } from '../../lib/socket/backoff.js';
import { wireLimits } from '../../lib/venues/tplus/endpoint.js';
import {
  tplus,
  type TplusAccountExchange,
  type TplusFills,
  type TplusOpenOrders,
  type TplusOrderEvent,
  type TplusUserTrade,
} from '../../lib/venues/tplus/index.js';
import { virtualDay } from './chaosClock.js';
import { between, pick } from './chaosDraw.js';
import { Ledger, restlessnessOf, type MinuteBounds } from './chaosLedger.js';
import type { Tongue } from './chaosMeddler.js';
import { meddlings } from './chaosMeddling.js';
import { manners, unsteadyProvider } from './chaosProvider.js';
import { antics, restless } from './chaosRestless.js';
import { type Parts, Truths } from './chaosTruths.js';
import { HUNG, LATEST, wayOf, type Struck } from './chaosWay.js';
import { ofLatest, onceOf } from './once.js';

export interface TplusReport {
  readonly seed: number;
  readonly problems: readonly string[];
  readonly applied: Readonly<Partial<Record<FaultName, number>>>;
  /** How often what stands between client and venue struck. */
  readonly meddled: Struck;
  readonly peaks: MinuteBounds;
  readonly compared: number;
  /** Events of the account that were held against the truth. */
  readonly events: number;
  /** How many times a live account was held against the truth. */
  readonly sampled: number;
  /** How long after the last fault all was well, in ms. */
  readonly recovery: number;
}

const CHAINED = '82af49447d8a07e3bd95bd0d56f35241523fbab1000000000000000000000000@00000000000000a4b1';
const instruments: readonly InstrumentSpec[] = [
  { symbol: 'BTCUSDT', base: 'BTC', quote: 'USDT', price: '60000.00', size: '0.50000', grain: 20 },
  { symbol: 'QUIETUSDT', base: 'QUIET', quote: 'USDT', price: '1.2345', size: '250.0', activity: 0.05 },
  { symbol: 'FINEUSDT', base: 'FINE', quote: 'USDT', price: '1.000000123456789012', size: '2.000000000000' },
];
const assets = ['200', '201', CHAINED];
export const signer = ed25519Signer(new Uint8Array(32));

const FAULTS_UNTIL = 20_000;
const SLOWEST = 6_000;
const SLACK = 6_000;
/** Pauses of the token: failing lasts at most 8 s, and at most three new tokens in a row are refused. */
const SIGN_IN = 60_000;
/** How long after the last fault everything must be well, in ms: a dead wire noticed late, then all pauses at their longest. */
export const RECOVERY_BOUND = wireLimits.silence + defaultBackoff.cap + SIGN_IN + SLOWEST + defaultPause.cap + SLACK;

/** More than the busiest of well-mannered runs needs, and far less than a storm. */
const BOUNDS: MinuteBounds = { openings: 300, requests: 300, messages: 300, faults: 300 };

/**
 * How old what a live account tells may be, in ms: a step and the ways through the network; a meddler has frames come late; a
 * connection that dies unsaid is missed after the silence and an answer that does not come.
 */
function ageBound(plan: FaultPlan, isMeddled: boolean): number {
  const isSilent = plan.some(({ fault }) => fault === 'halfOpen');
  return 1_000 + (isMeddled ? LATEST : 0) + (isSilent ? wireLimits.silence + wireLimits.probeWithin : 0);
}

const targets = ['/marketdepth', '/orders', '/trades', '/nonce', '/auth', 'a4b1', '/200'];
/** Opening is subscribing: it is acknowledged by one word, or by none. */
const kinds = meddlings.filter(
  (name) => !['refusals', 'lateAnswers', 'swappedAnswers', 'doubledAnswers'].includes(name),
);
export const meddlingsOfTplus: readonly string[] = [...kinds, 'clock', ...manners, ...antics];
/** What an account's stream can't tell of, and answers that nothing tells the age of. */
const only = { lostFrames: '/marketdepth', cachedRequests: '/marketdepth' } as const;
/** Each connection is one stream. */
const tplusTongue: Tongue = {
  streamOf: (text, url) => (text.includes('"subscriptions"') ? undefined : (url.split('?')[0] ?? '')),
  rubbish: ['{"type":"subscriptions"}', '{"type":"ping","data":[]}', '{"asks":[],"bids":null}', '{"Created":{}}'],
};

const streamsOf = (exchange: TplusAccountExchange): readonly (() => Observable<unknown>)[] => [
  ...assets.map((asset) => () => exchange.book(asset)),
  () => exchange.depth('200'),
  () => exchange.allTrades(),
  () => exchange.orders(),
  () => exchange.openOrders(),
  () => exchange.fills(),
];

/**
 * Silence that ends by itself, and frames lost, doubled or overtaken, can't be noticed on an account's stream, which numbers
 * nothing: such faults are aimed at books. What is foreign and what is counted anew can't be told apart by number alone.
 */
function planOf(seed: number): FaultPlan {
  const own: readonly FaultName[] = ownFaultNames.tplus.filter(
    (name) => name !== (seed % 2 === 0 ? 'foreignFrame' : 'sequenceRestart'),
  );
  const common: readonly FaultName[] = faultNames.filter((name) => name !== 'unknownSymbol');
  const unseen: readonly FaultName[] = ['silent', 'drop', 'duplicate', 'reorder'];
  return faultsFromSeed(seed, {
    until: FAULTS_UNTIL,
    faults: [...common, ...own, ...own, ...own],
    targets: ['/marketdepth', 'diff/200', 'a4b1'],
  }).map((planned) =>
    unseen.includes(planned.fault) ? { ...planned, target: planned.target ?? '/marketdepth' } : planned,
  );
}

/** A market with an account, its faults, a client and its observers, all from one seed, in virtual time. */
export function tplusChaos(seed: number): TplusReport {
  const draw = random(seed * 7 + 3);
  const { scheduler, pass } = virtualDay();
  const plan = planOf(seed);
  const venue = simulatedTplus({
    seed,
    scheduler,
    instruments,
    faults: plan,
    stepEvery: 100,
    depth: 12,
    userActivity: 0.4,
    users: [signer.publicKey],
    activity: pick(draw, [1, 2]),
    latency: pick(draw, [0, 20, { least: 1, most: 60 }]),
    acks: pick(draw, [true, true, false]),
    limits: { tokenLife: pick(draw, [86_400_000, 15_000, 15_000]) },
    envelope: pick(draw, ['outside', 'inside']),
  });
  const lines: string[] = [];
  const way = wayOf({
    seed,
    scheduler,
    targets,
    only,
    tongue: tplusTongue,
    network: venue.network,
    kinds,
  });
  const ledger = new Ledger(scheduler.now);
  const provider = unsteadyProvider(way.draw, scheduler, way.isMeddled ? FAULTS_UNTIL : 0);
  const network = recorder(ledger.around(way.network), {
    sink: (line) => lines.push(line),
    venue: 'tplus',
    clock: way.clock,
  });
  const sign = (message: Uint8Array): Observable<Uint8Array> => provider.around(() => signer.sign(message));
  const exchange = tplus({
    scheduler: way.clock,
    network,
    random: random(seed * 11 + 5),
    account: { userId: signer.publicKey, sign },
    linger: pick(draw, [0, 1_000]),
    wireLinger: pick(draw, [0, 1_000]),
  });
  const problems: string[] = [];
  const blame = (what: string): void => {
    if (problems.length < 10) problems.push(`${scheduler.frame} ms: ${what}`);
  };
  const told: unknown[] = [];
  exchange.faults$.subscribe((fault) => {
    told.push(fault);
    // One for each frame that can't be read is no storm.
    if (fault.type !== 'decode') ledger.note('faults');
  });
  exchange.connection$.subscribe((state) => told.push(state));
  let isClosed = false;
  const watch = <T>(name: string, source$: Observable<T>, next: (value: T) => void): Subscription =>
    source$.subscribe({
      next,
      error: (error: unknown) => {
        told.push(String(error));
        blame(`${name} errors: ${String(error)}`);
      },
      complete: () => {
        if (!isClosed) blame(`${name} completes`);
      },
    });

  const books = new BookWitness(venue, blame);
  for (const asset of assets) watch(`book ${asset}`, exchange.book(asset), (state) => books.hear(asset, state));
  const account = new AccountWitness(venue, exchange, scheduler.now, blame, watch);

  const stopMarket = venue.market.run();
  const faultsEnd = Math.max(FAULTS_UNTIL, endOfPlan(plan));
  for (let count = between(draw, 0, 2); count > 0; count -= 1) {
    scheduler.schedule(() => exchange.resync(), between(draw, 0, faultsEnd));
  }
  for (let count = between(draw, 3, 8); count > 0; count -= 1) {
    const asset = pick(draw, assets);
    const source$ = pick<() => Observable<unknown>>(draw, [
      () => exchange.allTrades(),
      () => exchange.trades(asset),
      () => exchange.candles(asset),
      () => exchange.ticker(asset),
    ]);
    const passing = new Subscription();
    scheduler.schedule(() => passing.add(watch('a passer-by', source$(), () => undefined)), between(draw, 0, 15_000));
    scheduler.schedule(() => passing.unsubscribe(), between(draw, 15_000, faultsEnd));
  }
  const crowd = way.isMeddled ? restless(streamsOf(exchange), random(seed * 19 + 7), scheduler, faultsEnd) : undefined;
  const bound = ageBound(plan, way.isMeddled);
  venue.market.onStep(() => account.look(bound));
  pass(faultsEnd);
  crowd?.stop();
  // The venue names the ends of its tokens by its own clock: by one that is wrong for good none may ever be good.
  way.clock.right();
  venue.faults.clear();
  let recovery = 0;
  while (!(books.isWell() && account.isWell()) && recovery < RECOVERY_BOUND + 5_000 + (way.isMeddled ? HUNG : 0)) {
    pass(500);
    recovery += 500;
  }
  if (!books.isWell()) blame(`books not well: ${books.ills().join('; ')}`);
  if (!account.isWell()) blame(`account not well: ${account.ills().join('; ')}`);
  if (way.isMeddled && problems.length === 0) {
    const restlessness = restlessnessOf(
      pass,
      () => told.length,
      () => books.ills(),
    );
    if (restlessness !== undefined) blame(`${restlessness}; ${JSON.stringify(told.slice(-2)).slice(0, 500)}`);
  }
  for (const storm of ledger.storms(BOUNDS)) blame(storm);
  pass(2_000);
  account.finish();

  isClosed = true;
  exchange.close();
  stopMarket();
  pass(2_000);
  venue.close();
  pass(10_000);
  if (scheduler.actions.length > 0) blame(`${scheduler.actions.length} timers are left`);
  const all = JSON.stringify([told, lines, network.header(), problems]);
  for (const secret of venue.secrets()) if (all.includes(secret)) blame(`a secret was told: ${secret.slice(0, 12)}…`);
  return {
    seed,
    problems,
    applied: venue.faults.applied(),
    meddled: { ...way.struck(), ...provider.struck(), ...crowd?.played },
    peaks: ledger.peaks(),
    compared: books.compared,
    events: account.events,
    sampled: account.sampled,
    recovery,
  };
}

const isSide = (side: OrderBook['bids'], truth: readonly LevelText[]): boolean =>
  side.length === truth.length &&
  side.slice().every(({ exact }, i) => exact.price === truth[i]?.[0] && exact.size === truth[i][1]);

/** Holds every book that says live against the venue's own of that number. */
class BookWitness {
  compared = 0;
  private readonly last = new Map<string, BookState>();

  constructor(
    private readonly venue: SimulatedTplus,
    private readonly blame: (what: string) => void,
  ) {}

  hear(asset: string, state: BookState): void {
    this.last.set(asset, state);
    if (state.status !== 'live') return;
    this.compared += 1;
    if (!this.isTrue(asset, state.book))
      this.blame(`book ${asset} at ${String(state.book.sequence)} is not the venue's`);
  }

  isWell(): boolean {
    return this.ills().length === 0;
  }

  ills(): readonly string[] {
    return assets.filter((asset) => {
      const state = this.last.get(asset);
      const truth = this.newest(asset);
      return state?.status !== 'live' || truth - (state.book.sequence ?? 0) > 100 || truth < (state.book.sequence ?? 0);
    });
  }

  private newest(asset: string): number {
    return this.venue.sequenceOf(asset) ?? 0;
  }

  private isTrue(asset: string, { sequence = -1, bids, asks }: OrderBook): boolean {
    return this.venue.trueBooks(asset, sequence).some((truth) => isSide(bids, truth.bids) && isSide(asks, truth.asks));
  }
}

/** The key of an event, or `reset`. */
type Told = string;

const words = { Pending: 'pending', Confirmed: 'confirmed', Rollbacked: 'rolledBack' } as const;
const textOf = (parts: Parts): string => JSON.stringify([...parts]).slice(0, 300);

/** Holds what an account was told against what its desk says. */
class AccountWitness {
  events = 0;
  /** How many times a live state was held against what was true a moment ago. */
  sampled = 0;
  private readonly desk: TrueTplusUser;
  private readonly trueOpen: Truths;
  private readonly trueFills: Truths;
  private readonly orders: Told[] = [];
  private readonly trades: Told[] = [];
  private readonly trueOrders: string[] = [];
  private readonly trueTrades: string[] = [];
  private openOrders: AccountState<TplusOpenOrders> | undefined;
  private fills: AccountState<TplusFills> | undefined;

  constructor(
    venue: SimulatedTplus,
    exchange: TplusAccountExchange,
    now: () => number,
    private readonly blame: (what: string) => void,
    watch: <T>(name: string, source$: Observable<T>, next: (value: T) => void) => Subscription,
  ) {
    const desk = venue.desk(signer.publicKey);
    if (desk === undefined) throw new Error('the user is not there');
    this.desk = desk;
    this.trueOpen = new Truths(now);
    this.trueFills = new Truths(now);
    this.hearDesk();
    const orderKey = (event: TplusOrderEvent): string =>
      event.type === 'unknown' ? 'unknown' : `${event.type} ${event.orderId}`;
    const tradeKey = ({ id, status }: TplusUserTrade): string => `${id} ${status}`;
    watch('orders', exchange.orders(), (event) => this.note(this.orders, event, orderKey));
    watch('userTrades', exchange.userTrades(), (event) => this.note(this.trades, event, tradeKey));
    watch('openOrders', exchange.openOrders(), (state) => (this.openOrders = state));
    watch('fills', exchange.fills(), (state) => (this.fills = state));
  }

  isWell(): boolean {
    return this.ills().length === 0;
  }

  ills(): readonly string[] {
    const { orders, fills } = this.truth();
    const ills: string[] = [];
    const judge = (name: string, status: string | undefined, said: Parts, truth: Parts): void => {
      if (status !== 'live') ills.push(`${name} are ${status ?? 'not there'}`);
      else if (!same([...said], [...truth])) ills.push(`${name} ${textOf(said)}, in truth ${textOf(truth)}`);
    };
    judge('orders', this.openOrders?.status, this.saidOrders(), orders);
    judge('fills', this.fills?.status, this.saidFills(), fills);
    return ills;
  }

  /** Takes note of what is true, and holds what is live against what was so within the last so many ms. */
  look(bound: number): void {
    const { orders, fills } = this.truth();
    this.trueOpen.note(orders);
    this.trueFills.note(fills);
    if (this.openOrders?.status === 'live') this.judge('openOrders', this.trueOpen.faultOf(this.saidOrders(), bound));
    if (this.fills?.status === 'live') this.judge('fills', this.trueFills.faultOf(this.saidFills(), bound));
  }

  private judge(name: string, fault: string | undefined): void {
    this.sampled += 1;
    if (fault !== undefined) this.blame(`${name}: ${fault}`);
  }

  private readonly saidOrders = ofLatest(
    (): AccountState<TplusOpenOrders> | undefined => this.openOrders,
    (state) => {
      const orders = state?.status === 'live' ? [...state.value.orders.values()] : [];
      return new Map(orders.map(({ id, asset, side, price, size }) => [id, [asset, side, price, size].join(' ')]));
    },
  );

  private readonly saidFills = ofLatest(
    (): AccountState<TplusFills> | undefined => this.fills,
    (state) => {
      const fills = state?.status === 'live' ? [...state.value] : [];
      return new Map(fills.map(([key, { status }]) => [key, status]));
    },
  );

  private truth(): { readonly orders: Parts; readonly fills: Parts } {
    const { desk } = this;
    const orders = new Map<string, string>();
    for (const order of desk.openOrders) {
      const [key, text] = this.orderOf(order);
      orders.set(key, text);
    }
    const fills = new Map<string, string>();
    for (const trade of desk.userTrades) fills.set(this.fillOf(trade), words[trade.status]);
    return { orders, fills };
  }

  /** A state of an order never changes. */
  private readonly orderOf = onceOf((order: TrueTplusUser['openOrders'][number]): readonly [string, string] => {
    const asset = this.desk.assetOf(order);
    const { units } = asset?.instrument ?? {};
    const [price, size] = [Number(units?.priceText(order.tick)), Number(units?.sizeText(order.lots))];
    return [this.desk.orderId(order), [asset?.id, order.side, price, size].join(' ')];
  });

  /** Of a trade only its status changes. */
  private readonly fillOf = onceOf(
    ({ id, order }: TrueTplusUser['userTrades'][number]): string => `${id}/${this.desk.orderId(order)}`,
  );

  /** Between two resets everything is told once and in order; nothing is told that was not. */
  finish(): void {
    this.compare('orders', this.orders, this.trueOrders);
    this.compare('trades', this.trades, this.trueTrades);
  }

  private compare(name: string, told: readonly Told[], truth: readonly string[]): void {
    const places = new Map(truth.map((key, place) => [key, place]));
    if (places.size !== truth.length) throw new Error(`the desk says the same twice`);
    let last = -1;
    let isFresh = true;
    for (const one of told) {
      if (one === 'reset') {
        isFresh = true;
        continue;
      }
      const place = places.get(one);
      if (place === undefined) this.blame(`${name}: the venue never said ${one}`);
      else if (isFresh ? place <= last : place !== last + 1) this.blame(`${name}: ${one} at ${place} after ${last}`);
      last = place ?? last;
      isFresh = false;
      this.events += 1;
    }
  }

  private note<E, S>(list: Told[], event: AccountEvent<E, S>, keyOf: (event: E) => string): void {
    if (event.type === 'reset') list.push('reset');
    if (event.type !== 'event') return;
    const key = keyOf(event.value);
    // A meddler's rubbish may be an event of a kind that nobody knows: it is handed on as that.
    if (key !== 'unknown') list.push(key);
  }

  private hearDesk(): void {
    const { desk } = this;
    desk.hearOrders((text) => this.trueOrders.push(orderKeyOf(text)));
    desk.hearTrades((text) => {
      const { trade_id, status } = JSON.parse(text) as { readonly trade_id: number; readonly status: string };
      this.trueTrades.push(`${trade_id} ${{ Pending: 'pending', Confirmed: 'confirmed' }[status] ?? 'rolledBack'}`);
    });
  }
}

function orderKeyOf(text: string): string {
  const name = /^\{"(?:type":")?(\w+)"/.exec(text)?.[1] ?? '';
  const id = /"order_id":"([^"]*)"/.exec(text)?.[1] ?? '';
  return `${name.toLowerCase()} ${id}`;
}

const same = (left: readonly unknown[], right: readonly unknown[]): boolean => {
  const sorted = (list: readonly unknown[]): string => JSON.stringify(list.map((one) => JSON.stringify(one)).sort());
  return sorted(left) === sorted(right);
};
