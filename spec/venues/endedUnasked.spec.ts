import type { Observable } from 'rxjs';
import type { ExchangeOptions } from '../../lib/feed/exchange.js';
import type { BookState, Exchange } from '../../lib/index.js';
import { type BitfinexExchange, bitfinex } from '../../lib/venues/bitfinex/index.js';
import { bitstamp } from '../../lib/venues/bitstamp/index.js';
import { bybit } from '../../lib/venues/bybit/index.js';
import { coinbaseAdvanced, coinbaseExchange } from '../../lib/venues/coinbase/index.js';
import { hyperliquid } from '../../lib/venues/hyperliquid/index.js';
import { kraken, krakenV1 } from '../../lib/venues/kraken/index.js';
import { okx } from '../../lib/venues/okx/index.js';
import { venueRig } from '../support/venueRig.js';

interface WithBooks extends Exchange {
  book(name: string): Observable<BookState>;
}

const advanced = (sequence_num: number, channel: string, event: object): object => ({
  channel,
  timestamp: '2026-08-12T19:27:33.489690582Z',
  sequence_num,
  events: [event],
});
const coins = { type: 'l2Book', coin: 'A', nSigFigs: null, mantissa: null, fast: false };
const ofBitstamp = (event: string, data: object): object => ({ event, channel: 'order_book_ab', data });
const okxArg = { channel: 'books', instId: 'A-B' };

/** Whole in each message, so that no request begins it. */
function ofTheBest(outside: ExchangeOptions): WithBooks {
  const exchange = bitstamp(outside);
  return { ...exchange, book: (pair) => exchange.book(pair, { depth: 100 }) };
}

/** What is said of the book, and that it is over. */
interface Case {
  readonly venue: string;
  readonly make: (outside: ExchangeOptions) => WithBooks;
  readonly name: string;
  readonly told: readonly object[];
  readonly ended: object;
}

const cases: readonly Case[] = [
  {
    venue: 'OKX',
    make: okx,
    name: 'A-B',
    told: [
      { id: '1', event: 'subscribe', arg: okxArg },
      { arg: okxArg, action: 'snapshot', data: [{ asks: [], bids: [], ts: '1', seqId: 1, prevSeqId: -1 }] },
    ],
    ended: { event: 'unsubscribe', arg: okxArg },
  },
  {
    venue: 'Kraken v2',
    make: kraken,
    name: 'A/B',
    told: [{ channel: 'book', type: 'snapshot', data: [{ symbol: 'A/B', bids: [], asks: [], checksum: 0 }] }],
    ended: { method: 'unsubscribe', success: true, result: { channel: 'book', depth: 10, symbol: 'A/B' } },
  },
  {
    venue: 'Kraken v1',
    make: krakenV1,
    name: 'A/B',
    told: [[1, { as: [], bs: [] }, 'book-10', 'A/B']],
    ended: { event: 'subscriptionStatus', status: 'unsubscribed', channelName: 'book-10', pair: 'A/B' },
  },
  {
    venue: 'Coinbase Exchange',
    make: coinbaseExchange,
    name: 'A-B',
    told: [
      { type: 'subscriptions', channels: [{ name: 'level2_batch', product_ids: ['A-B'] }] },
      { type: 'snapshot', product_id: 'A-B', asks: [], bids: [] },
    ],
    ended: { type: 'subscriptions', channels: [] },
  },
  {
    venue: 'Coinbase Advanced Trade',
    make: coinbaseAdvanced,
    name: 'A-B',
    told: [
      advanced(0, 'subscriptions', { subscriptions: { level2: ['A-B'] } }),
      advanced(1, 'l2_data', { type: 'snapshot', product_id: 'A-B', updates: [] }),
    ],
    ended: advanced(2, 'subscriptions', { subscriptions: {} }),
  },
  {
    venue: 'Bitstamp',
    make: ofTheBest,
    name: 'ab',
    told: [
      ofBitstamp('bts:subscription_succeeded', {}),
      ofBitstamp('data', { timestamp: '1', microtimestamp: '1000000', bids: [], asks: [] }),
    ],
    ended: ofBitstamp('bts:unsubscription_succeeded', {}),
  },
  {
    venue: 'Hyperliquid',
    make: hyperliquid,
    name: 'A',
    told: [
      { channel: 'subscriptionResponse', data: { method: 'subscribe', subscription: coins } },
      { channel: 'l2Book', data: { coin: 'A', time: 1, levels: [[], []] } },
    ],
    ended: { channel: 'subscriptionResponse', data: { method: 'unsubscribe', subscription: coins } },
  },
];

