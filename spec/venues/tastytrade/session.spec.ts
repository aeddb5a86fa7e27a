import { VirtualTimeScheduler, defer, of, throwError } from 'rxjs';
import type { AccountState } from '../../../lib/model/accountEvent.js';
import type { ConnectionState } from '../../../lib/model/connection.js';
import type { Fault } from '../../../lib/model/fault.js';
import { type FakeNetwork, type FakeWire, fakeNetwork } from '../../../lib/testing/index.js';
import {
  type TastytradeAccount,
  type TastytradeExchange,
  type TastytradeOptions,
  tastytrade,
} from '../../../lib/venues/tastytrade/index.js';
import { examples } from './examples.js';

const ACCOUNT = '5WT00000';
type Json = Readonly<Record<string, unknown>>;

interface Rig {
  readonly exchange: TastytradeExchange;
  readonly network: FakeNetwork;
  readonly faults: Fault[];
  readonly connection: ConnectionState[];
  /** How often a token was asked for. */
  readonly asked: () => number;
  wire(index?: number): FakeWire;
  /** Opens the wire and confirms its `connect`. */
  connect(index?: number): void;
  sent(index?: number): readonly Json[];
  pass(ms: number): void;
}

interface RigConfig extends Partial<TastytradeOptions> {
  /** Whether the n-th request for a token is answered. */
  readonly isAnswered?: (count: number) => boolean;
  /** Answers of the REST side by path, behind the account. */
  readonly answers?: Readonly<Record<string, unknown>>;
}

function rig({ isAnswered = () => true, answers = {}, ...options }: RigConfig = {}): Rig {
  const scheduler = new VirtualTimeScheduler();
  const network = fakeNetwork({
    onOpening: (wire) => scheduler.schedule(() => wire.open()),
    onRequested: (asked) => {
      const path = asked.request.url.replace(/^.*\/accounts\/[^/]+/, '');
      const answer = answers[path] ?? { data: { items: [] } };
      return scheduler.schedule(() => asked.respond(answer), 100);
    },
  });
  let count = 0;
  const exchange = tastytrade({
    accounts: [ACCOUNT],
    login: () =>
      defer(() => {
        count += 1;
        if (!isAnswered(count)) return throwError(() => new Error('no answer'));
        return of({ value: `at-${count}`, expiresAt: scheduler.now() + 900_000 });
      }),
    network,
    scheduler,
    random: () => 0.5,
    linger: 0,
    wireLinger: 0,
    ...options,
  });
  const faults: Fault[] = [];
  const connection: ConnectionState[] = [];
  exchange.faults$.subscribe((fault) => faults.push(fault));
  exchange.connection$.subscribe((state) => connection.push(state));
  const wire = (index = network.wires.length - 1): FakeWire => {
    const found = network.wires[index];
    if (found === undefined) throw new Error(`no wire ${index}`);
    return found;
  };
  const pass = (ms: number): void => {
    scheduler.schedule(() => undefined, ms);
    scheduler.maxFrames = scheduler.now() + ms;
    scheduler.flush();
  };
  const sent = (index?: number): readonly Json[] => wire(index).sent.map((text) => JSON.parse(text) as Json);
  const connect = (index?: number): void => {
    pass(1);
    const id = sent(index).find(({ action }) => action === 'connect')?.['request-id'];
    wire(index).receive({ status: 'ok', action: 'connect', 'web-socket-session-id': 'c', 'request-id': id });
    pass(1);
  };
  return { exchange, network, faults, connection, asked: () => count, wire, connect, sent, pass };
}

/** Lets time pass until there is one more open wire than `before`. */
function awaitWire({ network, pass }: Rig, before: number): void {
  for (let passed = 0; network.wires.length <= before && passed < 120_000; passed += 500) pass(500);
  pass(1);
}

