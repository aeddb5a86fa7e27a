import type { Observable } from 'rxjs';
import type { ExchangeOptions } from '../../lib/feed/exchange.js';
import type { BookState, Exchange } from '../../lib/index.js';
import { bitstamp } from '../../lib/venues/bitstamp/index.js';
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
