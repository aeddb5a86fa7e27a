import { createPublicKey, verify } from 'node:crypto';
import { Subscription, VirtualTimeScheduler } from 'rxjs';
import { WireLostError } from '../../../lib/errors/wireLostError.js';
import type { HttpRequest, HttpResponse } from '../../../lib/network/network.js';
import { ed25519Signer } from '../../../lib/node/ed25519Signer.js';
import {
  simulatedTplus,
  type FaultPlan,
  type SimulatedTplus,
  type SimulatedTplusConfig,
} from '../../../lib/simulation/index.js';

// A client of its own, written from the venue's page with nothing but maps and texts.

const signer = ed25519Signer('00'.repeat(32));
const USER = signer.publicKey;
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const verified = (user: string, nonce: string, signature: readonly number[]): boolean =>
  verify(
    null,
    Buffer.from(nonce),
    createPublicKey({ key: Buffer.concat([SPKI, Buffer.from(user, 'hex')]), format: 'der', type: 'spki' }),
    Buffer.from(signature),
  );

interface Stage {
  readonly venue: SimulatedTplus;
  readonly scheduler: VirtualTimeScheduler;
  open(
    path: string,
    headers?: Readonly<Record<string, string>>,
  ): { readonly texts: string[]; readonly ends: string[]; leave(): void };
  ask(path: string, request?: Partial<HttpRequest>): HttpResponse;
  signIn(): Readonly<Record<string, string>>;
  until(time: number): void;
}

function stage(config: Partial<SimulatedTplusConfig> = {}): Stage {
  const scheduler = new VirtualTimeScheduler();
  const venue = simulatedTplus({
    instruments: ['BTCUSDT', 'FINEUSDT'],
    latency: 0,
    verify: verified,
    ...config,
    scheduler,
  });
  const until = (time: number): void => {
    scheduler.maxFrames = time;
    scheduler.flush();
    scheduler.frame = time;
  };
  const ask: Stage['ask'] = (path, request = {}) => {
    let answer: HttpResponse | undefined;
    venue.network
      .request({ method: 'GET', url: `https://oms.example${path}`, ...request })
      .subscribe((response) => (answer = response));
    until(scheduler.now());
    if (answer === undefined) throw new Error(`no answer to ${path}`);
    return answer;
  };
  return {
    venue,
    scheduler,
    until,
    ask,
    open: (path, headers = {}) => {
      const texts: string[] = [];
      const ends: string[] = [];
      const all = new Subscription();
      all.add(
        venue.network.open({ url: `wss://mds.example${path}`, headers }).subscribe({
          next: (wire) => all.add(wire.messages.subscribe((text) => texts.push(text))),
          error: (error: unknown) => ends.push(error instanceof WireLostError ? String(error.code) : String(error)),
        }),
      );
      until(scheduler.now());
      return {
        texts,
        ends,
        leave: () => {
          all.unsubscribe();
        },
      };
    },
    signIn: () => {
      const { value } = JSON.parse(ask(`/nonce/${USER}`).body) as { value: string };
      const signature = [...signer.sign(new TextEncoder().encode(value))[0]];
      const body = JSON.stringify({ user_id: USER, nonce: value, signature });
      const { token } = JSON.parse(ask('/auth', { method: 'POST', body }).body) as { token: string };
      return { Authorization: `Bearer ${token}`, 'User-Id': USER };
    },
  };
}

const CHAINED = '82af49447d8a07e3bd95bd0d56f35241523fbab1000000000000000000000000@00000000000000a4b1';
type Pair = readonly [string, string];
interface Book {
  readonly asks: readonly Pair[];
  readonly bids: readonly Pair[];
  readonly sequence_number: number;
}

