import { NEVER, VirtualTimeScheduler } from 'rxjs';
import type { BookState } from '../../../lib/model/bookState.js';
import type { ConnectionState } from '../../../lib/model/connection.js';
import type { Network } from '../../../lib/network/network.js';
import type { Fault } from '../../../lib/model/fault.js';
import { simulatedDxLink, type SimulatedDxLinkConfig, parseFaults } from '../../../lib/simulation/index.js';
import { AuthenticationRefusedError } from '../../../lib/errors/authenticationRefusedError.js';
import { recorder } from '../../../lib/recording/recorder.js';
import { dxlink, type DxLinkOptions } from '../../../lib/venues/dxlink/index.js';

const START = 1_750_000_000_000;

function rig(server: SimulatedDxLinkConfig = {}, client: DxLinkOptions = {}) {
  const scheduler = new VirtualTimeScheduler();
  // A venue whose clock stands at 1970 has no past to ask for.
  scheduler.now = () => START + scheduler.frame;
  const venue = simulatedDxLink({ scheduler, latency: 10, ...server });
  const exchange = dxlink({ network: venue.network, scheduler, random: () => 0.5, ...client });
  const connection: ConnectionState[] = [];
  const faults: Fault[] = [];
  exchange.connection$.subscribe((state) => connection.push(state));
  exchange.faults$.subscribe((fault) => faults.push(fault));
  const passTo = (ms: number): void => {
    scheduler.maxFrames = ms;
    scheduler.flush();
  };
  const sent = (): string[] => venue.stats().connections.flatMap(({ texts }) => texts);
  return { venue, exchange, connection, faults, passTo, sent, scheduler };
}

const none: Network = { open: () => NEVER, request: () => NEVER };
const types = (texts: readonly string[]): string[] => texts.map((text) => (JSON.parse(text) as { type: string }).type);

