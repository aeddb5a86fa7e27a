import type { Observable } from 'rxjs';
import type { ExchangeOptions } from '../../lib/feed/exchange.js';
import type { BookState, Exchange } from '../../lib/index.js';
import { bitfinex } from '../../lib/venues/bitfinex/index.js';
import { coinbaseAdvanced, coinbaseExchange } from '../../lib/venues/coinbase/index.js';
import { hyperliquid } from '../../lib/venues/hyperliquid/index.js';
import { kraken } from '../../lib/venues/kraken/index.js';
import { okx } from '../../lib/venues/okx/index.js';
import { venueRig } from '../support/venueRig.js';

// Frames of channels that the library does not offer, as a user may subscribe them by `socket.next`.

interface WithBooks extends Exchange {
  book(name: string): Observable<BookState>;
}
interface Case {
  readonly make: (outside: ExchangeOptions) => WithBooks;
  readonly name: string;
  /** What has the book live. */
  readonly told: readonly object[];
  readonly others: readonly object[];
}

const advanced = (sequence_num: number, channel: string, ...events: readonly object[]): object => ({
  channel,
  timestamp: '2026-08-12T19:27:33.489690582Z',
  sequence_num,
  events,
});
const arg = { channel: 'books', instId: 'A-B' };
const summary = { type: 'snapshot', fcm_balance_summary: { futures_buying_power: '100.00' } };
const orders = { type: 'snapshot', orders: [], positions: {} };

const cases: Readonly<Record<string, Case>> = {
  OKX: {
    make: okx,
    name: 'A-B',
    told: [
      { id: '1', event: 'subscribe', arg },
      { arg, action: 'snapshot', data: [{ asks: [], bids: [], ts: '1', seqId: 1, prevSeqId: -1 }] },
    ],
    others: [
      { arg: { channel: 'liquidation-orders', instType: 'SWAP' }, data: [{ instId: 'A-B-SWAP' }] },
      { arg: { channel: 'status' }, data: [{ title: 'maintenance' }] },
      { arg: { channel: 'instruments', instType: 'SPOT' }, data: [{ instId: 'A-B' }] },
    ],
  },
  'Kraken v2': {
    make: kraken,
    name: 'A/B',
    told: [{ channel: 'book', type: 'snapshot', data: [{ symbol: 'A/B', bids: [], asks: [], checksum: 0 }] }],
    others: [
      { channel: 'instrument', type: 'snapshot', data: { assets: [], pairs: [{ symbol: 'A/B' }] } },
      { channel: 'balances', type: 'snapshot', data: [{ asset: 'A', balance: 1.2 }] },
      { channel: 'level3', type: 'update', data: [{ symbol: 'A/B', bids: [], asks: [], checksum: 1 }] },
    ],
  },
  'Coinbase Advanced': {
    make: coinbaseAdvanced,
    name: 'A-B',
    told: [advanced(0, 'l2_data', { type: 'snapshot', product_id: 'A-B', updates: [] })],
    others: [
      advanced(1, 'status', { type: 'snapshot', products: [{ product_type: 'SPOT', id: 'A-B' }] }),
      advanced(2, 'user', orders),
      advanced(3, 'futures_balance_summary', summary),
    ],
  },
  'Coinbase Exchange': {
    make: coinbaseExchange,
    name: 'A-B',
    told: [{ type: 'snapshot', product_id: 'A-B', bids: [], asks: [] }],
    others: [
      { type: 'status', products: [{ id: 'A-B' }], currencies: [] },
      { type: 'activate', product_id: 'A-B', timestamp: '1' },
    ],
  },
  Hyperliquid: {
    make: hyperliquid,
    name: 'A',
    told: [{ channel: 'l2Book', data: { coin: 'A', time: 1, levels: [[], []] } }],
    others: [
      { channel: 'orderUpdates', data: [{ order: { coin: 'A', side: 'B' }, status: 'open', statusTimestamp: 1 }] },
      { channel: 'explorerBlock', data: [{ height: 1 }] },
      { channel: 'fastAssetCtxs', data: 'q1Z' },
      { channel: 'notification', data: { notification: 'x' } },
    ],
  },
  Bitfinex: {
    make: bitfinex,
    name: 'tABC',
    told: [
      {
        event: 'subscribed',
        channel: 'book',
        chanId: 7,
        symbol: 'tABC',
        prec: 'P0',
        freq: 'F0',
        len: '100',
        subId: '1',
      },
      [7, [], 1],
    ],
    others: [{ event: 'auth', status: 'OK', chanId: 0, userId: 1 }],
  },
};

it.each(Object.entries(cases))('%s: costs no book of ours anything', (_, { make, name, told, others }) => {
  const rig = venueRig<WithBooks>(make);
  const states: string[] = [];
  rig.exchange.book(name).subscribe(({ status }) => states.push(status));
  rig.pass(100);
  for (const frame of told) rig.wire().receive(frame);
  expect(states.at(-1)).toBe('live');
  const before = states.length;

  for (const frame of others) rig.wire().receive(frame);
  rig.pass(100);

  expect(rig.faults).toEqual([]);
  expect(states.slice(before)).toEqual([]);
});