describe('a book whose subscription the venue ends unasked', () => {
  it.each(cases)('is stale at $venue, and subscribed anew', ({ make, name, told, ended }) => {
    const { exchange, wire, pass } = venueRig(make);
    const states: BookState[] = [];
    exchange.book(name).subscribe((state) => states.push(state));
    pass(1_000);
    wire().receive(...told.map((frame) => JSON.stringify(frame)));
    expect(states.at(-1)).toMatchObject({ status: 'live' });
    const before = wire().sent.length;

    wire().receive(JSON.stringify(ended));
    expect(states.at(-1)).toMatchObject({ status: 'stale', reason: 'gap' });
    pass(1_000);

    expect(wire().sent.slice(before).join()).toMatch(/[^n]subscribe/);
  });
});

describe('trades whose subscription the venue ends unasked', () => {
  it('are told to miss something', () => {
    const { exchange, wire, pass, faults } = venueRig(okx);
    const arg = { channel: 'trades', instId: 'A-B' };
    exchange.trades('A-B').subscribe();
    pass(1_000);
    wire().receive(JSON.stringify({ id: '1', event: 'subscribe', arg }));

    wire().receive(JSON.stringify({ event: 'unsubscribe', arg }));

    expect(faults).toMatchObject([{ type: 'gap', channel: 'trades:A-B', reason: 'gap' }]);
  });
});

type Claimed = Pick<BookState, 'status'>;

/** A book on which the venue says something every so often, whether it changes or not. In s. */
interface QuietCase extends Pick<Case, 'venue' | 'told'> {
  readonly open: (outside: ExchangeOptions) => Exchange & { readonly of: Observable<Claimed> };
  /** What it says where nothing changes, for the n-th time, and how often. */
  readonly quiet: (n: number) => object;
  readonly every: number;
  /** What it says of the wire meanwhile. */
  readonly alive: string;
  readonly stallsAfter: number;
}

const withBook = <E extends Exchange>(exchange: E, book: (exchange: E) => Observable<Claimed>) => ({
  ...exchange,
  of: book(exchange),
});
const okxWhole = { ...okxArg, channel: 'books5' };
const oneLevel = { topic: 'orderbook.1.AB', type: 'snapshot', ts: 1, data: { s: 'AB', b: [], a: [], u: 5, seq: 7 } };
const ofBitfinex = (prec: string) => ({
  event: 'subscribed',
  channel: 'book',
  symbol: 'tAB',
  prec,
  freq: 'F0',
  len: '100',
});
const begunAtBitfinex = (prec: string): readonly object[] => [
  { event: 'info', version: 2, platform: { status: 1 } },
  { event: 'conf', status: 'OK', flags: 196_608 },
  { ...ofBitfinex(prec), chanId: 7, subId: '1' },
  [7, [], 1],
];

const quietCases: readonly QuietCase[] = [
  {
    venue: 'OKX',
    open: (outside) => withBook(okx(outside), (exchange) => exchange.book('A-B')),
    told: cases[0]?.told ?? [],
    quiet: () => ({
      arg: okxArg,
      action: 'update',
      data: [{ asks: [], bids: [], ts: '1', seqId: 1, prevSeqId: 1 }],
    }),
    every: 60,
    alive: 'pong',
    stallsAfter: 90,
  },
  {
    venue: 'OKX, of five levels',
    open: (outside) => withBook(okx(outside), (exchange) => exchange.book('A-B', { channel: 'books5' })),
    told: [
      { id: '1', event: 'subscribe', arg: okxWhole },
      { arg: okxWhole, data: [{ asks: [], bids: [], ts: '1', seqId: 1 }] },
    ],
    quiet: () => ({ arg: okxWhole, data: [{ asks: [], bids: [], ts: '1', seqId: 1 }] }),
    every: 60,
    alive: 'pong',
    stallsAfter: 90,
  },
  {
    venue: 'Bybit, of one level',
    open: (outside) =>
      withBook(bybit({ ...outside, category: 'spot' }), (exchange) => exchange.book('AB', { depth: 1 })),
    told: [oneLevel],
    quiet: () => oneLevel,
    every: 3,
    alive: '{"success":true,"ret_msg":"pong","op":"ping"}',
    stallsAfter: 15,
  },
  {
    venue: 'Bitfinex',
    open: (outside) => withBook(bitfinex(outside), (exchange) => exchange.book('tAB')),
    told: begunAtBitfinex('P0'),
    quiet: (n) => [7, 'hb', n + 1],
    every: 15,
    alive: '{"event":"pong"}',
    stallsAfter: 45,
  },
  {
    venue: 'Bitfinex, by order',
    open: (outside) => withBook(bitfinex(outside), (exchange) => exchange.bookByOrder('tAB')),
    told: begunAtBitfinex('R0'),
    quiet: (n) => [7, 'hb', n + 1],
    every: 15,
    alive: '{"event":"pong"}',
    stallsAfter: 45,
  },
];

