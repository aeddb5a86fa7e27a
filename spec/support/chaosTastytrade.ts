import type { Observable, Subscription } from 'rxjs';
import type { Credential } from '../../lib/feed/credentials.js';
import type { AccountEvent, AccountState } from '../../lib/model/accountEvent.js';
import type { HttpRequest } from '../../lib/network/network.js';
import {
  faultsFromSeed,
  simulatedTastytrade,
  type FaultName,
  type SimulatedTastytrade,
} from '../../lib/simulation/index.js';
import { endOfPlan } from '../../lib/simulation/faults/plannedFault.js';
import { random } from '../../lib/simulation/random.js';
import {
  type TastytradeAccount,
  type TastytradeExchange,
  type TastytradeNotice,
  fillsOf,
  isFinal,
  tastytrade,
} from '../../lib/venues/tastytrade/index.js';
import { virtualDay } from './chaosClock.js';
import { between, pick } from './chaosDraw.js';
import { Ledger, restlessnessOf, type MinuteBounds } from './chaosLedger.js';
import type { Tongue } from './chaosMeddler.js';
import { meddlings, type Meddling } from './chaosMeddling.js';
import { manners, tokenOf, unsteadyProvider } from './chaosProvider.js';
import { antics, restless } from './chaosRestless.js';
import { HUNG, wayOf, type Struck } from './chaosWay.js';

/** What became of one seed. */
export interface AccountChaos {
  /** Empty when all was well. */
  readonly problems: readonly string[];
  readonly applied: Readonly<Partial<Record<FaultName, number>>>;
  /** How often what stands between client and venue struck. */
  readonly meddled: Struck;
  /** The busiest minutes of the client. */
  readonly peaks: MinuteBounds;
  /** How long after the last fault every account was right again, in ms. */
  readonly recovery: number;
  readonly notices: number;
}

/** What nothing but another reload can show, since the venue numbers nothing in a way that is documented. */
const UNSEEN: readonly FaultName[] = ['drop', 'silent'];
const SEEN: readonly FaultName[] = [
  ...(['duplicate', 'reorder', 'corruptJson', 'wrongTypes', 'refuseConnections', 'acceptAndClose'] as const),
  ...(['closeCleanly', 'terminate', 'halfOpen', 'slowSnapshot', 'failingSnapshot', 'ackNever', 'burst'] as const),
  ...([
    'lostHeartbeat',
    'anonymousError',
    'failingToken',
    'shortToken',
    'repeatedFills',
    'fewerFills',
    'batch',
  ] as const),
];
const FAULTS_UNTIL = 25_000;
const RELOAD_EVERY = 15_000;
/** A wire that has just died (two intervals and an answer), the longest wait, a slow reload, a pause, another reload. */
export const RECOVERY_BOUND = 2 * 20_000 + 10_000 + 30_000 + 20_000 + 6_000 + 8_000 + RELOAD_EVERY + 6_000;

/** What nothing but another reload can show: frames that are lost, or come late in another session's stead, and old answers. */
const untold: readonly Meddling[] = ['lostFrames', 'lateFrames', 'cachedRequests'];
export const meddlingsOfTastytrade: readonly string[] = [
  ...meddlings.filter((name) => name !== 'refusals'),
  ...['clock', ...manners, ...antics],
];
const meddled = ['/oauth', '/accounts', '5WT00000', 'connect', 'heartbeat', 'notifications', '/orders', '/positions'];
/** More than the busiest of well-mannered runs needs, and far less than a storm. */
const BOUNDS: MinuteBounds = { openings: 100, requests: 500, messages: 200, faults: 300 };

/** A notification has a type, an answer an action. All of a connection are in one order. */
const tastytradeTongue: Tongue = {
  streamOf: (text) => (text.startsWith('{"status"') ? undefined : 'notifications'),
  lastWord: '/oauth',
  rubbish: [
    ...['{"type":"Order","data":{}}', '{"type":"Order","data":null}', '{"status":"ok","action":"connect"}'],
    ...[
      '{"status":"error","action":"heartbeat","message":"failed"}',
      '{"results":[{"type":"Order"}]}',
      '{"results":7}',
    ],
  ],
};

const streamsOf = (exchange: TastytradeExchange): readonly (() => Observable<unknown>)[] =>
  ACCOUNTS.flatMap((account) => [() => exchange.account(account), () => exchange.events(account)]);

const ACCOUNTS = ['5WT00000', '5WT00001'];

const tokenRequest: HttpRequest = {
  method: 'POST',
  url: 'https://api.tastyworks.com/oauth/token',
  headers: { 'content-type': 'application/json', 'user-agent': 'service/1' },
  body: JSON.stringify({
    grant_type: 'refresh_token',
    client_secret: 'simulated-client-secret',
    refresh_token: 'simulated-refresh-token',
  }),
};