describe('dxLink', () => {
  it('goes through the handshake step by step, then opens a channel for each contract', () => {
    const { exchange, passTo, sent } = rig(
      { tokens: () => Infinity },
      { credentials: () => [{ token: 'quote-token' }] },
    );
    const quotes: unknown[] = [];

    exchange.quotes('AAPL').subscribe((quote) => quotes.push(quote));
    exchange.greeks('.AAPL250117C150').subscribe((event) => quotes.push(event));
    passTo(1_000);

    expect(types(sent())).toEqual(['SETUP', 'AUTH', 'CHANNEL_REQUEST', 'FEED_SETUP', 'FEED_SUBSCRIPTION']);
    expect(quotes[0]).toMatchObject({
      event: 'Quote',
      instrument: 'AAPL',
      bid: { size: expect.any(Number) as number },
    });
    expect(quotes.at(-1)).toMatchObject({ instrument: expect.stringContaining('AAPL') as string });
    exchange.close();
  });

  it('subscribes once however many observe, and unsubscribes once when the last has been gone for the linger', () => {
    const { exchange, passTo, sent } = rig();
    const one = exchange.quotes('AAPL').subscribe();
    const two = exchange.quotes('AAPL').subscribe();
    passTo(1_000);
    one.unsubscribe();
    two.unsubscribe();
    passTo(1_500);
    exchange.quotes('AAPL').subscribe().unsubscribe();
    const keeps = exchange.quotes('SPY').subscribe();
    passTo(5_000);

    const said = sent().filter((text) => text.includes('FEED_SUBSCRIPTION'));
    expect(said.map((text) => JSON.parse(text) as unknown)).toEqual([
      { type: 'FEED_SUBSCRIPTION', channel: 1, add: [{ type: 'Quote', symbol: 'AAPL' }] },
      { type: 'FEED_SUBSCRIPTION', channel: 1, add: [{ type: 'Quote', symbol: 'SPY' }] },
      { type: 'FEED_SUBSCRIPTION', channel: 1, remove: [{ type: 'Quote', symbol: 'AAPL' }] },
    ]);
    keeps.unsubscribe();
    exchange.close();
  });

  it('says nothing of a symbol that is left and wanted again within the linger, or left while there is no wire', () => {
    const { exchange, passTo, sent } = rig({ faults: parseFaults('refuseConnections=502@6s+4s,closeCleanly=1012@6s') });
    const spy = exchange.quotes('SPY').subscribe();
    const aapl = exchange.quotes('AAPL').subscribe();
    passTo(2_000);
    aapl.unsubscribe();
    const other = exchange.quotes('SPX').subscribe();
    passTo(2_500);
    exchange.quotes('AAPL').subscribe();
    other.unsubscribe();
    passTo(5_000);
    const before = sent().filter((text) => text.includes('FEED_SUBSCRIPTION'));
    expect(before.filter((text) => text.includes('AAPL'))).toHaveLength(1);
    expect(before.filter((text) => text.includes('SPX'))).toHaveLength(2);

    passTo(7_000);
    spy.unsubscribe();
    passTo(30_000);
    const after = sent()
      .filter((text) => text.includes('FEED_SUBSCRIPTION'))
      .slice(before.length);
    expect(after.map((text) => JSON.parse(text) as unknown)).toEqual([
      { type: 'FEED_SUBSCRIPTION', channel: 1, add: [{ type: 'Quote', symbol: 'AAPL' }] },
    ]);
    exchange.close();
  });

  it('has no value where the venue has none', () => {
    const { exchange, passTo } = rig();
    let quote: unknown;
    exchange.quotes('SPX').subscribe((event) => (quote = event));
    passTo(1_000);

    expect(quote).toMatchObject({ bidSize: undefined, bidExchangeCode: undefined, bidTime: undefined, bid: undefined });
    expect(quote).toHaveProperty('bidPrice', expect.any(Number));
    exchange.close();
  });

  it('makes a live book of orders, equal to the market’s own', () => {
    const { exchange, venue, passTo } = rig({ rowsPerFrame: 7 });
    const states: BookState[] = [];
    let compared = 0;
    exchange.book('AAPL').subscribe((state) => {
      states.push(state);
      if (state.status !== 'live') return;
      const { bids, asks, venueTime = 0 } = state.book;
      const truth = venue.market.trueBook('AAPL', venue.sequenceAt('AAPL', 'NTV', venueTime));
      const pairs = (levels: readonly (readonly [string, string])[] = []) =>
        levels.map(([price, size]) => [Number(price), Number(size)]);
      expect([...bids].map(({ price, size }) => [price, size])).toEqual(pairs(truth?.bids));
      expect([...asks].map(({ price, size }) => [price, size])).toEqual(pairs(truth?.asks));
      compared += 1;
    });
    passTo(20_000);

    expect(states[0]).toEqual({ status: 'syncing' });
    expect(compared).toBeGreaterThan(100);
    exchange.close();
  });

  it.each(['AAPL', 'QUIET'])('lets a second fold join the orders of %s', (symbol) => {
    const { exchange, passTo } = rig();
    let orders = 0;
    let status = '';
    exchange.book(symbol).subscribe((state) => (status = state.status));
    passTo(5_000);
    exchange.orders(symbol).subscribe((state) => {
      orders = state.status === 'live' ? state.value.bids.length : 0;
    });
    passTo(8_000);

    expect(orders).toBeGreaterThan(20);
    expect(status).toBe('live');
    exchange.close();
  });

  it('bounds what nobody can notice by having a book sent anew', () => {
    const faults = parseFaults('drop@5s+1s:Order');
    const truth = (refreshEvery: number | undefined): boolean => {
      const { exchange, venue, passTo } = rig({ faults, activity: 1 });
      let isTrue = false;
      exchange.book('AAPL', { ...(refreshEvery !== undefined && { refreshEvery }) }).subscribe((state) => {
        if (state.status !== 'live') return;
        const { bids, venueTime = 0 } = state.book;
        const book = venue.market.trueBook('AAPL', venue.sequenceAt('AAPL', 'NTV', venueTime));
        isTrue = [...bids].map(({ price }) => price).join() === book?.bids.map(([price]) => Number(price)).join();
      });
      passTo(12_000);
      expect(venue.faults.applied().drop).toBeGreaterThan(0);
      exchange.close();
      return isTrue;
    };

    expect([truth(undefined), truth(10_000)]).toEqual([false, true]);
  });

  it('does not take a planned renewal for one more attempt at mending', () => {
    const { exchange, passTo, sent, scheduler } = rig();
    const waits: number[] = [];
    let since: number | undefined;
    exchange.book('AAPL', { refreshEvery: 1_000 }).subscribe((state) => {
      if (state.status === 'live' && since !== undefined) waits.push(scheduler.now() - since);
      since = state.status === 'stale' ? state.since : undefined;
    });
    passTo(20_500);

    const asked = sent().filter((text) => text.includes('"add"')).length;
    expect(asked).toBeGreaterThanOrEqual(18);
    expect(Math.max(...waits)).toBeLessThan(250);
    exchange.close();
  });

  it('takes the depth of the DOM service as it is', () => {
    const { exchange, passTo } = rig();
    const states: BookState[] = [];
    exchange.dom('AAPL', { depthLimit: 5, aggregationPeriod: 1 }).subscribe((state) => states.push(state));
    passTo(10_000);

    const last = states.at(-1);
    expect(last?.status).toBe('live');
    expect(last?.status === 'live' && [last.book.bids.length, last.book.asks.length]).toEqual([5, 5]);
    exchange.close();
  });

  it('gives candles as one snapshot, oldest first, and then replaces the present one', () => {
    const { exchange, passTo } = rig({ rowsPerFrame: 10 });
    const states: { status: string; count: number; latest: string; isWhole: boolean }[] = [];
    exchange.candlesSince('AAPL', '1m', START - 60 * 60_000).subscribe((state) => {
      if (state.status !== 'live') return;
      const { rows, latest, isWhole } = state.value;
      const times = rows.map(({ time = 0 }) => time);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(rows.every(({ open }, place) => open !== undefined || place === rows.length - 1)).toBe(true);
      states.push({ status: state.status, count: rows.length, latest: latest.type, isWhole });
    });
    passTo(90_000);

    expect(states[0]).toEqual({ status: 'live', count: 60, latest: 'snapshot', isWhole: true });
    expect(states.at(-1)).toMatchObject({ count: 62, latest: 'update' });
    exchange.close();
  });

  it('takes a wire of its own for the same candles since another time', () => {
    const { exchange, venue, passTo } = rig();
    exchange.candlesSince('AAPL', '1m', START - 60_000).subscribe();
    exchange.candlesSince('AAPL', '1m', START - 120_000).subscribe();
    passTo(2_000);

    expect(venue.stats().open).toBe(2);
    exchange.close();
  });

  it('reports a symbol that stays silent, and disturbs no other', () => {
    const { exchange, faults, passTo, sent } = rig({}, { confirmWithin: 5_000 });
    let count = 0;
    exchange.quotes('NOSUCH').subscribe();
    exchange.quotes('AAPL').subscribe(() => (count += 1));
    passTo(60_000);

    expect(faults.map((fault) => [fault.type, 'channel' in fault && fault.channel])).toEqual(
      Array(3).fill(['unconfirmed', 'TICKER Quote NOSUCH']),
    );
    // At 5, 15 and 35 s, each time alone.
    expect(sent().filter((text) => text.includes('"NOSUCH"'))).toHaveLength(4);
    expect(count).toBeGreaterThan(20);
    exchange.close();
  });

  it('subscribes 20,000 options within the limits', () => {
    const { exchange, venue, passTo, sent } = rig({
      instruments: [],
      limits: { messagesPerSecond: 60, bytesPerMessage: 8_192 },
    });
    const symbols = Array.from(
      { length: 20_000 },
      (_, i) => `.AAPL250117${i % 2 === 0 ? 'C' : 'P'}${String(100 + i / 2)}`,
    );
    exchange.events('Quote', symbols).subscribe();
    passTo(9_000);

    const entries = sent().filter((text) => text.includes('FEED_SUBSCRIPTION'));
    expect(venue.stats().violations).toEqual([]);
    expect(venue.stats().connections[0]?.subscriptions).toHaveLength(20_000);
    expect(Math.max(...entries.map((text) => text.length))).toBeLessThanOrEqual(8_192);
    exchange.close();
  });
});

