import type { Observable } from 'rxjs';
import type { AccountState } from '../../lib/model/accountEvent.js';
import type { BookState } from '../../lib/model/bookState.js';
import type { Credential } from '../../lib/feed/credentials.js';
import type { HttpRequest } from '../../lib/network/network.js';
import { type FaultName, type FaultPlan, faultsFromSeed, simulatedTradestation } from '../../lib/simulation/index.js';
import { endOfPlan } from '../../lib/simulation/faults/plannedFault.js';
import { random } from '../../lib/simulation/random.js';
import { SILENCE } from '../../lib/venues/tradestation/endpoint.js';
import {
  type TradestationExchange,
  type TradestationOrders,
  type TradestationPositions,
  type TradestationQuote,
  httpTransport,
  plainCodec,
  tradestation,
  webSocketTransport,
} from '../../lib/venues/tradestation/index.js';
import { virtualDay } from './chaosClock.js';
import { between, pick } from './chaosDraw.js';
import { Ledger, restlessnessOf, type MinuteBounds } from './chaosLedger.js';
import type { Tongue } from './chaosMeddler.js';
import { meddlings, meddlingsOfLines, type Meddling } from './chaosMeddling.js';
import { manners, tokenOf, unsteadyProvider } from './chaosProvider.js';
import { antics, restless } from './chaosRestless.js';
import { BarWitness } from './chaosTrueBars.js';
import { type Parts, Truths } from './chaosTruths.js';
import { HUNG, LATEST, MEDDLED_UNTIL, wayOf, type Struck } from './chaosWay.js';

/** What became of one seed. */
export interface TradestationChaos {
  /** Empty when all was well. */
  readonly problems: readonly string[];
  readonly applied: Readonly<Partial<Record<FaultName, number>>>;
  /** How often what stands between client and venue struck. */
  readonly meddled: Struck;
  /** The busiest minutes of the client. */
  readonly peaks: MinuteBounds;
  /** How many live books were compared with what was true. */
  readonly compared: number;
  /** How many times a live account was. */
  readonly sampled: number;
  readonly fills: number;
}

/** All but what nothing can show: a stream that leaves frames out says nothing of it, since nothing is numbered. */
const FAULTS: readonly FaultName[] = [
  ...(['corruptJson', 'wrongTypes', 'crossedBook', 'refuseConnections', 'acceptAndClose', 'closeCleanly'] as const),
  ...(['terminate', 'halfOpen', 'slowSnapshot', 'failingSnapshot', 'burst'] as const),
  ...(['goAway', 'dualLogon', 'halfLine', 'tooMany', 'silentStream', 'missingOrders'] as const),
];
/** A stream that leaves frames out says nothing of it, and nothing tells how old an answer is. Nothing is acknowledged. */
const untold: readonly Meddling[] = [
  ...(['lostFrames', 'cachedRequests', 'refusals'] as const),
  ...(['lostAnswers', 'lateAnswers', 'doubledAnswers', 'swappedAnswers'] as const),
];
const kinds: readonly Meddling[] = [...meddlings, ...meddlingsOfLines].filter((name) => !untold.includes(name));
export const meddlingsOfTradestation: readonly string[] = [...kinds, 'clock', ...manners, ...antics];
const targets = ['marketdepth', 'quotes', 'orders', 'positions', '/oauth', '/brokerage'];
/** More than the busiest of well-mannered runs needs, and far less than a storm. */
const BOUNDS: MinuteBounds = { openings: 200, requests: 200, messages: 200, faults: 300 };
/** What comes on a connection is in order. */
const tradestationTongue: Tongue = {
  streamOf: (_, url) => url,
  lastWord: '/oauth',
  rubbish: [
    ...[
      '{"Symbol":"MSFT","NetChangePct":"NaN"}',
      '{"OrderID":"1"}',
      '{"PositionID":"x","Quantity":"1E-05"}',
      '{"Error":""}',
    ],
    ...['{"Heartbeat":1}', '{"StreamStatus":"Odd"}', '{"Bids":[],"Asks":null}', '{"Bids":[{}],"Asks":[]}'],
  ],
};

const tokenRequest: HttpRequest = {
  method: 'POST',
  url: 'https://signin.tradestation.com/oauth/token',
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  body: 'grant_type=refresh_token&client_id=me&refresh_token=simulated-refresh-token',
};