/** Answers every heartbeat that goes out within `ms`. */
function beat({ pass, sent, wire }: Rig, ms: number): void {
  const answered = new Set(sent().map((frame) => frame['request-id']));
  for (let passed = 0; passed < ms; passed += 1_000) {
    pass(1_000);
    for (const { action, 'request-id': id } of sent()) {
      if (action !== 'heartbeat' || answered.has(id)) continue;
      answered.add(id);
      wire().receive({ status: 'ok', action, 'web-socket-session-id': 'c', 'ws-sequence': 3 });
    }
  }
}

describe('a session of tastytrade', () => {
  it('connects first and waits for the answer, then subscribes and beats, with the token in each message', () => {
    const one = rig();
    one.exchange.account().subscribe();
    one.exchange.quoteAlerts().subscribe();
    one.exchange.publicWatchlists().subscribe();
    one.pass(5_000);
    expect(one.sent()).toEqual([{ action: 'connect', value: [ACCOUNT], 'auth-token': 'Bearer at-1', 'request-id': 1 }]);

    one.connect();
    expect(one.sent().slice(1)).toEqual([
      { action: 'quote-alerts-subscribe', 'auth-token': 'Bearer at-1', 'request-id': 2 },
      { action: 'public-watchlists-subscribe', 'auth-token': 'Bearer at-1', 'request-id': 3 },
    ]);
    one
      .wire()
      .receive(
        { status: 'ok', action: 'quote-alerts-subscribe', 'request-id': 2 },
        { status: 'ok', action: 'public-watchlists-subscribe', 'request-id': 3 },
      );

    one.pass(20_000);
    expect(one.sent().slice(3)).toEqual([{ action: 'heartbeat', 'auth-token': 'Bearer at-1', 'request-id': 4 }]);
    one.exchange.close();
  });

  it('plays the transcript with a reconnect: reset, reload, and a look at the order that ended meanwhile', () => {
    const transcript = examples.filter(({ section, from }) => section === '7' && from === 'S');
    const order = transcript.find(({ text }) => text.includes('"type":"Order"'))?.text ?? '';
    const last = transcript.at(-1)?.text ?? '';
    const ended = { ...(JSON.parse(order) as { data: Json }).data, status: 'Filled', 'updated-at': 1789669948471 };
    const position = { 'account-number': ACCOUNT, symbol: 'NOK', quantity: 1, 'quantity-direction': 'Long' };
    const answers: Record<string, unknown> = { '/orders/1': { data: ended } };
    const one = rig({ answers });
    const states: AccountState<TastytradeAccount>[] = [];
    const told: string[] = [];
    one.exchange.account().subscribe((state) => states.push(state));
    one.exchange
      .orders()
      .subscribe((event) =>
        told.push(event.type === 'event' ? event.value.status : event.type === 'reset' ? event.reason : event.type),
      );
    one.connect();
    one.pass(1_000);
    one.wire().receive(order);

    one.wire().lose();
    answers['/positions'] = { data: { items: [position] } };
    one.pass(1_000);
    one.connect();
    one.pass(1_000);
    one.wire().receive(last);

    expect(told).toEqual(['connected', 'snapshot', 'Routed', 'reconnected', 'snapshot']);
    const state = states.at(-1);
    expect(state?.status).toBe('live');
    const value = state?.status === 'live' ? state.value : undefined;
    expect(value?.orders.get('1')).toMatchObject({
      order: { status: 'Filled' },
      steps: [
        { id: '1', status: 'Routed' },
        { id: '1', status: 'Filled' },
      ],
    });
    expect([...(value?.positions.values() ?? [])].map(({ instrument, size }) => [instrument, size])).toEqual([
      ['NOK', 1],
    ]);
    expect(value?.balances.get('')?.pendingCash).toBe(-10.5);
    expect(states.map(({ status }) => status)).toContain('stale');
    one.exchange.close();
  });

  it('takes the notifications of a batch one by one, and the good ones where another is bad', () => {
    const one = rig();
    const types: string[] = [];
    one.exchange.notifications().subscribe(({ type }) => types.push(type));
    one.connect();
    const batch = examples.find(({ text }) => text.startsWith('{"results"'))?.text ?? '';

    one
      .wire()
      .receive(batch, { results: [7, { type: 'Order', data: { id: 1, 'account-number': 'A', status: 'Live' } }] });

    expect(types).toEqual(['position', 'balances', 'order']);
    expect(one.faults.map(({ type }) => type)).toEqual(['decode']);
    one.exchange.close();
  });

  it('loses nothing that comes together with the answer to connect', () => {
    const one = rig();
    const seen: unknown[] = [];
    one.exchange.notifications().subscribe(({ sequence }) => seen.push(sequence));
    one.exchange.orderChains().subscribe(({ id }) => seen.push(id));
    one.pass(1);
    const chain = (id: string, sequence: number): Json => ({
      type: 'OrderChain',
      data: { id, 'account-number': ACCOUNT },
      'ws-sequence': sequence,
    });

    one.wire().receive({ status: 'ok', action: 'connect', 'request-id': 1 }, chain('a', 2), chain('b', 3));
    one.pass(1);
    one.wire().receive(chain('c', 4));

    expect(seen).toEqual([2, 'a', 3, 'b', 4, 'c']);
    one.exchange.close();
  });

  it('gives an error reply to the subscription concerned, by id and without', () => {
    const one = rig();
    const errors: string[] = [];
    const fails = { error: (error: unknown) => errors.push(String(error)) };
    one.exchange.account().subscribe(fails);
    one.exchange.quoteAlerts().subscribe(fails);
    one.exchange.publicWatchlists().subscribe(fails);
    one.exchange.userMessages('U1').subscribe(fails);
    one.connect();
    const id = one.sent().find(({ action }) => action === 'user-message-subscribe')?.['request-id'];

    one
      .wire()
      .receive(
        { status: 'error', action: 'quote-alerts-subscribe', message: 'not for you' },
        { status: 'error', action: 'user-message-subscribe', 'request-id': id, message: 'who?' },
        { status: 'error', action: 'heartbeat', message: 'odd' },
      );

    expect(errors).toEqual([
      'SubscriptionRefusedError: tastytrade refused quoteAlerts: not for you',
      'SubscriptionRefusedError: tastytrade refused userMessages U1: who?',
    ]);
    expect(one.faults.map(({ message }) => message)).toContain('tastytrade: heartbeat: odd');
    one.exchange.close();
  });

  it('subscribes once for all observers, and not again when one comes back: there is no unsubscribing', () => {
    const one = rig({ linger: 500 });
    const alerts: string[] = [];
    const watch = () => one.exchange.quoteAlerts().subscribe(({ alertExternalId }) => alerts.push(alertExternalId));
    one.exchange.account().subscribe();
    const watching = [watch(), watch()];
    one.connect();
    one.wire().receive({ status: 'ok', action: 'quote-alerts-subscribe', 'request-id': 2 });
    const alert = examples.find(({ text }) => text.includes('alert-2'))?.text;
    one.wire().receive(alert);
    for (const each of watching) each.unsubscribe();
    one.pass(1_000);
    one.wire().receive(alert);
    watch();
    one.pass(1_000);
    one.wire().receive(alert);

    expect(alerts).toEqual(['alert-2', 'alert-2', 'alert-2']);
    expect(one.sent().filter(({ action }) => action === 'quote-alerts-subscribe')).toHaveLength(1);
    one.exchange.close();
  });

  it('tells user messages by what is no known type', () => {
    const one = rig();
    const told: unknown[] = [];
    one.exchange.userMessages('U1').subscribe(({ name, value }) => told.push([name, value]));
    one.connect();
    expect(one.sent().at(-1)).toMatchObject({ action: 'user-message-subscribe', value: 'U1' });

    one.wire().receive({ type: 'Whatever', data: { a: 1 } }, { type: 'Order', data: { id: 1 } });

    expect(told).toEqual([['Whatever', { a: 1 }]]);
    one.exchange.close();
  });
});