describe('a book of which the venue says nothing, though it says so where nothing changes', () => {
  it.each(quietCases)('has stalled at $venue, and is subscribed anew', ({ open, told, quiet, ...one }) => {
    const { exchange, network, wire, pass } = venueRig(open);
    const states: string[] = [];
    exchange.of.subscribe(({ status }) => states.push(status));
    const go = (seconds: number): void => {
      for (let second = 0; second < seconds; second += 1) {
        pass(1_000);
        wire().receive(one.alive);
      }
    };
    pass(1_000);
    wire().receive(...told.map((frame) => JSON.stringify(frame)));
    const before = wire().sent.length;

    for (let n = 1; n <= 6; n += 1) {
      go(one.every);
      wire().receive(JSON.stringify(quiet(n)));
    }
    go(one.stallsAfter - 1);
    expect(new Set(states)).toEqual(new Set(['syncing', 'live']));
    expect(wire().sent.slice(before).join()).not.toMatch(/subscribe/);
    go(3);

    expect(states.at(-1)).toBe('stale');
    expect(wire().sent.slice(before).join()).toMatch(/unsubscribe.*[^n]subscribe/);
    expect(network.wires).toHaveLength(1);
  });

  it('waits for its next message where it is called silent sooner than that', () => {
    const { exchange, wire, pass } = venueRig(okx);
    const states: BookState[] = [];
    exchange.book('A-B', { silentAfter: 10_000 }).subscribe((state) => states.push(state));
    pass(1_000);
    wire().receive(...(cases[0]?.told ?? []).map((frame) => JSON.stringify(frame)));
    const before = wire().sent.length;
    for (let second = 0; second < 60; second += 1) {
      pass(1_000);
      wire().receive('pong');
    }
    expect(states.at(-1)).toMatchObject({ status: 'stale', reason: 'silent' });
    wire().receive(JSON.stringify(quietCases[0]?.quiet(1)));

    expect(states.at(-1)).toMatchObject({ status: 'live' });
    expect(wire().sent.slice(before).join()).not.toMatch(/subscribe/);
    for (let second = 0; second < 89; second += 1) {
      pass(1_000);
      wire().receive('pong');
    }
    expect(states.at(-1)).toMatchObject({ status: 'stale', reason: 'silent' });
    expect(wire().sent.slice(before).join()).not.toMatch(/subscribe/);
    pass(3_000);
    expect(wire().sent.slice(before).join()).toMatch(/unsubscribe.*[^n]subscribe/);
  });

  it('is not subscribed anew at Hyperliquid where it is called silent sooner than the venue speaks', () => {
    const { exchange, wire, pass } = venueRig(hyperliquid);
    const states: string[] = [];
    exchange.book('A', { silentAfter: 2_000 }).subscribe(({ status }) => states.push(status));
    pass(1_000);
    wire().receive(JSON.stringify(cases.at(-1)?.told[0]));
    for (let time = 1; time <= 12; time += 1) {
      wire().receive(JSON.stringify({ channel: 'l2Book', data: { coin: 'A', time, levels: [[], []] } }));
      pass(5_000);
    }
    expect(states.slice(0, 5)).toEqual(['syncing', 'live', 'stale', 'live', 'stale']);
    expect(wire().sent.filter((text) => text.includes('subscribe'))).toHaveLength(1);

    pass(10_500);
    expect(wire().sent.filter((text) => text.includes('subscribe'))).toHaveLength(3);
  });
});

/** A stream without a state, of whose channel the venue says something every so often. */
interface QuietStream extends Omit<QuietCase, 'open'> {
  readonly open: (outside: ExchangeOptions) => Exchange & { readonly of: Observable<unknown> };
  readonly key: string;
}