const ACCOUNT = 'SIM0000001M';
const FAULTS_UNTIL = 15_000;
/** A dead stream (15 s), a pause of a minute, the longest wait twice, a reload. */
export const RECOVERY_BOUND = 160_000;
/** Within what a stream that died unsaid is noticed, in ms: before, nothing shows whether all is well. */
const UNNOTICED = 20_000;
/** How often what accounts say is held against the truth, in ms. */
const LOOK_EVERY = 250;
const RELOAD_EVERY = 6_000;
/** The slowest answer of a plan, in ms, and how long it has requests fail. */
const SLOWEST = 6_000;
const FAILING = 8_000;
/** A step of the market, and ways through the network. */
const SLACK = 1_500;

/**
 * How old what a live account tells may be, in ms. It is as old as its frames; where a stream dies unsaid, as the silence that
 * is waited for; where a frame is never sent, as the next reload that is answered. A meddler has frames come late, what is cut
 * off of them still later, and requests break after a while.
 */
function boundsOf(faults: FaultPlan, isMeddled: boolean): { readonly positions: number; readonly orders: number } {
  const has = (name: FaultName): boolean => faults.some(({ fault }) => fault === name);
  const positions = SLACK + (has('halfOpen') ? SILENCE : 0) + (isMeddled ? 2 * LATEST : 0);
  const reloaded = RELOAD_EVERY + SLOWEST + FAILING + (isMeddled ? HUNG : 0);
  return { positions, orders: positions + (has('missingOrders') ? reloaded : 0) };
}

const streamsOf = (exchange: TradestationExchange): readonly (() => Observable<unknown>)[] => [
  () => exchange.book('MSFT'),
  () => exchange.positions([ACCOUNT]),
  () => exchange.orderStates([ACCOUNT]),
  () => exchange.orders([ACCOUNT]),
  () => exchange.quotes(['MSFT', 'AAPL']),
];