describe('the depth of the simulated T+', () => {
  it.each(['200', CHAINED])('numbers each diff of %s by one, and folds onto its snapshot to the true book', (asset) => {
    const { open, ask, until, venue } = stage();
    const socket = open(`/marketdepth/diff/${asset}`);
    until(2_000);
    const snapshot = JSON.parse(ask(`/marketdepth/${asset}`).body) as Book;
    until(6_000);
    const [ack, ...texts] = socket.texts;
    const diffs = texts.filter((text) => !text.includes('"type"')).map((text) => JSON.parse(text) as Book);

    expect(ack).toBe('{"type":"subscriptions","channels":[{"name":"marketdepth"}],"errors":null}');
    // Sorted maps: the lowest price first, bids too.
    expect(snapshot.bids.length).toBeGreaterThan(40);
    expect((snapshot.bids[0]?.[0] ?? '') < (snapshot.bids.at(-1)?.[0] ?? '')).toBe(true);
    const sides = { bids: new Map(snapshot.bids), asks: new Map(snapshot.asks) };
    let last = snapshot.sequence_number;
    for (const diff of diffs.filter(({ sequence_number: number }) => number > last)) {
      expect(diff.sequence_number).toBe(last + 1);
      last = diff.sequence_number;
      for (const side of ['bids', 'asks'] as const) {
        for (const [price, size] of diff[side]) {
          if (/^[0.]+$/.test(size)) sides[side].delete(price);
          else sides[side].set(price, size);
        }
      }
      const [truth] = venue.trueBooks(asset, last);
      expect(truth?.bids.every(([price, size]) => sides.bids.get(price) === size)).toBe(true);
      expect([sides.bids.size, sides.asks.size]).toEqual([truth?.bids.length, truth?.asks.length]);
    }
    expect(last - snapshot.sequence_number).toBeGreaterThan(50);
  });

  it('says that there is no such market by request, and nothing on a socket', () => {
    const { open, ask, until } = stage();
    const socket = open('/marketdepth/diff/999');
    until(60_000);

    expect(ask('/marketdepth/999')).toMatchObject({ status: 404, body: expect.stringContaining('MARKET_NOT_FOUND') });
    expect(socket.texts.filter((text) => !text.includes('"type"'))).toEqual([]);
    expect(socket.texts.filter((text) => text === '{"type":"ping"}')).toHaveLength(3);
    expect(open('/nowhere').ends).toEqual(['404']);
  });

  it('counts anew after a restart, which closes everything', () => {
    const { open, ask, until, venue } = stage({ faults: [{ fault: 'sequenceRestart', at: 1_000 }] });
    const socket = open('/marketdepth/diff/200');
    until(5_000);
    const again = open('/marketdepth/diff/200');
    const { sequence_number: number } = JSON.parse(ask('/marketdepth/200').body) as Book;
    until(6_000);

    expect(socket.ends).toEqual(['1012']);
    expect(number).toBeLessThan(10_000);
    expect(venue.trueBooks('200', number).length).toBeGreaterThan(0);
    expect((JSON.parse(again.texts[1] ?? '') as Book).sequence_number).toBe(number + 1);
  });

  it('puts a diff of another market before the right one where it is told to', () => {
    const { open, until, venue } = stage({ faults: [{ fault: 'foreignFrame', at: 500 }] });
    const socket = open('/marketdepth/diff/200');
    until(3_000);
    const numbers = socket.texts.slice(1).map((text) => (JSON.parse(text) as Book).sequence_number);
    const odd = numbers.filter((number, i) => i > 0 && number !== (numbers[i - 1] ?? 0) + 1);

    expect(odd).toHaveLength(2);
    expect(venue.faults.applied()).toEqual({ foreignFrame: 1 });
  });
});

describe('its trades', () => {
  it('are pending, then confirmed or rolled back, and final where they are confirmed', () => {
    const { open, until } = stage({ activity: 10 });
    const steps = open('/trades/events');
    const final = open('/trades');
    until(60_000);
    const seen = new Map<string, string[]>();
    for (const text of steps.texts.slice(1)) {
      const [tag, { asset_id, trade_id, status }] = Object.entries(
        JSON.parse(text) as Record<string, { asset_id: string; trade_id: number; status: string }>,
      )[0] ?? ['', { asset_id: '', trade_id: 0, status: '' }];
      if (tag === 'type') continue;
      expect(tag).toBe(status);
      const key = `${asset_id} ${trade_id}`;
      seen.set(key, [...(seen.get(key) ?? []), tag]);
    }
    const paths = new Set([...seen.values()].map((path) => path.join()));

    expect([...paths].sort()).toEqual(['Pending', 'Pending,Confirmed', 'Pending,Rollbacked']);
    const confirmed = [...seen.values()].filter((path) => path.at(-1) === 'Confirmed').length;
    expect(final.texts.filter((text) => text.includes('"Confirmed"'))).toHaveLength(confirmed);
    expect(final.texts.every((text) => !text.includes('Pending'))).toBe(true);
  });
});

