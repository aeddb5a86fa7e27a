import { Observable, firstValueFrom } from 'rxjs';
import { serve } from '../../../lib/node/serve.js';
import { wsNetwork } from '../../../lib/node/wsNetwork.js';
import { parseFaults, simulatedTastytrade } from '../../../lib/simulation/index.js';
import {
  balanceKeys,
  capturedBalanceKeys,
  computedKeys,
  keysOf,
  nodeKeys,
  orderKeysFor,
  orderKeysOf,
  positionKeys,
  statusKeys,
} from './keys.js';
import { examples } from '../../venues/tastytrade/examples.js';
import { ACCOUNT, type Json, LOGIN, stage } from './stage.js';

/** An amount by its effect: the venue writes no sign. */
const signed = (words: Json, name: string): number =>
  Number(words[name]) * (words[`${name}-effect`] === 'Debit' ? -1 : 1);
const waysOf = (position: Json): number => (position['quantity-direction'] === 'Short' ? -1 : 1);

describe('the simulated tastytrade', () => {
  it('gives a token at the top level, and none for another secret', () => {
    const { ask, bodyOf } = stage();

    const answer = ask({ method: 'POST', path: '/oauth/token', body: LOGIN });
    expect(bodyOf(answer)).toMatchObject({ token_type: 'Bearer', expires_in: 900 });
    const refused = ask({ method: 'POST', path: '/oauth/token', body: LOGIN.replace('simulated-refresh', 'other') });
    expect([refused.status, bodyOf(refused)]).toEqual([
      401,
      { error: { code: 'invalid_grant', message: 'Grant revoked' } },
    ]);
  });

  it('answers requests with a token, wrapped in data, and 401 without', () => {
    const { ask, bodyOf, login } = stage();
    const headers = { Authorization: `Bearer ${login()}` };
    const get = (path: string): Json => bodyOf(ask({ method: 'GET', path, headers }));

    expect(ask({ method: 'GET', path: `/accounts/${ACCOUNT}/positions` }).status).toBe(401);
    expect(get(`/accounts/${ACCOUNT}/positions`)).toEqual({
      data: { items: [] },
      context: `/accounts/${ACCOUNT}/positions`,
    });
    expect(get(`/accounts/${ACCOUNT}/balances`)).toMatchObject({ data: { 'cash-balance': '10000.0' } });
    expect(get('/customers/me/accounts')).toMatchObject({
      data: { items: [{ account: { 'account-number': ACCOUNT } }, { account: { 'account-number': '5WT00001' } }] },
    });
    expect(get('/api-quote-tokens')).toMatchObject({
      data: { 'dxlink-url': 'wss://dxlink.invalid/realtime', level: 'api' },
    });
    expect(ask({ method: 'GET', path: '/accounts/other/positions', headers }).status).toBe(403);
    expect(ask({ method: 'GET', path: `/accounts/${ACCOUNT}/orders/7`, headers }).status).toBe(404);
  });

  it('tells the step of a price, whatever the price', () => {
    const { ask, bodyOf, login } = stage();
    const headers = { Authorization: `Bearer ${login()}` };

    expect(bodyOf(ask({ method: 'GET', path: '/instruments/equities/AAPL', headers }))).toMatchObject({
      data: { 'tick-sizes': [{ value: '0.0001', threshold: '1.0' }, { value: '0.01' }] },
    });
  });

  it('answers every request of the page once it is connected', () => {
    const { login, open } = stage();
    const client = open();
    const token = `Bearer ${login()}`;
    const requests = examples.filter(({ section, from }) => section === '6.1' && from === 'C').slice(0, 6);

    for (const { text } of requests) {
      const request = { ...(JSON.parse(text) as Json), 'auth-token': token };
      const reply = client.say(request);
      expect(reply).toMatchObject({ status: 'ok', action: (request as Json)['action'] });
      if (!('ws-sequence' in (reply ?? {}))) expect(reply?.['request-id']).toBe((request as Json)['request-id']);
    }
    expect(new Set(client.frames.map((frame) => frame['web-socket-session-id'])).size).toBe(1);
  });

  it('refuses what comes before connect, and tokens without Bearer, in the captured words', () => {
    const { login, open, pass } = stage();
    const client = open();
    const token = login();
    const say = (action: string, header = `Bearer ${token}`): Json | undefined =>
      client.say({ action, value: [ACCOUNT], 'auth-token': header, 'request-id': 1 });

    expect(say('heartbeat')).toMatchObject({ status: 'error', message: 'not-implemented', 'request-id': 1 });
    expect(say('quote-alerts-subscribe')).toMatchObject({ status: 'error', message: 'connect-not-completed' });
    expect(say('connect', token)).toMatchObject({ status: 'error', action: 'connect', message: 'failed' });
    expect(say('connect', token)).not.toHaveProperty('request-id');
    expect(client.say({ action: 'connect', value: ['other'], 'auth-token': `Bearer ${token}` })).toMatchObject({
      message: 'failed',
    });
    expect(say('connect')).toMatchObject({ status: 'ok', value: [ACCOUNT] });
    expect(say('nonsense')).toMatchObject({ status: 'error', message: 'not-implemented' });

    for (let minute = 0; minute < 18; minute += 1) {
      pass(50_000);
      say('heartbeat');
    }
    expect(say('heartbeat')).toMatchObject({ status: 'error', message: 'failed' });
  });

  it('closes a connection whose client says nothing for a minute', () => {
    const { venue, open, pass } = stage();
    const client = open();

    pass(59_000);
    expect(client.codes).toEqual([]);
    pass(2_000);

    expect(client.codes).toEqual([1001]);
    expect(venue.stats().violations.map(({ limit }) => limit)).toEqual(['silence']);
  });

  it('tells each client its own accounts, numbered from 2, and nothing of what was before', () => {
    const { venue, login, open, pass } = stage({ activity: 2 });
    const [one, other] = [open(), open()];
    const token = `Bearer ${login()}`;
    one.say({ action: 'connect', value: ACCOUNT, 'auth-token': token, 'request-id': 1 });
    other.say({ action: 'connect', value: ['5WT00001'], 'auth-token': token, 'request-id': 1 });
    pass(20_000);

    const told = one.frames.filter((frame) => 'type' in frame);
    expect(told.length).toBeGreaterThan(20);
    expect(told.map((frame) => frame['ws-sequence'])).toEqual(told.map((_, index) => index + 2));
    expect(new Set(told.map((frame) => (frame['data'] as Json)['account-number']))).toEqual(new Set([ACCOUNT]));
    expect(other.frames.length).toBeGreaterThan(20);
    const late = open();
    pass(50);
    expect(late.frames).toEqual([]);
    expect(venue.trueAccount(ACCOUNT)?.orders.length).toBeGreaterThan(5);
  });

  it('does what each of its own faults says', () => {
    const faults = parseFaults(
      'batch@0s+60sx3,repeatedFills@0s+60sx1,fewerFills@0s+60sx1,lostHeartbeat@0s+60sx1,anonymousError@0s+60sx1',
    );
    const { venue, login, open, pass } = stage({ activity: 2, faults });
    const client = open();
    const token = `Bearer ${login()}`;
    client.say({ action: 'connect', value: ACCOUNT, 'auth-token': token, 'request-id': 1 });
    const before = client.frames.length;
    client.say({ action: 'heartbeat', 'auth-token': token, 'request-id': 2 });
    expect(client.frames.slice(before).filter((frame) => 'action' in frame)).toEqual([]);
    expect(client.say({ action: 'quote-alerts-subscribe', 'auth-token': token, 'request-id': 3 })).toMatchObject({
      status: 'error',
      message: 'failed',
    });
    pass(20_000);

    expect(venue.faults.applied()).toMatchObject({ batch: 3, repeatedFills: 1, fewerFills: 1, lostHeartbeat: 1 });
    expect(client.frames.filter((frame) => Array.isArray(frame['results']))).toHaveLength(3);
  });

  it('tells every kind of thing with all keys that the venue has, by request and on the stream', () => {
    const { ask, bodyOf, login, open, pass } = stage({ activity: 50 });
    const token = login();
    const client = open();
    client.say({ action: 'connect', value: [ACCOUNT], 'auth-token': `Bearer ${token}`, 'request-id': 1 });
    for (const action of ['quote-alerts-subscribe', 'public-watchlists-subscribe', 'user-message-subscribe']) {
      client.say({ action, value: 'U0001', 'auth-token': `Bearer ${token}` });
    }
    pass(50_000);

    const told = new Map<string, Set<string>>();
    for (const { type, data } of client.frames) {
      if (typeof type !== 'string') continue;
      const keys = type === 'Order' ? orderKeysFor(data as Json) : keysOf[type];
      const lacking = keys?.filter((key) => !(key in (data as Json))) ?? ['what is it'];
      told.set(type, new Set([...(told.get(type) ?? []), ...lacking]));
    }
    expect(Object.fromEntries([...told].map(([type, lacking]) => [type, [...lacking]]))).toEqual(
      Object.fromEntries(Object.keys(keysOf).map((type) => [type, []])),
    );

    const get = (path: string): Json =>
      bodyOf(ask({ method: 'GET', path, headers: { authorization: `Bearer ${token}` } }));
    const dataOf = (path: string): Json => get(`/accounts/${ACCOUNT}/${path}`)['data'] as Json;
    expect(Object.keys(dataOf('balances'))).toEqual(expect.arrayContaining([...balanceKeys]));
    expect(Object.keys(dataOf('trading-status'))).toEqual(expect.arrayContaining([...statusKeys]));
    const positions = (dataOf('positions') as { items: readonly Json[] }).items;
    expect(positions.length).toBeGreaterThan(0);
    for (const one of positions) expect(Object.keys(one)).toEqual(expect.arrayContaining([...positionKeys]));
    expect(get('/customers/me/accounts')).toMatchObject({
      data: {
        items: [
          { account: { 'account-number': ACCOUNT, 'is-closed': false }, 'authority-level': 'owner' },
          { account: { 'is-closed': false } },
        ],
      },
    });
  });

  it('answers for balances, positions and orders what follows from the fills and deposits that it told', () => {
    let owed = 0;
    for (let seed = 1; seed <= 6; seed += 1) {
      const { ask, bodyOf, login, open, pass } = stage({ activity: 50, seed });
      const token = `Bearer ${login()}`;
      const client = open();
      client.say({ action: 'connect', value: [ACCOUNT], 'auth-token': token, 'request-id': 1 });
      pass(50_000);
      const dataOf = (path: string): Json => {
        const headers = { authorization: token };
        return bodyOf(ask({ method: 'GET', path: `/accounts/${ACCOUNT}/${path}`, headers }))['data'] as Json;
      };
      const told = (kind: string): readonly Json[] =>
        client.frames.filter(({ type }) => type === kind).map(({ data }) => data as Json);
      const itemsOf = (path: string): readonly Json[] => dataOf(path)['items'] as readonly Json[];
      const balances = dataOf('balances');
      const positions = itemsOf('positions');
      const live = itemsOf('orders/live');

      const orders = [...new Map(told('Order').map((order) => [order['id'], order])).values()];
      const fills = orders.flatMap((order) =>
        (order['legs'] as readonly Json[]).flatMap((leg) =>
          (leg['fills'] as readonly Json[]).map((fill) => {
            const size = Number(fill['quantity']) * (String(leg['action']).startsWith('Buy') ? 1 : -1);
            return { symbol: String(leg['symbol']), size, cost: size * Number(fill['fill-price']) };
          }),
        ),
      );
      const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
      const cash =
        10_000 +
        sum(told('ExternalTransaction').map(({ amount }) => Number(amount))) -
        sum(fills.map(({ cost }) => cost));
      if (cash < 0) owed += 1;
      expect(signed(balances, 'cash-balance')).toBeCloseTo(cash, 6);
      expect(signed(told('AccountBalance').at(-1) ?? {}, 'cash-balance')).toBeCloseTo(cash, 6);
      const worth = sum(positions.map((one) => waysOf(one) * Math.abs(Number(one['mark']))));
      expect(signed(balances, 'net-liquidating-value')).toBeCloseTo(cash + worth, 6);
      expect(signed(balances, 'equity-buying-power')).toBeCloseTo(Math.max(0, 2 * cash), 6);
      expect(Object.values(balances).filter((value) => String(value).startsWith('-'))).toEqual([]);

      const held = new Map<string, number>();
      for (const { symbol, size } of fills) held.set(symbol, (held.get(symbol) ?? 0) + size);
      const shown = positions.map((one) => [one['symbol'], waysOf(one) * Number(one['quantity'])]);
      expect(new Map(shown as [string, number][])).toEqual(new Map([...held].filter(([, size]) => size !== 0)));
      for (const one of positions) {
        const last = told('CurrentPosition').filter(({ symbol }) => symbol === one['symbol']);
        expect({ ...one, 'updated-at': 0 }).toEqual({ ...last.at(-1), 'updated-at': 0 });
      }
      const left = orders.filter((order) => !('terminal-at' in order)).map(({ id }) => id);
      expect(live.map(({ id }) => id).sort()).toEqual(left.sort());
    }
    expect(owed).toBeGreaterThan(0);
  });

  it('has each of the keys of a real answer about balances', () => {
    const { ask, bodyOf, login } = stage();
    const headers = { authorization: `Bearer ${login()}` };

    const balances = bodyOf(ask({ method: 'GET', path: `/accounts/${ACCOUNT}/balances`, headers }))['data'] as Json;
    expect(capturedBalanceKeys).toHaveLength(58);
    expect(Object.keys(balances)).toEqual(expect.arrayContaining([...capturedBalanceKeys]));
  });

  it('tells an order under the keys that captured orders of its status have, and with ids that stay', () => {
    const { login, open, pass } = stage({ activity: 50 });
    const client = open();
    client.say({ action: 'connect', value: [ACCOUNT], 'auth-token': `Bearer ${login()}`, 'request-id': 1 });
    pass(50_000);

    const orders = client.frames.filter(({ type }) => type === 'Order').map(({ data }) => data as Json);
    const byStatus = new Map<unknown, Set<string>>();
    for (const order of orders) {
      const optional = ['replaces-order-id', 'replacing-order-id', 'complex-order-id', 'complex-order-tag'];
      const more = Object.keys(order).filter((key) => !orderKeysFor(order).includes(key) && !optional.includes(key));
      const { status } = order;
      byStatus.set(status, new Set([...(byStatus.get(status) ?? []), more.sort().join()]));
    }
    expect(Object.fromEntries(byStatus)).toEqual(
      Object.fromEntries(
        Object.entries(orderKeysOf).map(([status, keys]) => [status, new Set([[...keys].sort().join()])]),
      ),
    );
    for (const key of ['global-request-id', 'ext-client-order-id']) {
      const ids = new Set(orders.filter((order) => key in order).map((order) => order[key]));
      const pairs = new Set(
        orders.filter((order) => key in order).map(({ id, [key]: one }) => `${String(id)} ${String(one)}`),
      );
      const numbers = new Set(orders.filter((order) => key in order).map(({ id }) => id));
      expect([ids.size, pairs.size]).toEqual([numbers.size, numbers.size]);
    }
    expect(orders[0]?.['global-request-id']).toMatch(/^[0-9a-f]{32}$/);
    expect(orders.find(({ status }) => status === 'Live')?.['ext-client-order-id']).toMatch(/^\w{18}$/);
  });

  it('tells a chain after each fill, whose end is a position that is none', () => {
    const { login, open, pass } = stage({ activity: 50 });
    const client = open();
    client.say({ action: 'connect', value: [ACCOUNT], 'auth-token': `Bearer ${login()}`, 'request-id': 1 });
    pass(50_000);

    const of = (kind: string): readonly Json[] =>
      client.frames.filter(({ type }) => type === kind).map(({ data }) => data as Json);
    const chains = of('OrderChain');
    expect(chains.length).toBeGreaterThan(20);
    expect(chains.length).toBe(of('UnderlyingYearGainSummary').length);
    const sizes = of('CurrentPosition').map(({ quantity, 'quantity-direction': way }) =>
      way === 'Short' ? -Number(quantity) : Number(quantity),
    );
    chains.forEach((chain, index) => {
      const computed = chain['computed-data'] as Json;
      const nodes = chain['lite-nodes'] as readonly Json[];
      expect(Object.keys(computed)).toEqual(expect.arrayContaining([...computedKeys]));
      for (const node of nodes) expect(Object.keys(node)).toEqual(expect.arrayContaining([...nodeKeys]));
      const entries = computed['open-entries'] as readonly Json[];
      expect([computed['open'], Number(entries[0]?.['quantity-numeric'] ?? 0)]).toEqual([
        sizes[index] !== 0,
        sizes[index],
      ]);
      expect(chain['lite-nodes-sizes']).toBe(nodes.length);
      expect(computed['opened-at']).toMatch(/\+0000$/);
    });
    expect(chains.some((chain) => (chain['computed-data'] as Json)['open'] === false)).toBe(true);
  });

  it('names the dxLink that it is told to name, at the time when it is asked', () => {
    let port = 0;
    const { ask, bodyOf, login } = stage({ dxlinkUrl: () => `ws://127.0.0.1:${String(port)}` });
    const authorization = `Bearer ${login()}`;
    port = 4_711;

    const answer = ask({ method: 'GET', path: '/api-quote-tokens', headers: { authorization } });
    expect(bodyOf(answer)).toMatchObject({ data: { 'dxlink-url': 'ws://127.0.0.1:4711' } });
  });
});

it('is to be had over real sockets, too', async () => {
  const venue = simulatedTastytrade({ activity: 20 });
  const served = await serve(venue);
  try {
    const response = await fetch(`${served.httpUrl}/oauth/token`, { method: 'POST', body: LOGIN });
    const { access_token: token } = (await response.json()) as { access_token: string };
    const types = await firstValueFrom(
      new Observable<readonly unknown[]>((subscriber) => {
        const told: unknown[] = [];
        return wsNetwork()
          .open({ url: served.url })
          .subscribe((wire) => {
            subscriber.add(
              wire.messages.subscribe((text) => {
                const frame = JSON.parse(text) as Json;
                told.push(frame['action'] ?? frame['type']);
                if (told.length > 3) subscriber.next(told);
              }),
            );
            wire.send(JSON.stringify({ action: 'connect', value: ACCOUNT, 'auth-token': `Bearer ${token}` }));
          });
      }),
    );
    expect(types[0]).toBe('connect');
    expect(types).toContain('Order');
  } finally {
    await served.close();
    venue.close();
  }
});
