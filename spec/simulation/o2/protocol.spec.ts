import { Subscription, VirtualTimeScheduler } from 'rxjs';
import { WireLostError } from '../../../lib/errors/wireLostError.js';
import type { HttpResponse, Wire } from '../../../lib/network/network.js';
import { simulatedAccountId, simulatedO2, type SimulatedO2Config } from '../../../lib/simulation/index.js';

type Json = Readonly<Record<string, unknown>>;
type Sides = Readonly<Record<'buys' | 'sells', readonly { readonly price: string; readonly quantity: string }[]>>;

/** A simulated O2 and raw clients of it, in virtual time. */
function stage(config: SimulatedO2Config = {}) {
  const scheduler = new VirtualTimeScheduler();
  const venue = simulatedO2({ instruments: ['ETHUSDT', 'SOLUSDT'], latency: 1, ...config, scheduler });
  const until = (time: number): void => {
    scheduler.maxFrames = time;
    scheduler.flush();
  };
  const open = (path = '/v1/ws') => {
    const texts: string[] = [];
    const ended: number[] = [];
    let wire: Wire | undefined;
    const all = new Subscription();
    all.add(
      venue.network.open({ url: `ws://venue${path}` }).subscribe({
        next: (opened) => {
          wire = opened;
          all.add(opened.messages.subscribe((text) => texts.push(text)));
        },
        error: (error: unknown) => ended.push(error instanceof WireLostError ? (error.code ?? 0) : -1),
      }),
    );
    return {
      texts,
      ended,
      frames: () => texts.filter((text) => text.startsWith('{')).map((text) => JSON.parse(text) as Json),
      say: (...messages: readonly (object | string)[]) => {
        for (const message of messages) wire?.send(typeof message === 'string' ? message : JSON.stringify(message));
      },
    };
  };
  const get = (path: string): HttpResponse => {
    const answers: HttpResponse[] = [];
    venue.network.request({ method: 'GET', url: `http://venue${path}` }).subscribe((answer) => answers.push(answer));
    until(scheduler.now() + 10);
    const [answer] = answers;
    if (answer === undefined) throw new Error(`no answer to ${path}`);
    return answer;
  };
  const [market, other] = venue.markets;
  if (market === undefined || other === undefined) throw new Error('no markets');
  return { venue, open, until, get, market, other };
}
const depth = (market_id: string, precision: unknown = '10') => ({ action: 'subscribe_depth', market_id, precision });
const actions = (frames: readonly Json[]): readonly unknown[] => [...new Set(frames.map(({ action }) => action))];