describe('the heartbeat', () => {
  it('goes on where a reply is lost, and ends the session where two intervals and a question are not answered', () => {
    const one = rig();
    one.exchange.account().subscribe();
    one.connect();
    one.pass(39_000);
    // The reply to the first was lost.
    one.pass(2_500);
    one.wire().receive({ status: 'ok', action: 'heartbeat', 'ws-sequence': 3 });
    beat(one, 120_000);
    expect(one.connection.map(({ status }) => status)).toEqual(['connecting', 'ready']);

    one.pass(50_500);

    expect(one.connection.find(({ status }) => status === 'lost')).toMatchObject({ reason: 'silent' });
    one.exchange.close();
  });

  it.each([
    ['failed', 'auth'],
    ['not-implemented', 'handshake'],
    ['connect-not-completed', 'handshake'],
  ])(
    'that is refused as what has no rights (%s) ends the session: nothing is sure to be told on it',
    (message, reason) => {
      const one = rig();
      const states: string[] = [];
      one.exchange.account().subscribe(({ status }) => states.push(status));
      one.connect();
      one.pass(20_000);
      expect(states.at(-1)).toBe('live');

      one.wire().receive({ status: 'error', action: 'heartbeat', message });
      expect(states.at(-1)).toBe('stale');
      expect(one.connection.find(({ status }) => status === 'lost')).toMatchObject({ reason });

      awaitWire(one, 1);
      one.connect(1);
      one.pass(1_000);
      expect(states.at(-1)).toBe('live');
      one.exchange.close();
    },
  );
});