describe('what cannot be meant', () => {
  it.each([
    ['keepalive', () => dxlink({ network: { ...none }, keepalive: 0 })],
    ['aggregationPeriod', () => dxlink({ network: { ...none }, aggregationPeriod: -1 })],
    ['symbol', () => dxlink({ network: { ...none } }).quotes('A B')],
    ['symbol', () => dxlink({ network: { ...none } }).quotes('*')],
    ['period', () => dxlink({ network: { ...none } }).candlesSince('AAPL', '5 minutes', 0)],
    ['from', () => dxlink({ network: { ...none } }).candlesSince('AAPL', '5m', 1_700_000_000)],
  ])('%s is told at the call', (field, call) => {
    expect(call).toThrow(expect.objectContaining({ name: 'InvalidArgumentError', field }) as Error);
  });
});

describe('a quote token', () => {
  it('is asked for anew after each refusal, ever more slowly, and comes to its data when the venue takes one again', () => {
    const asked: (readonly [number, boolean])[] = [];
    let isKnown = false;
    const { exchange, passTo, connection, scheduler } = rig(
      { tokens: () => (isKnown ? Infinity : undefined), instruments: ['AAPL'], stepEvery: 1_000, depth: 3 },
      {
        credentials: ({ rejected }) => {
          asked.push([scheduler.frame, rejected]);
          return [{ token: `secret-${String(asked.length)}` }];
        },
      },
    );
    let error: unknown;
    let heard = 0;
    exchange.quotes('AAPL').subscribe({ next: () => (heard += 1), error: (one: unknown) => (error = one) });
    passTo(600_000);

    expect(error).toBeUndefined();
    expect(asked.map(([, rejected]) => rejected)).toEqual(asked.map((_, place) => place > 0));
    // No storm: a session takes some 2 s, and backoff goes up to half a minute.
    expect(asked.length).toBeGreaterThan(10);
    expect(asked.length).toBeLessThan(60);
    const lost = connection.filter((state) => state.status === 'lost');
    expect(new Set(lost.map(({ reason }) => reason))).toEqual(new Set(['auth']));
    expect(JSON.stringify(connection)).not.toContain('secret');

    isKnown = true;
    passTo(660_000);
    expect(error).toBeUndefined();
    expect(heard).toBeGreaterThan(0);
    exchange.close();
  });

  it('is refused for good by who gives it', () => {
    const { exchange, passTo } = rig(
      {},
      {
        credentials: () => {
          throw new AuthenticationRefusedError('dxlink', 'no such user');
        },
      },
    );
    let error: unknown;
    exchange.quotes('AAPL').subscribe({ error: (one: unknown) => (error = one) });
    passTo(1_000);
    expect(error).toBeInstanceOf(AuthenticationRefusedError);
    exchange.close();
  });

  it('is renewed ahead for a day, and no quote is missing', () => {
    const LIFE = 15 * 60_000;
    const issued = new Map<string, number>();
    let asked = 0;
    const { exchange, venue, connection, faults, passTo, scheduler } = rig(
      { tokens: (token) => issued.get(token), instruments: ['AAPL'], stepEvery: 5_000, depth: 3, activity: 1 },
      {
        renewAhead: 60_000,
        credentials: () => {
          asked += 1;
          const token = `secret-${String(asked)}`;
          issued.set(token, scheduler.now() + LIFE);
          return [{ token, expiresAt: scheduler.now() + LIFE }];
        },
      },
    );
    let last = 0;
    let gaps = 0;
    exchange.timeAndSales('AAPL').subscribe(({ sequence = 0 }) => {
      if (last !== 0 && sequence !== last + 1) gaps += 1;
      last = sequence;
    });
    passTo(24 * 60 * 60_000);

    expect(gaps).toBe(0);
    expect(last).toBeGreaterThan(100);
    expect(connection.map(({ status }) => status)).toEqual(['connecting', 'ready']);
    expect(asked).toBe(Math.floor((24 * 60 * 60_000) / (LIFE - 60_000)) + 1);
    expect(venue.stats().accepted).toBe(1);
    expect(JSON.stringify(faults)).not.toContain('secret');
    exchange.close();
  });

  it('that can’t be renewed keeps its data to its end, then tells so, and comes back with the next one', () => {
    const MINUTE = 60_000;
    const issued = new Map<string, number>();
    let asked = 0;
    const { exchange, connection, faults, passTo, scheduler } = rig(
      { tokens: (token) => issued.get(token), instruments: ['AAPL'], stepEvery: 1_000, depth: 3 },
      {
        renewAhead: MINUTE,
        credentials: () => {
          asked += 1;
          const at = scheduler.frame;
          if (at > 13 * MINUTE && at < 20 * MINUTE) throw new Error('secret: no such service');
          const token = `secret-${String(asked)}`;
          issued.set(token, scheduler.now() + 15 * MINUTE);
          return [{ token, expiresAt: scheduler.now() + 15 * MINUTE }];
        },
      },
    );
    const heard: number[] = [];
    exchange.quotes('AAPL').subscribe(() => heard.push(scheduler.frame));
    passTo(25 * MINUTE);

    const lost = connection.filter((state) => state.status === 'lost');
    const ready = connection.filter((state) => state.status === 'ready');
    expect(lost.every((state) => state.reason === 'auth')).toBe(true);
    expect((lost[0]?.at ?? 0) - START).toBeGreaterThanOrEqual(15 * MINUTE);
    expect((lost[0]?.at ?? 0) - START).toBeLessThan(15 * MINUTE + 16_000);
    expect(ready).toHaveLength(2);
    expect((ready[1]?.at ?? 0) - START).toBeLessThan(20 * MINUTE + 31_000);
    // Data up to the token's very end, and again afterwards.
    expect(heard.filter((at) => at > 14.5 * MINUTE && at < 15 * MINUTE).length).toBeGreaterThan(5);
    expect(heard.at(-1)).toBeGreaterThan(24 * MINUTE);
    expect(faults.some(({ type }) => type === 'credentials')).toBe(true);
    expect(JSON.stringify([connection, faults])).not.toContain('secret');
    exchange.close();
  });

  it('is in no recording', () => {
    const scheduler = new VirtualTimeScheduler();
    const venue = simulatedDxLink({ scheduler, tokens: () => Infinity });
    const lines: string[] = [];
    const network = recorder(venue.network, { sink: (line) => lines.push(line), venue: 'dxlink', clock: scheduler });
    const exchange = dxlink({ network, scheduler, credentials: () => [{ token: 'secret-quote-token' }] });
    exchange.quotes('AAPL').subscribe();
    scheduler.maxFrames = 5_000;
    scheduler.flush();
    exchange.close();

    const text = JSON.stringify(network.header()) + lines.join();
    expect(text).toContain('AUTH');
    expect(lines.length).toBeGreaterThan(5);
    expect(text).not.toContain('secret');
  });

  it('that ends in the midst of a session is replaced without losing the wire', () => {
    const { exchange, venue, faults, passTo } = rig(
      { tokens: () => Infinity, faults: parseFaults('authExpired@5s') },
      { credentials: () => [{ token: 'secret-token' }] },
    );
    const states: BookState[] = [];
    exchange.book('AAPL').subscribe((state) => states.push(state));
    passTo(10_000);

    expect(venue.stats().accepted).toBe(1);
    expect(states.some((state) => state.status === 'stale')).toBe(true);
    expect(states.at(-1)?.status).toBe('live');
    expect(JSON.stringify(faults)).not.toContain('secret');
    exchange.close();
  });
});