describe('signing in', () => {
  it('takes a signature of the nonce, and its token opens the streams of that user alone', () => {
    const { open, ask, signIn, until } = stage();
    expect(open('/orders').ends).toEqual(['401']);
    expect(ask(`/orders/user/${USER}`).status).toBe(401);

    const headers = signIn();
    const orders = open('/orders', headers);
    const trades = open(`/trades/user/events/${USER}`, headers);
    expect(open('/trades/user/events/somebody', headers).ends).toEqual(['401']);
    expect(open('/orders', { ...headers, 'User-Id': 'x' }).ends).toEqual(['401']);
    until(60_000);

    const names = new Set(orders.texts.map((text) => Object.keys(JSON.parse(text) as object)[0]));
    expect(names).toEqual(new Set(['type', 'Created', 'Canceled', 'Removed']));
    expect(trades.texts.some((text) => text.includes('"Confirmed"'))).toBe(true);
    expect(JSON.parse(ask(`/orders/user/${USER}?page=0&limit=5`, { headers }).body)).toMatchObject({
      page: 0,
      limit: 5,
      has_next_page: true,
      next_page: 1,
    });
    expect(ask('/logout', { method: 'POST', headers }).status).toBe(200);
    expect(ask(`/trades/user/${USER}`, { headers }).status).toBe(401);
  });

  it('gives the same nonce until it is used or old, and refuses another, and another signature', () => {
    const { ask, until } = stage();
    const nonceOf = (): string => (JSON.parse(ask(`/nonce/${USER}`).body) as { value: string }).value;
    const first = nonceOf();
    const auth = (nonce: string, signature: readonly number[]): HttpResponse =>
      ask('/auth', { method: 'POST', body: JSON.stringify({ user_id: USER, nonce, signature }) });
    const right = [...signer.sign(new TextEncoder().encode(first))[0]];

    expect(nonceOf()).toBe(first);
    expect(auth('another', right)).toMatchObject({ status: 400, body: expect.stringContaining('NONCE_NOT_FOUND') });
    expect(auth(first, right.slice(1))).toMatchObject({
      status: 401,
      body: expect.stringContaining('INVALID_SIGNATURE'),
    });
    expect(auth(first, [...right.slice(1), 0]).status).toBe(401);
    until(295_000);
    expect(nonceOf()).not.toBe(first);
    expect(ask('/auth', { method: 'POST', body: '[' }).status).toBe(400);
  });

  it('is limited in its rate, and fails where it is told to', () => {
    const plan: FaultPlan = [
      { fault: 'nonceRefused', at: 0, for: 1_000 },
      { fault: 'signInFails', at: 2_000, for: 1_000, status: 503 },
    ];
    const { ask, until, venue, signIn } = stage({ faults: plan });
    expect(() => signIn()).not.toThrow();
    expect(venue.faults.applied()).toEqual({ nonceRefused: 1 });
    until(2_500);
    expect(ask(`/nonce/${USER}`).status).toBe(503);
    until(4_000);
    for (let count = 0; count < 97; count += 1) ask(`/nonce/${USER}`);

    expect(ask(`/nonce/${USER}`).status).toBe(429);
    expect(venue.stats().violations).toMatchObject([{ limit: 'signIns' }]);
  });

  it('lasts for the life of a token, and not beyond a fault; open streams outlive the one and not the other', () => {
    const { open, signIn, until, ask } = stage({
      limits: { tokenLife: 60_000 },
      faults: [{ fault: 'tokenExpired', at: 90_000 }],
    });
    const old = signIn();
    const stream = open('/orders', old);
    until(61_000);
    expect(ask(`/orders/user/${USER}`, { headers: old }).status).toBe(401);
    expect(stream.ends).toEqual([]);
    const fresh = signIn();
    until(95_000);

    expect(stream.ends).toEqual(['1008']);
    expect(stream.texts.at(-1)).toBe('{"type":"subscriptions","channels":[],"errors":"unauthorized"}');
    expect(open('/orders', fresh).ends).toEqual(['401']);
  });
});