describe('what is no JSON', () => {
  it.each([
    ['while a heartbeat is to be answered may be its refusal: the session ends', '', true],
    ['after the answer costs itself, and has the account loaded again', 'ok', false],
  ])('%s', (_, status, isEnd) => {
    const one = rig();
    const states: string[] = [];
    one.exchange.account().subscribe((state) => states.push(state.status));
    one.connect();
    one.pass(20_000);
    if (status !== '') one.wire().receive({ status, action: 'heartbeat', 'ws-sequence': 3 });

    one.wire().receive('\ufeff{"status":"error","action":"heartbeat","message":"connect-not-completed"}');

    expect(states.at(-1)).toBe('stale');
    expect(one.connection.map((state) => state.status).includes('lost')).toBe(isEnd);
    expect(one.faults.some(({ type }) => type === 'decode')).toBe(!isEnd);
    one.exchange.close();
  });
});

describe('the token', () => {
  it('is renewed ahead of its end, without a pause, and sent from then on', () => {
    const one = rig();
    one.exchange.account().subscribe();
    one.connect();

    beat(one, 3_600_000);

    expect(one.connection.map(({ status }) => status)).toEqual(['connecting', 'ready']);
    const tokens = one.sent().map((frame) => frame['auth-token']);
    expect([...new Set(tokens)]).toEqual(['Bearer at-1', 'Bearer at-2', 'Bearer at-3', 'Bearer at-4', 'Bearer at-5']);
    one.exchange.close();
  });

  it('that can not be renewed ends no working stream: the old one is sent until there is another', () => {
    const one = rig({ isAnswered: (count) => count === 1 || count > 12 });
    one.exchange.account().subscribe();
    one.connect();

    beat(one, 2_000_000);

    expect(one.connection.map(({ status }) => status)).toEqual(['connecting', 'ready']);
    expect(one.faults.map(({ type }) => type)).toContain('credentials');
    expect(one.sent().at(-1)?.['auth-token']).toMatch(/^Bearer at-1\d$/);
    one.exchange.close();
  });

  it('that is refused is replaced by fresh ones, after growing pauses: only who gives them can say that there are none', () => {
    const one = rig();
    const errors: string[] = [];
    const states: string[] = [];
    one.exchange
      .account()
      .subscribe({ next: ({ status }) => states.push(status), error: (error: unknown) => errors.push(String(error)) });
    for (const before of [0, 1, 2, 3]) {
      awaitWire(one, before);
      one.wire().receive({ status: 'error', action: 'connect', 'web-socket-session-id': '4', message: 'failed' });
    }
    const asked = one.asked();
    one.pass(4_000);

    expect([errors, asked, one.asked()]).toEqual([[], 4, 4]);

    awaitWire(one, 4);
    one.connect();
    one.pass(1_000);
    expect([states.at(-1), one.asked()]).toEqual(['live', 5]);
    one.exchange.close();
  });

  it('refused once, taken the next time, may be refused again later', () => {
    const one = rig();
    const errors: unknown[] = [];
    one.exchange.account().subscribe({ error: (error: unknown) => errors.push(error) });
    for (const before of [0, 2, 4]) {
      awaitWire(one, before);
      one.wire().receive({ status: 'error', action: 'connect', message: 'failed' });
      awaitWire(one, before + 1);
      one.connect();
      expect(one.connection.at(-1)?.status).toBe('ready');
      one.wire().lose();
    }

    expect(errors).toEqual([]);
    one.exchange.close();
  });

  it('of a login that is refused ends the streams with a typed error that tells no secret', () => {
    const login = { clientSecret: 'cs-secret-1', refreshToken: 'rt-secret-2' };
    const answers = {
      'https://api.tastyworks.com/oauth/token': { status: 401, headers: {}, body: '{"error":"rt-secret-2?"}' },
    };
    const one = rig({ login, answers });
    const errors: string[] = [];
    one.exchange.account().subscribe({ error: (error: unknown) => errors.push(String(error)) });
    one.pass(1_000);

    expect(one.network.requests[0]?.request.body).toBe(
      '{"grant_type":"refresh_token","client_secret":"cs-secret-1","refresh_token":"rt-secret-2"}',
    );
    expect(errors).toEqual([
      'AuthenticationRefusedError: tastytrade refused the credentials: the login was refused with status 401',
    ]);
    expect(JSON.stringify([one.faults, one.connection])).not.toContain('secret');
  });
});