describe('when something goes wrong', () => {
  it.each([
    ['a channel closed by the venue', 'channelClosed@5s'],
    ['a frame that is no JSON', 'corruptJson@5s'],
    ['a row of wrong types', 'wrongTypes@5s'],
    ['a connection that ends', 'closeCleanly=1012@5s'],
    ['a connection that breaks', 'terminate@5s'],
    ['a snapshot that is cut in the middle', 'snapshotCut@0s,terminate@3s'],
    ['a set-up that comes late', 'configLate@0s'],
    ['a set-up without fields', 'configWithoutFields@0s'],
    ['a set-up with fewer fields', 'configFewerFields@0s'],
    ['a venue that says nothing any more', 'silent@5s'],
    ['a connection that is half open', 'halfOpen@5s'],
    ['an upgrade that fails', 'refuseConnections=502@0s+3s'],
  ])('%s is mended', (_, faults) => {
    const { exchange, venue, passTo } = rig({ faults: parseFaults(faults), rowsPerFrame: 9 });
    let book: BookState | undefined;
    let dom: BookState | undefined;
    let candles: { status: string } | undefined;
    exchange.book('AAPL').subscribe((state) => (book = state));
    exchange.dom('AAPL').subscribe((state) => (dom = state));
    exchange.candlesSince('AAPL', '1m', START - 600_000).subscribe((state) => (candles = state));
    passTo(120_000);

    const struck = Object.values(venue.faults.applied()).reduce((sum, count) => sum + count, 0);
    expect(struck).toBeGreaterThan(0);
    expect([book?.status, dom?.status, candles?.status]).toEqual(['live', 'live', 'live']);
    exchange.close();
  });

  it('keeps to the bound of silence that the venue tells', () => {
    const { exchange, connection, passTo } = rig({ limits: { keepalive: 120 }, faults: parseFaults('silent@10s') });
    exchange.quotes('AAPL').subscribe();
    passTo(200_000);

    const lost = connection.find((state) => state.status === 'lost');
    expect(lost).toMatchObject({ reason: 'silent' });
    expect((lost?.at ?? 0) - START).toBeGreaterThan(125_000);
    expect((lost?.at ?? 0) - START).toBeLessThan(140_000);
    exchange.close();
  });
});