/** A venue, its faults, a client and its observers, all from one seed, in virtual time. */
export function accountChaos(seed: number): AccountChaos {
  const draw = random(seed * 13 + 1);
  const { scheduler, pass } = virtualDay();
  const isReloading = seed % 2 === 0;
  const faults = faultsFromSeed(seed, {
    from: 0,
    until: FAULTS_UNTIL,
    count: between(draw, 2, 10),
    faults: isReloading ? [...SEEN, ...UNSEEN] : SEEN,
    targets: ['Order', '5WT00000', 'notifications', 'quote-alerts'],
  });
  const venue = simulatedTastytrade({
    seed,
    scheduler,
    faults,
    accounts: ACCOUNTS,
    activity: pick(draw, [0.3, 1]),
    latency: pick(draw, [0, 20, { least: 1, most: 60 }]),
    numbered: draw() < 0.8,
    // Tokens that are renewed within the run.
    limits: { tokenLife: pick(draw, [20_000, 45_000, 900_000]) },
  });
  const way = wayOf({
    seed,
    scheduler,
    targets: meddled,
    tongue: tastytradeTongue,
    network: venue.network,
    kinds: meddlings.filter((name) => isReloading || !untold.includes(name)),
  });
  const ledger = new Ledger(scheduler.now);
  const provider = unsteadyProvider(way.draw, scheduler, FAULTS_UNTIL);
  const ownLogin = { clientSecret: 'simulated-client-secret', refreshToken: 'simulated-refresh-token' };
  const service = (): Observable<Credential<string>> =>
    provider.around(() => tokenOf(venue.network, tokenRequest, way.clock.now));
  const exchange = tastytrade({
    accounts: ACCOUNTS,
    login: way.isMeddled && way.draw() < 0.4 ? service : ownLogin,
    network: ledger.around(way.network),
    scheduler: way.clock,
    random: random(seed * 17 + 3),
    linger: pick(draw, [0, 1_000]),
    wireLinger: pick(draw, [0, 1_000]),
    ...(isReloading && { reloadEvery: RELOAD_EVERY }),
  });
  const problems: string[] = [];
  const told: unknown[] = [];
  exchange.faults$.subscribe((fault) => {
    told.push(fault);
    // One for each frame that can't be read is no storm.
    if (fault.type !== 'decode') ledger.note('faults');
  });
  exchange.connection$.subscribe((state) => told.push(state));
  let notices = 0;
  const states = new Map<string, AccountState<TastytradeAccount>>();
  const watching: Subscription[] = [];
  const watch = (account: string): void => {
    // Who comes late, while others are there and the state is not known, begins with what comes next.
    const follow = follower(account, problems, way.isMeddled);
    watching.push(
      exchange.account(account).subscribe({
        next: (state) => states.set(account, state),
        error: (error: unknown) => problems.push(`${account} ended with ${String(error)}`),
      }),
      exchange.events(account).subscribe((event) => {
        if (event.type === 'event') notices += 1;
        follow(event);
      }),
    );
  };
  for (const account of ACCOUNTS) scheduler.schedule(() => watch(account), between(draw, 0, 2_000));
  // Refused by chance, and by chance asked for again.
  const alerts = (): void => {
    watching.push(exchange.quoteAlerts().subscribe({ error: (error: unknown) => told.push(String(error)) }));
  };
  scheduler.schedule(alerts, between(draw, 0, 10_000));
  if (draw() < 0.3) scheduler.schedule(() => exchange.resync(), between(draw, 3_000, 20_000));

  let played: Struck = {};
  let recovery = Infinity;
  try {
    const stopMarket = venue.market.run();
    const faultsEnd = Math.max(FAULTS_UNTIL, endOfPlan(faults));
    const crowd = way.isMeddled
      ? restless(streamsOf(exchange), random(seed * 19 + 7), scheduler, faultsEnd)
      : undefined;
    pass(faultsEnd);
    crowd?.stop();
    played = crowd?.played ?? {};
    venue.faults.clear();
    let waited = 0;
    let wrong: readonly string[] = [];
    do {
      pass(250);
      waited += 250;
      wrong = ACCOUNTS.flatMap((account) => differences(venue, account, states.get(account)));
    } while (waited < RECOVERY_BOUND + (way.isMeddled ? HUNG : 0) && wrong.length > 0);
    recovery = waited;
    problems.push(...wrong);
    if (way.isMeddled && problems.length === 0) {
      const ills = (): readonly string[] =>
        ACCOUNTS.flatMap((account) => (states.get(account)?.status === 'live' ? [] : [`${account} is not live`]));
      const restlessness = restlessnessOf(pass, () => told.length, ills);
      if (restlessness !== undefined) problems.push(`${restlessness} ${JSON.stringify(told.slice(-1))}`);
    }
    problems.push(...ledger.storms(BOUNDS));
    stopMarket();
    if (draw() < 0.5) for (const one of watching) one.unsubscribe();
    else exchange.close();
    pass(5_000);
    if (scheduler.actions.length > 0) problems.push(`${scheduler.actions.length} actions are left in the scheduler`);
    if (venue.stats().open > 0) problems.push('a connection is left');
    for (const { limit } of venue.stats().violations) problems.push(`the limit ${limit} was violated`);
    const text = JSON.stringify(told);
    const secrets = [...venue.tokens(), 'simulated-client-secret', 'simulated-refresh-token'];
    for (const secret of secrets) if (text.includes(secret)) problems.push('a secret was told');
  } catch (error) {
    problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  const struck = { ...way.struck(), ...provider.struck(), ...played };
  return { problems, recovery, notices, applied: venue.faults.applied(), meddled: struck, peaks: ledger.peaks() };
}

/** A reset comes first and before each snapshot but those of a schedule; no fill is in an order twice. */
function follower(
  account: string,
  problems: string[],
  isLate: boolean,
): (event: AccountEvent<TastytradeNotice, TastytradeAccount>) => void {
  let hasBegun = isLate;
  return (event) => {
    if (event.type === 'reset') hasBegun = true;
    else if (!hasBegun && event.type === 'event') problems.push(`${account}: an event before any reset`);
    if (event.type !== 'snapshot') return;
    hasBegun = true;
    for (const [id, { order }] of event.value.orders) {
      const ids = fillsOf(order).map(({ fillId }) => fillId);
      if (new Set(ids).size < ids.length) problems.push(`${account}: order ${id} counts a fill twice`);
    }
  };
}

/** What of an account's state is not as the venue has it. */
function differences(
  venue: SimulatedTastytrade,
  account: string,
  state: AccountState<TastytradeAccount> | undefined,
): readonly string[] {
  const truth = venue.trueAccount(account);
  if (state?.status !== 'live' || truth === undefined) return [`${account} is ${state?.status ?? 'not there'}`];
  const { orders, positions, balances, tradingStatus } = state.value;
  const wrong: string[] = [];
  const compare = (what: string, ours: unknown, theirs: unknown): void => {
    const [left, right] = [JSON.stringify(ours), JSON.stringify(theirs)];
    if (left !== right) wrong.push(`${account}: ${what} is ${left}, not ${right}`);
  };
  const known = new Map(truth.orders.map((order) => [String(order['id']), order]));
  const open = truth.orders.filter(({ status }) => !['Filled', 'Cancelled', 'Rejected'].includes(String(status)));
  const ours = [...orders.values()].filter(({ order }) => !isFinal(order)).map(({ order }) => order.id);
  compare('the set of open orders', ours.sort(), open.map(({ id }) => String(id)).sort());
  for (const [id, { order }] of orders) {
    const own = known.get(id);
    compare(`order ${id}`, [order.status, ...fillIds(order.raw, order)], [own?.['status'], ...fillIds(own ?? {})]);
  }
  const held = [...positions.values()].filter(({ size }) => size !== 0);
  const sizes = held.map(({ instrument, size }) => `${instrument} ${size}`).sort();
  const own = truth.positions.map(({ symbol, quantity, 'quantity-direction': direction }) =>
    [symbol, direction === 'Short' ? `-${String(quantity)}` : quantity].join(' '),
  );
  compare('the positions', sizes, own.sort());
  const { 'cash-balance': cash, 'cash-balance-effect': effect } = truth.balances;
  const isOwed = effect === 'Debit' && typeof cash === 'string';
  compare('the cash', balances.get('USD')?.exact.cashBalance, isOwed ? `-${cash}` : cash);
  compare('the count of day trades', tradingStatus?.dayTradeCount, truth.tradingStatus['day-trade-count']);
  return wrong;
}

interface RawLeg {
  readonly fills: readonly { readonly 'fill-id': string }[];
}
/** Ids of the fills: ours where there is an order of ours, else those that the venue lists. */
function fillIds(raw: Readonly<Record<string, unknown>>, order?: Parameters<typeof fillsOf>[0]): readonly string[] {
  if (order !== undefined) return [...fillsOf(order).map(({ fillId }) => fillId)].sort();
  return ((raw['legs'] ?? []) as readonly RawLeg[]).flatMap(({ fills }) => fills.map((fill) => fill['fill-id'])).sort();
}