describe('an account', () => {
  it('that is not ours ends its streams with a refusal, and no others', () => {
    const one = rig({ answers: { '/positions': { status: 403, headers: {}, body: '{"error":{"code":"no"}}' } } });
    const errors: string[] = [];
    one.exchange.account().subscribe({ error: (error: unknown) => errors.push(String(error)) });
    one.exchange.notifications().subscribe({ error: (error: unknown) => errors.push(String(error)) });
    one.connect();
    one.pass(1_000);

    expect(errors).toEqual(['SubscriptionRefusedError: tastytrade refused 5WT00000: {"error":{"code":"no"}}']);
    one.exchange.close();
  });

  it.each(
    [
      ...['<html><h1>Forbidden</h1></html>', '', 'Forbidden', '{}'].map((body) => [body, {}] as const),
      ['{"error":{"code":"busy"}}', { 'retry-after': '2' }] as const,
    ].flatMap(([body, headers]) =>
      ['/positions', 'https://api.tastyworks.com/oauth/token'].map((path) => [body, headers, path] as const),
    ),
  )(
    'is asked for again where %j %j, no refusal of the venue’s for good, stands in the way of %s',
    (body, headers, path) => {
      const page = { status: path === '/positions' ? 403 : 401, headers, body };
      const login = { clientSecret: 'cs-secret-1', refreshToken: 'rt-secret-2' };
      const one = rig({ answers: { [path]: page }, ...(page.status === 401 && { login }) });
      const errors: string[] = [];
      one.exchange.account().subscribe({ error: (error: unknown) => errors.push(String(error)) });
      if (page.status === 403) one.connect();
      one.pass(120_000);

      const asked = one.network.requests.filter(({ request }) => request.url.endsWith(path)).length;
      expect([errors, asked > 1, asked < 40]).toEqual([[], true, true]);
      expect(one.faults.length).toBeGreaterThan(1);
      one.exchange.close();
    },
  );

  it('takes the newer of two rows of one position or currency, in whatever order a load has them', () => {
    const at = ['2026-09-17T18:32:28.490+00:00', '2026-09-17T18:32:28.435+00:00'];
    const rows = (more: (n: number) => Json): Json => ({
      data: { items: at.map((time, n) => ({ 'account-number': ACCOUNT, 'updated-at': time, ...more(n) })) },
    });
    const one = rig({
      answers: {
        '/positions': rows((n) => ({ symbol: 'NOK', quantity: n, 'quantity-direction': n === 0 ? 'Zero' : 'Long' })),
        '/balances': rows((n) => ({ currency: 'USD', 'cash-balance': `${n}.0` })),
      },
    });
    const told: unknown[] = [];
    one.exchange.account().subscribe((state) => {
      if (state.status === 'live')
        told.push([state.value.positions.get('NOK|')?.size, state.value.balances.get('USD')?.cashBalance]);
    });
    one.connect();
    one.pass(1_000);
    expect(told).toEqual([[0, 0]]);
    one.exchange.close();
  });

  it('keeps what it was told where a load has an older row of it', () => {
    const [old, present] = ['2026-09-17T18:32:28.435+00:00', '2026-09-17T18:32:28.490+00:00'];
    const of = (at: string, more: Json): Json => ({ 'account-number': ACCOUNT, 'updated-at': at, ...more });
    const position = (at: string, quantity: number): Json =>
      of(at, { symbol: 'NOK', 'instrument-type': 'Equity', quantity, 'quantity-direction': 'Long' });
    const one = rig({
      answers: {
        '/positions': { data: { items: [position(old, 1)] } },
        '/balances': { data: of(old, { currency: 'USD', 'cash-balance': '1.0' }) },
        '/trading-status': { data: of(old, { 'day-trade-count': 1 }) },
      },
    });
    const states: AccountState<TastytradeAccount>[] = [];
    one.exchange.account().subscribe((state) => states.push(state));
    one.connect();
    one.pass(1_000);
    one
      .wire()
      .receive(
        { type: 'CurrentPosition', data: position(present, 2) },
        { type: 'AccountBalance', data: of(present, { currency: 'USD', 'cash-balance': '2.0' }) },
        { type: 'TradingStatus', data: of(present, { 'day-trade-count': 2 }) },
      );
    one.exchange.resync();
    one.pass(1_000);

    const state = states.at(-1);
    const value = state?.status === 'live' ? state.value : undefined;
    expect(value?.positions.get('NOK|Equity')?.size).toBe(2);
    expect(value?.balances.get('USD')?.cashBalance).toBe(2);
    expect(value?.tradingStatus?.dayTradeCount).toBe(2);
    one.exchange.close();
  });

  it('is loaded once more where soon after a load something opens that it did not have: it may be from before', () => {
    const order = (status: string): Json => ({ id: 7, 'account-number': ACCOUNT, status, 'updated-at': 1 });
    const answers: Record<string, unknown> = { '/orders/7': { data: order('Expired') } };
    const one = rig({ answers });
    const states: AccountState<TastytradeAccount>[] = [];
    one.exchange.account().subscribe((state) => states.push(state));
    one.connect();
    one.pass(1_000);
    const position = { 'account-number': ACCOUNT, symbol: 'NOK', quantity: 1, 'quantity-direction': 'Long' };
    one.wire().receive({ type: 'Order', data: order('Routed') }, { type: 'CurrentPosition', data: position });
    const loads = (): number => one.network.requests.filter(({ request }) => request.url.endsWith('/live')).length;
    const before = loads();
    beat(one, 25_000);

    const state = states.at(-1);
    const value = state?.status === 'live' ? state.value : undefined;
    expect(value?.orders.get('7')?.order.status).toBe('Expired');
    expect(value?.positions.get('NOK|')?.size).toBe(0);
    expect(loads()).toBe(before + 2);

    one.wire().receive({ type: 'Order', data: { ...order('Live'), id: 8 } });
    beat(one, 60_000);
    expect(loads()).toBe(before + 2);
    one.exchange.close();
  });

  it('is loaded once more where a complex order opens so, also around a load that was due for another reason', () => {
    const complex: Json = {
      id: 9,
      'account-number': ACCOUNT,
      orders: [{ id: 7, 'account-number': ACCOUNT, status: 'Live', 'updated-at': 1 }],
    };
    const one = rig();
    const states: AccountState<TastytradeAccount>[] = [];
    one.exchange.account().subscribe((state) => states.push(state));
    one.connect();
    one.pass(1_000);
    // What can't be read has it loaded again, and what was over before is told meanwhile.
    one.wire().receive({ type: 'Order', data: { id: 8, 'account-number': ACCOUNT, status: 'Live', legs: 7 } });
    one.wire().receive({ type: 'ComplexOrder', data: complex });
    beat(one, 5_000);
    const open = (): number => {
      const state = states.at(-1);
      return state?.status === 'live' ? state.value.complexOrders.size : -1;
    };
    expect(open()).toBe(1);
    beat(one, 25_000);
    expect(open()).toBe(0);
    one.exchange.close();
  });

  it.each([
    ['told closed', true],
    ['gone from a load', false],
  ])('does not open a position again that is %s, by what comes late', (_, isTold) => {
    const [opened, closed] = ['2026-09-17T18:32:28.435+00:00', '2026-09-17T18:32:28.490+00:00'];
    const position = (at: string, quantity: number): Json => ({
      type: 'CurrentPosition',
      data: {
        'account-number': ACCOUNT,
        symbol: 'NOK',
        'instrument-type': 'Equity',
        quantity,
        'quantity-direction': quantity === 0 ? 'Zero' : 'Short',
        'updated-at': at,
      },
    });
    const one = rig();
    const sizes: unknown[] = [];
    one.exchange.account().subscribe((state) => {
      if (state.status === 'live') sizes.push(state.value.positions.get('NOK|Equity')?.size);
    });
    one.connect();
    one.pass(1_000);
    one.wire().receive(position(opened, 3));
    if (isTold) one.wire().receive(position(closed, 0));
    one.exchange.resync();
    one.pass(1_000);
    one.wire().receive(position(opened, 3));

    expect([sizes.includes(-3), sizes.at(-1)]).toEqual([true, 0]);

    one.wire().receive(position('2026-09-17T18:32:29.000+00:00', 4));
    expect(sizes.at(-1)).toBe(-4);
    one.exchange.close();
  });

  it.each([
    [{ accounts: [] }, 'accounts: expected at least one account number, got "[]"'],
    [{ accounts: ['a b'] }, 'accounts: expected at least one account number, got "a b"'],
    [{ heartbeatEvery: 60_001 }, 'heartbeatEvery: expected a number of ms from 2000 to 55000, got 60001'],
    [{ reloadEvery: 0 }, 'reloadEvery: expected a number of ms above 0, got 0'],
    [
      { login: { clientSecret: '', refreshToken: 'secret' } },
      'login: expected a client secret and a refresh token, got "an empty one"',
    ],
  ])('is not opened with %j', (options, message) => {
    expect(() => rig(options)).toThrow(message);
  });

  it('has to be named where there are several, and to be one of them', () => {
    const one = rig({ accounts: ['A', 'B'] });

    expect(() => one.exchange.account()).toThrow('account: expected one of A, B, got undefined');
    expect(() => one.exchange.orders('C')).toThrow('account: expected one of A, B, got "C"');
  });

  it('gives market data a token of its own', () => {
    const answer = {
      data: { token: 'qt-1', 'dxlink-url': 'wss://x/delayed', level: 'demo' },
      context: '/api-quote-tokens',
    };
    const one = rig({ answers: { 'https://api.tastyworks.com/api-quote-tokens': answer } });
    const tokens: unknown[] = [];
    one.exchange.quoteToken().subscribe((token) => tokens.push(token));
    one.pass(1_000);

    expect(one.network.requests[0]?.request.headers).toMatchObject({
      authorization: 'Bearer at-1',
      'user-agent': 'millrace/0',
    });
    expect(tokens).toMatchObject([{ token: 'qt-1', url: 'wss://x/delayed', level: 'demo', delayed: true }]);
  });
});