/** A venue, its faults, a client and its observers, all from one seed, in virtual time. */
export function tradestationChaos(seed: number): TradestationChaos {
  const draw = random(seed * 29 + 7);
  const { scheduler, pass: passFor } = virtualDay();
  const faults = faultsFromSeed(seed, {
    from: 0,
    until: FAULTS_UNTIL,
    count: between(draw, 2, 8),
    faults: FAULTS,
    targets: ['marketdepth', 'quotes', 'orders', 'positions'],
    // That one is a refusal for good.
  }).map((planned) => (planned.status === 403 ? { ...planned, status: 503 } : planned));
  const venue = simulatedTradestation({
    seed,
    scheduler,
    faults,
    stepEvery: 900,
    depth: 5,
    activity: 3,
    accountActivity: 0.6,
    instruments: ['MSFT', 'AAPL'],
    latency: pick(draw, [0, 20, { least: 1, most: 60 }]),
  });
  const way = wayOf({
    seed,
    scheduler,
    targets,
    tongue: tradestationTongue,
    network: venue.network,
    kinds,
    always: ['chunks'],
  });
  const ledger = new Ledger(scheduler.now);
  const provider = unsteadyProvider(way.draw, scheduler, FAULTS_UNTIL);
  const ownLogin = { clientId: 'me', refreshToken: 'simulated-refresh-token' };
  const service = (): Observable<Credential<string>> =>
    provider.around(() => tokenOf(venue.network, tokenRequest, way.clock.now));
  const exchange = tradestation({
    login: way.isMeddled && way.draw() < 0.4 ? service : ownLogin,
    transport: pick(draw, [
      httpTransport,
      webSocketTransport({ url: 'wss://simulated.example/stream', codec: plainCodec }),
    ]),
    network: ledger.around(way.network),
    scheduler: way.clock,
    random: random(seed * 31 + 1),
    linger: pick(draw, [0, 1_000]),
    whenFull: 'queue',
    maxConcurrentStreams: pick(draw, [5, 10]),
    reloadEvery: RELOAD_EVERY,
  });
  const problems: string[] = [];
  const told: unknown[] = [];
  exchange.connection$.subscribe((state) => told.push(state));
  exchange.faults$.subscribe((fault) => {
    told.push(fault);
    // One for each frame that can't be read is no storm.
    if (fault.type !== 'decode') ledger.note('faults');
  });
  let compared = 0;
  const truths = new Set<string>();
  const desk = venue.accounts.get(ACCOUNT);
  const textOf = (bids: unknown, asks: unknown): string => JSON.stringify([bids, asks]);
  const heldText = (held: Iterable<readonly [string, number]>): string => JSON.stringify([...held].sort());
  const trueHeld = new Truths(scheduler.now);
  const trueOrders = new Truths(scheduler.now);
  let logged = 0;
  const note = (): void => {
    const book = venue.market.trueBook('MSFT');
    truths.add(textOf(book?.bids.slice(0, 20), book?.asks.slice(0, 20)));
    trueHeld.note(new Map([...(desk?.held ?? [])].map(([symbol, lots]) => [symbol, String(lots)])));
    const ids = new Map([...(desk?.orders ?? [])].map(([id, { number }]) => [number, id]));
    const news = desk?.log.slice(logged) ?? [];
    for (const { number, filled } of news) trueOrders.one(ids.get(number) ?? '', String(filled));
    logged += news.length;
  };
  note();
  venue.market.onStep(note);

  let book: BookState | undefined;
  let positions: AccountState<TradestationPositions> | undefined;
  let orders: AccountState<TradestationOrders> | undefined;
  let quote: TradestationQuote | undefined;
  let quotedAt = -Infinity;
  let fills = 0;
  let sampled = 0;
  const bounds = boundsOf(faults, way.isMeddled);
  const filled = new Map<string, number>();
  const failed =
    (name: string) =>
    (error: unknown): void => {
      problems.push(`${name} ended with ${String(error)}`);
    };
  const bookText = (state: BookState | undefined): string => {
    if (state?.status !== 'live') return String(state?.status);
    const { bids, asks } = state.book;
    const [left, right] = [bids, asks].map((side) => side.slice(20).map(({ exact }) => [exact.price, exact.size]));
    return textOf(left, right);
  };
  const positionText = (state: typeof positions): string =>
    state?.status === 'live'
      ? heldText([...state.value.values()].map(({ instrument, size }) => [instrument, size] as const))
      : String(state?.status);

  exchange.book('MSFT', { by: pick(draw, ['participants', 'aggregates']) }).subscribe({
    next: (state) => {
      book = state;
      if (state.status !== 'live') return;
      compared += 1;
      if (!truths.has(bookText(state))) problems.push(`a live book that never was, at ${scheduler.frame}`);
    },
    error: failed('book'),
  });
  exchange.positions([ACCOUNT]).subscribe({
    next: (state) => (positions = state),
    error: failed('positions'),
  });
  exchange.orderStates([ACCOUNT]).subscribe({ next: (state) => (orders = state), error: failed('orders') });
  exchange.fills([ACCOUNT]).subscribe({
    next: ({ orderId, size }) => {
      fills += 1;
      filled.set(orderId, (filled.get(orderId) ?? 0) + size);
      const most = desk?.orders.get(orderId)?.filled ?? 0;
      if ((filled.get(orderId) ?? 0) > most) problems.push(`order ${orderId} filled twice, at ${scheduler.frame}`);
    },
    error: failed('fills'),
  });
  // Known from the first snapshot on.
  let baseline: ReadonlyMap<string, number> | undefined;
  exchange.orders([ACCOUNT]).subscribe({
    next: (event) => {
      if (event.type !== 'snapshot') return;
      baseline ??= new Map([...event.value].map(([id, { legs }]) => [id, legs[0]?.filled ?? 0]));
    },
    error: failed('orders'),
  });
  const bars = new BarWitness(venue.market.instrument('MSFT'), scheduler.now);
  exchange.candles('MSFT', { history: 3 }).subscribe({
    next: (candle) => {
      bars.hear(candle);
    },
    error: failed('candles'),
  });
  const late = between(draw, 0, 8_000);
  scheduler.schedule(() => {
    exchange.quotes(['MSFT', 'AAPL']).subscribe({
      next: (value) => {
        quotedAt = scheduler.frame;
        if (value.instrument === 'AAPL') quote = value;
      },
      error: failed('quotes'),
    });
  }, late);

  const judge = (name: string, told: Parts, known: Truths, bound: number): void => {
    sampled += 1;
    const fault = known.faultOf(told, bound);
    if (fault !== undefined && problems.length < 10) problems.push(`${scheduler.frame} ms, ${name}: ${fault}`);
  };
  const look = (): void => {
    note();
    if (positions?.status === 'live') {
      const held = [...positions.value.values()].filter(({ size }) => size !== 0);
      judge(
        'positions',
        new Map(held.map(({ instrument, size }) => [instrument, String(size)])),
        trueHeld,
        bounds.positions,
      );
    }
    if (orders?.status === 'live') {
      const told = [...orders.value.values()].map(({ orderId, legs }) => [orderId, String(legs[0]?.filled)] as const);
      judge('orders', new Map(told), trueOrders, bounds.orders);
    }
  };
  const pass = (until: number): void => {
    while (scheduler.frame < until) {
      passFor(Math.min(LOOK_EVERY, until - scheduler.frame));
      look();
    }
  };
  const crowd = way.isMeddled
    ? restless(streamsOf(exchange), random(seed * 19 + 7), scheduler, FAULTS_UNTIL)
    : undefined;
  const faultsEnd = Math.max(endOfPlan(faults), way.isMeddled ? MEDDLED_UNTIL : 0);
  pass(faultsEnd);
  crowd?.stop();
  const ills = (): readonly string[] =>
    Object.entries({ book, positions, orders }).flatMap(([name, state]) =>
      state?.status === 'live' ? [] : [`${name} is not live`],
    );
  let recovery = UNNOTICED;
  pass(faultsEnd + recovery);
  // Bars that came back after the market stood still would tell of the present one no more.
  const isQuiet = (): boolean => quotedAt < scheduler.frame - SLACK || bars.heardAt < scheduler.now() - 2 * SLACK;
  while (recovery < RECOVERY_BOUND && (ills().length > 0 || isQuiet())) {
    recovery += 1_000;
    pass(faultsEnd + recovery);
  }
  if (way.isMeddled && problems.length === 0) {
    const restlessness = restlessnessOf(passFor, () => told.length, ills);
    if (restlessness !== undefined) problems.push(`${restlessness} ${JSON.stringify(told.slice(-2))}`);
  }
  problems.push(...ledger.storms(BOUNDS));
  const end = scheduler.frame;
  // The market stands still: whatever is under way, and what only a reload shows, comes in.
  venue.faults.clear();
  pass(end + 300);
  venue.market.stop();
  // Less than the silence that ends a stream, more than the schedule of reloads.
  pass(end + 8_000);

  const expectSame = (name: string, one: unknown, other: unknown): void => {
    const [left, right] = [JSON.stringify(one), JSON.stringify(other)];
    if (left !== right) problems.push(`${name} at the end: ${left.slice(0, 300)} is not ${right.slice(0, 300)}`);
  };
  const truth = venue.market.trueBook('MSFT');
  expectSame('book', bookText(book), textOf(truth?.bids.slice(0, 20), truth?.asks.slice(0, 20)));
  expectSame('positions', positionText(positions), heldText(desk?.held ?? []));
  problems.push(...bars.faults());
  expectSame('quote', quote?.bid?.exact.price, venue.market.trueBook('AAPL')?.bids[0]?.[0]);
  const known = orders?.status === 'live' ? [...orders.value.values()] : [];
  expectSame(
    'orders',
    known.map(({ orderId, legs }) => [orderId, legs[0]?.filled]).sort(),
    [...(desk?.orders ?? [])].map(([id, order]) => [id, order.filled]).sort(),
  );
  for (const [id, order] of desk?.orders ?? []) {
    const told = (filled.get(id) ?? 0) + (baseline?.get(id) ?? 0);
    if (told !== order.filled) problems.push(`order ${id}: ${told} of ${order.filled} was told as filled`);
  }
  const { violations } = venue.stats();
  if (violations.length > 0) problems.push(`went over ${JSON.stringify(violations[0])}`);
  exchange.close();
  venue.close();
  pass(end + 60_000);
  if (venue.stats().open !== 0 || exchange.openStreams() !== 0) problems.push('something is still open');
  const meddled = { ...way.struck(), ...provider.struck(), ...crowd?.played };
  return { problems, applied: venue.faults.applied(), meddled, peaks: ledger.peaks(), compared, sampled, fills };
}