describe('the simulated O2', () => {
  it('is a WebSocket under /v1/ws (and /ws), and nowhere else', () => {
    const { open, until } = stage();
    const [right, older, wrong] = [open(), open('/ws'), open('/stream')];
    until(100);
    expect([right.ended, older.ended, wrong.ended]).toEqual([[], [], [404]]);
  });

  it('answers the text PING with the text PONG, in order with everything else', () => {
    const { open, until, market } = stage();
    const client = open();
    until(10);
    client.say('PING', depth(market.id), 'PING');
    until(20);
    expect(client.texts.map((text) => (text.startsWith('{') ? 'snapshot' : text))).toEqual([
      'PONG',
      'snapshot',
      'PONG',
    ]);
  });

  it('closes who says nothing for 60 s, and no one who pings', () => {
    const { open, until, market } = stage();
    const [quiet, pinging] = [open(), open()];
    until(10);
    quiet.say(depth(market.id));
    pinging.say('PING');
    for (let time = 30_000; time <= 120_000; time += 30_000) {
      until(time);
      pinging.say('PING');
    }
    expect(quiet.ended).toEqual([1000]);
    expect(pinging.ended).toEqual([]);
  });

  it.each(['signed-change', 'absolute'] as const)(
    'sends a snapshot and updates that make the true book: %s',
    (sizes) => {
      const { open, until, market, venue } = stage({ sizes });
      const client = open();
      until(10);
      client.say(depth(market.id));
      const book = { buys: new Map<string, bigint>(), sells: new Map<string, bigint>() };
      let read = 0;
      for (let time = 100; time < 10_000; time += 100) {
        // Between two steps, when all that was sent has arrived.
        until(time + 50);
        for (const frame of client.frames().slice(read)) {
          const { view, changes } = frame as { readonly view?: Sides; readonly changes?: Sides };
          if (view !== undefined) [book.buys, book.sells] = [new Map(), new Map()];
          for (const side of ['buys', 'sells'] as const) {
            for (const { price, quantity } of (view ?? changes)?.[side] ?? []) {
              const before = sizes === 'signed-change' ? (book[side].get(price) ?? 0n) : 0n;
              const after = before + BigInt(quantity);
              if (after === 0n) book[side].delete(price);
              else book[side].set(price, after);
            }
          }
        }
        read = client.frames().length;
        const truth = venue.market.trueBook('ETHUSDT');
        const raw = (levels: readonly (readonly [string, string])[] = []) =>
          new Map(levels.map(([price, size]) => [String(market.priceUnits(price)), market.sizeUnits(size)]));
        expect([time, book.buys, book.sells]).toEqual([time, raw(truth?.bids), raw(truth?.asks)]);
      }
      expect(client.frames().length).toBeGreaterThan(50);
      const negative = client.texts.some((text) => text.includes('"quantity":"-'));
      const zero = client.texts.some((text) => text.includes('"quantity":"0"'));
      expect([negative, zero]).toEqual(sizes === 'signed-change' ? [true, false] : [false, true]);
    },
  );

  it('puts prices together by the precision, outwards, so that a rounded book is not crossed', () => {
    const { open, until, market } = stage();
    const client = open();
    until(10);
    client.say(depth(market.id, '1000000000'));
    until(50);
    const { view } = client.frames()[0] as { readonly view?: Sides };
    const prices = (side: 'buys' | 'sells') => view?.[side].map(({ price }) => BigInt(price)) ?? [];
    for (const price of [...prices('buys'), ...prices('sells')]) expect(price % 1_000_000_000n).toBe(0n);
    expect((prices('buys')[0] ?? 0n) < (prices('sells')[0] ?? 0n)).toBe(true);
  });

  it('takes a precision of 1 and stays dead, and refuses one that is no text', () => {
    const { open, until, market, other } = stage();
    const client = open();
    until(10);
    client.say(depth(market.id, '1'), depth(other.id, 10));
    until(2_000);
    expect(client.frames()).toEqual([{ code: 1001, message: 'invalid `precision`' }]);
  });

  it('refuses a second subscription of the same, an unknown market, too many identities, and what is no message', () => {
    const { open, until, market } = stage();
    const client = open();
    const identities = Array.from({ length: 11 }, (_, index) => ({ ContractId: simulatedAccountId(index) }));
    until(10);
    client.say(
      { action: 'subscribe_trades', market_id: market.id },
      { action: 'subscribe_trades', market_id: market.id },
    );
    client.say(depth('0xabc'), { action: 'subscribe_orders', identities }, '{', { action: 'subscribe' });
    client.say({ action: 'subscribe_nonce', identities: [{ ContractId: '0x1' }] });
    client.say({ action: 'subscribe_nonce', identities: [{ ContractId: '0x2' }] });
    until(20);
    expect(client.frames().map(({ code }) => code)).toEqual([6000, 2000, 6001, 1002, 1001, 6000]);
  });

  it.each([
    ['code', { code: 1001, message: 'unknown `action`' }],
    ['error', { error: { code: 1001, message: 'unknown `action`' } }],
    ['action', { action: 'error', code: 1001, message: 'unknown `action`' }],
  ] as const)('writes errors in one of the forms that were seen: %s', (errors, expected) => {
    const { open, until } = stage({ forms: { errors } });
    const client = open();
    until(10);
    client.say({ action: 'x' });
    until(20);
    expect(client.frames()).toEqual([expected]);
  });

  it('ends every orders subscription of the connection at once', () => {
    const { open, until, venue } = stage({ accountActivity: 1 });
    const client = open();
    until(10);
    const identities = [1, 2].map((number) => ({ ContractId: simulatedAccountId(number).slice(2).toUpperCase() }));
    client.say({ action: 'subscribe_orders', identities });
    until(2_000);
    const before = client.texts.length;
    client.say({ action: 'unsubscribe_orders' });
    until(4_000);
    expect(before).toBeGreaterThan(10);
    expect(client.texts.length).toBeLessThanOrEqual(before + 2);
    expect(venue.stats().connections[0]?.subscriptions).toEqual([]);
  });

  it('tells what accounts do, and REST tells the same afterwards', () => {
    const { open, until, venue, get, market } = stage({ accountActivity: 0.5, faults: [] });
    const client = open();
    const id = simulatedAccountId(1);
    until(10);
    const identities = [{ ContractId: id }];
    for (const kind of ['orders', 'balances', 'nonce']) client.say({ action: `subscribe_${kind}`, identities });
    until(20_050);
    const account = venue.accounts.get(id);
    expect(actions(client.frames())).toEqual(['subscribe_orders', 'subscribe_balances', 'subscribe_nonce']);
    const nonces = client.frames().flatMap(({ nonce }) => (nonce === undefined ? [] : [Number(nonce)]));
    expect(nonces.at(-1)).toBe(account?.nonce);

    // The market stands still once nobody is there.
    client.say('PING');
    const orders = JSON.parse(get(`/v1/orders?market_id=${market.id}&contract=${id}&is_open=true&count=200`).body) as {
      orders: Json[];
    };
    const open$ = account?.openOrders.filter(({ symbol }) => symbol === 'ETHUSDT') ?? [];
    expect(orders.orders).toHaveLength(open$.length);
    const [asset] = venue.assets;
    const balance = account?.balances.get(asset?.id ?? '');
    expect(JSON.parse(get(`/v1/balance?asset_id=${asset?.id ?? ''}&contract=${id}`).body)).toMatchObject({
      total_locked: String(venue.accounts.get(id)?.balances.get(asset?.id ?? '')?.locked),
    });
    expect(balance).toBeDefined();
    expect(JSON.parse(get(`/v1/accounts?trade_account_id=${id}`).body)).toMatchObject({
      trade_account: { nonce: String(account?.nonce) },
    });
  });

  it('holds integers beyond 2^53 as raw numbers in its orders', () => {
    const { open, until } = stage({ accountActivity: 1, instruments: ['BTCUSDT', 'ETHUSDT'] });
    const client = open();
    until(10);
    client.say({ action: 'subscribe_orders', identities: [{ ContractId: simulatedAccountId(1) }] });
    until(5_000);
    expect(client.texts.some((text) => /"remaining_quantity":\d{17,}/.test(text))).toBe(true);
  });

  it.each([
    ['negativeSizes', /subscribe_depth_update/],
    ['missingSide', /"trade_id":"[^"]+","total"/],
    ['otherMarket', /subscribe_depth_update.*MARKET/],
  ] as const)('has a fault of its own: %s', (fault, form) => {
    const { open, until, venue, market, other } = stage({ faults: [{ fault, at: 500, for: 5_000 }] });
    const client = open();
    until(10);
    client.say(depth(market.id), { action: 'subscribe_trades', market_id: market.id });
    until(10_000);
    expect(venue.faults.applied()[fault]).toBeGreaterThan(0);
    const pattern = new RegExp(form.source.replace('MARKET', other.id));
    expect(client.texts.some((text) => pattern.test(text))).toBe(true);
  });

  it('is the same to the byte for the same seed', () => {
    const run = (seed: number): readonly string[] => {
      const { open, until, market } = stage({ seed });
      const client = open();
      until(50);
      client.say(depth(market.id), { action: 'subscribe_trades', market_id: market.id });
      client.say({ action: 'subscribe_orders', identities: [{ ContractId: simulatedAccountId(1) }] });
      until(5_000);
      return client.texts;
    };
    expect(run(3)).toEqual(run(3));
    expect(run(3)).not.toEqual(run(4));
  });

  it('answers what it does not know as its REST side does', () => {
    const { get } = stage();
    expect(get('/v1/depth?market_id=0x1')).toMatchObject({
      status: 404,
      body: '{"code":2000,"message":"Market not found"}',
    });
    expect(get('/v2')).toMatchObject({ status: 404 });
  });

  it('leaves no timer when it is closed', () => {
    const { open, until, venue, market } = stage();
    const client = open();
    until(10);
    client.say(depth(market.id));
    until(1_000);
    venue.close();
    until(2_000);
    expect(client.ended).toEqual([1001]);
    expect([venue.market.running, venue.stats().open]).toEqual([false, 0]);
  });
});