describe('what a user asks', () => {
  type Row = Readonly<Record<string, unknown>>;
  const later = () => {
    const it = stage({ userActivity: 0.6 });
    const headers = it.signIn();
    const streams = ['/trades/user/', '/account/events/', '/trades/user/events/'].map((path) =>
      it.open(`${path}${USER}`, headers),
    );
    it.until(40_000);
    const texts = streams.map((one) =>
      one.texts.filter((text) => !text.includes('"type"')).map((text) => JSON.parse(text) as Row),
    );
    for (const one of streams) one.leave();
    const ask = (path: string): Row => JSON.parse(it.ask(path, { headers }).body) as Row;
    return { ...it, ask, texts };
  };

  it('is told of its final trades alone, and of its account, on paths of their own', () => {
    const { texts } = later();
    const [final = [], events = [], all = []] = texts;
    expect(final.length).toBeGreaterThan(0);
    expect(final).toEqual(all.filter(({ status }) => status === 'Confirmed'));
    expect(events.length).toBeGreaterThan(1);
    for (const event of events) {
      expect(Object.keys(event['DepositLanded'] as Row)).toEqual([
        ...['user', 'asset', 'amount', 'chain_id', 'deposit_nonce', 'timestamp_ns'],
      ]);
    }
  });

  it('is listed by asset, and the open ones alone', () => {
    const { ask } = later();
    const rows = (path: string, key: 'orders' | 'trades'): readonly Row[] => ask(path)[key] as Row[];
    const all = rows(`/orders/user/${USER}?limit=1000`, 'orders');
    const open = rows(`/orders/user/${USER}/200?open_only=true&limit=1000`, 'orders');
    expect(rows(`/orders/user/${USER}/200?limit=1000`, 'orders')).toEqual(
      all.filter((row) => row['base_asset'] === '200'),
    );
    expect(open.length).toBeLessThan(all.length);
    for (const row of open) expect(row['status']).toMatch(/^(Open|Partial)$/);
    const trades = rows(`/trades/user/${USER}?limit=1000`, 'trades');
    expect(rows(`/trades/user/${USER}/200?limit=1000`, 'trades')).toEqual(
      trades.filter((row) => row['asset_id'] === '200'),
    );
  });

  it('is told of trades newest first, those of one moment too', () => {
    const { ask } = later();
    const times = (path: string): readonly bigint[] =>
      Object.values(ask(path)).map((row) => BigInt(String((row as Row)['timestamp_ns'])));
    const told = times('/trades/200?limit=1000');
    expect(told.length).toBeGreaterThan(20);
    expect(told).toEqual([...told].sort((a, b) => Number(b - a)));
    expect([...times('/trades/200?limit=7'), ...times('/trades/200?limit=7&page=1')]).toEqual(told.slice(0, 14));
  });

  it('is a market with its fees, and bars in pages, newest first', () => {
    const { ask } = later();
    expect(ask('/market/200')).toMatchObject({
      fee_schedule: {
        fee_account: expect.any(String),
        global: [{ min_rolling_volume_usd: 0, taker_fee_rate: 500, maker_fee_rate: 100 }],
        per_asset: [],
      },
    });
    const page = ask('/klines/200?interval=1S&limit=10');
    expect(Object.keys(page)).toEqual([
      ...['items', 'page', 'limit', 'total_pages', 'cursor_size', 'has_next_page', 'next_page', 'truncated_before_ns'],
    ]);
    const items = page['items'] as Row[];
    const opened = items.map((row) => Number(row['open_timestamp_ns']));
    expect(opened).toEqual([...opened].sort((a, b) => b - a));
    const next = ask('/klines/200?interval=1S&limit=10&page=1')['items'] as Row[];
    expect(Number(next[0]?.['open_timestamp_ns'])).toBeLessThan(opened.at(-1) ?? 0);
    const until = ask(`/klines/200?interval=1S&end_timestamp_ns=${String(opened[3])}`)['items'] as Row[];
    expect(until[0]).toEqual(items[3]);
    expect(ask('/klines/200?interval=60')).toMatchObject({ has_next_page: false, cursor_size: 1 });
    expect(ask('/klines/200?interval=7')).toMatchObject({ error: { code: 'INVALID_REQUEST' } });
  });

  it.each([
    ['1S', 1_000],
    ['5S', 5_000],
    ['15S', 15_000],
    ['30S', 30_000],
    ['1', 60_000],
    ['5m', 300_000],
    ['4h', 14_400_000],
  ] as const)('has bars of %s', (interval, width) => {
    const [bar] = later().ask(`/klines/200?interval=${interval}`)['items'] as [Row];
    const opened = BigInt(String(bar['open_timestamp_ns']));
    expect(BigInt(String(bar['close_timestamp_ns'])) - opened).toBe(BigInt(width) * 1_000_000n);
    expect(opened % (BigInt(width) * 1_000_000n)).toBe(0n);
  });

  it('lists its markets in pages, or bare as servers before v0.6 did', () => {
    const { ask } = later();
    const page = ask('/markets?limit=1&page=1');
    expect(page).toMatchObject({ page: 1, limit: 1, total_pages: 2, cursor_size: 1, has_next_page: false });
    const [one] = page['items'] as [Row];
    expect(one).toEqual(ask(`/market/${String(one['asset_id'])}`));
    expect(ask('/markets')['items']).toHaveLength(2);
    const bare = stage({ lists: 'bare' });
    for (const path of ['/markets', '/klines/200?interval=1']) {
      expect(JSON.parse(bare.ask(path).body)).toEqual(expect.any(Array));
    }
  });
});

it('is the same to the last digit for the same seed', () => {
  const run = (seed: number): string => {
    const { open, signIn, until } = stage({ seed });
    const headers = signIn();
    const sockets = ['/marketdepth/diff/200', '/trades/events', '/klines/diff/200', '/ticker/ws/200'].map((path) =>
      open(path),
    );
    const own = open('/orders', headers);
    until(20_000);
    return [...sockets, own].flatMap(({ texts }) => texts).join('\n');
  };

  expect(run(3)).toBe(run(3));
  expect(run(3)).not.toBe(run(4));
});

it('leaves no timer behind', () => {
  const { open, scheduler, venue, until } = stage();
  const socket = open('/trades');
  until(1_000);
  socket.leave();
  until(2_000);
  expect(scheduler.actions).toEqual([]);

  open('/trades');
  venue.close();
  until(3_000);
  expect(scheduler.actions).toEqual([]);
});