const streamOf = <E extends Exchange>(exchange: E, stream: (exchange: E) => Observable<unknown>) => ({
  ...exchange,
  of: stream(exchange),
});
const okxBest = { ...okxArg, channel: 'bbo-tbt' };
const begunAs = (channel: object): readonly object[] => [
  ...begunAtBitfinex('P0').slice(0, 2),
  { event: 'subscribed', ...channel, chanId: 7, subId: '1' },
];
const mids = { channel: 'allMids', data: { mids: { A: '1' } } };
const bitfinexStreams: readonly [of: string, channel: object, (exchange: BitfinexExchange) => Observable<unknown>][] = [
  ['quotes', { channel: 'ticker', symbol: 'tAB' }, (exchange) => exchange.quotes('tAB')],
  ['trades', { channel: 'trades', symbol: 'tAB' }, (exchange) => exchange.trades('tAB')],
  ['candles', { channel: 'candles', key: 'trade:1m:tAB' }, (exchange) => exchange.candles('tAB', '1m')],
];

const quietStreams: readonly QuietStream[] = [
  {
    venue: 'OKX, of quotes',
    open: (outside) => streamOf(okx(outside), (exchange) => exchange.quotes('A-B')),
    key: 'bbo-tbt:A-B',
    told: [{ id: '1', event: 'subscribe', arg: okxBest }],
    quiet: () => ({ arg: okxBest, data: [{ asks: [], bids: [], ts: '1', seqId: 1 }] }),
    every: 60,
    alive: 'pong',
    stallsAfter: 90,
  },
  {
    venue: 'Hyperliquid, of mids',
    open: (outside) => streamOf(hyperliquid(outside), (exchange) => exchange.mids()),
    key: 'allMids',
    told: [{ channel: 'subscriptionResponse', data: { method: 'subscribe', subscription: { type: 'allMids' } } }, mids],
    quiet: () => mids,
    every: 5,
    alive: '{"channel":"pong"}',
    stallsAfter: 15,
  },
  ...bitfinexStreams.map(([of, channel, stream]): QuietStream => ({
    venue: `Bitfinex, of ${of}`,
    open: (outside) => streamOf(bitfinex(outside), stream),
    key: '',
    told: begunAs(channel),
    quiet: (n) => [7, 'hb', n],
    every: 15,
    alive: '{"event":"pong"}',
    stallsAfter: 45,
  })),
];

describe('a stream without a state, of which the venue says nothing, though it says so where nothing changes', () => {
  it.each(quietStreams)('has stalled at $venue: a gap, and subscribed anew', ({ open, told, quiet, ...one }) => {
    const { exchange, network, wire, pass, faults } = venueRig(open);
    exchange.of.subscribe();
    const go = (seconds: number): void => {
      for (let second = 0; second < seconds; second += 1) {
        pass(1_000);
        wire().receive(one.alive);
      }
    };
    pass(1_000);
    wire().receive(...told.map((frame) => JSON.stringify(frame)));
    const before = wire().sent.length;
    for (let n = 1; n <= 4; n += 1) {
      go(one.every);
      wire().receive(JSON.stringify(quiet(n)));
    }
    go(one.stallsAfter - 1);
    expect(faults).toEqual([]);
    expect(wire().sent.slice(before).join()).not.toMatch(/subscribe/);
    go(3);

    expect(faults[0]).toMatchObject({
      type: 'gap',
      message: expect.stringMatching(`${one.key}.*nothing came for ${one.stallsAfter}000 ms`) as string,
    });
    expect(wire().sent.slice(before).join()).toMatch(/unsubscribe.*[^n]subscribe/);
    expect(network.wires).toHaveLength(1);
  });

  it('is subscribed anew after growing waits where it goes on saying nothing', () => {
    const { exchange, wire, pass, faults } = venueRig(hyperliquid);
    exchange.mids().subscribe();
    const found: number[] = [];
    for (let second = 1; second <= 400; second += 1) {
      pass(1_000);
      wire().receive(JSON.stringify({ channel: 'pong' }));
      const subscription = { type: 'allMids' };
      wire().receive(JSON.stringify({ channel: 'subscriptionResponse', data: { method: 'subscribe', subscription } }));
      if (second % 100 === 0) found.push(faults.filter(({ type }) => type === 'gap').length);
    }
    expect(found).toEqual([2, 3, 4, 5]);
  });
});
