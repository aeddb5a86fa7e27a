import { summarise } from '../../../lib/cli/summary/summarise.js';
import { binanceVenue } from '../../../lib/cli/venues/binance.js';
import { bitfinexVenue } from '../../../lib/cli/venues/bitfinex.js';
import { bitstampVenue } from '../../../lib/cli/venues/bitstamp.js';
import { bybitVenue } from '../../../lib/cli/venues/bybit.js';
import type { CliVenue } from '../../../lib/cli/venues/cliVenue.js';
import { coinbaseVenue } from '../../../lib/cli/venues/coinbase.js';
import { krakenVenue } from '../../../lib/cli/venues/kraken.js';
import { okxVenue } from '../../../lib/cli/venues/okx.js';
import { frame, http, recordingOf, socket } from '../../recording/fixtures.js';

/** Frames of recorded sockets, in order: `[socket, frame]`. */
type Told = readonly (readonly [socket: string, frame: unknown])[];

function summaryOf(
  venue: CliVenue,
  url: string,
  told: Told,
  requests: readonly (readonly [string, unknown])[] = [],
  market = '',
) {
  const names = [...new Set(told.map(([name]) => name))];
  const answers = requests.map(([address, body], i) => http(1_001 + i, address, JSON.stringify(body)));
  const frames = told.map(([name, data], i) => frame(2_000 + i * 100, JSON.stringify(data), name));
  const recording = recordingOf(
    [...answers, ...frames],
    names.map((name) => socket(name, url)),
  );
  return summarise({ ...recording, header: { ...recording.header, venue: venue.name, market } }, venue, { name: 'x' });
}

const BITFINEX = 'wss://api.bitfinex.com/ws/2';
const hello = { event: 'info', version: 2, platform: { status: 1 } };
const subscribed = (symbol: string, chanId: number, prec = 'P0') => ({
  event: 'subscribed',
  channel: 'book',
  chanId,
  symbol,
  prec,
  freq: 'F0',
  len: '25',
});

describe('a recording of several sockets', () => {
  it('is played line by line where frames are counted on each', async () => {
    const { symbols } = await summaryOf(bitfinexVenue, BITFINEX, [
      ['1', hello],
      ['2', hello],
      ['1', subscribed('tBTCUSD', 7)],
      // Numbers of channels are those of one socket.
      ['2', subscribed('tETHUSD', 7)],
      ['1', [7, [[100, 1, 1]], 1]],
      ['2', [7, [[50, 1, 1]], 1]],
      ['2', [7, [51, 1, 1], 2]],
      ['1', [7, [101, 1, 1], 2]],
      ['1', [7, 'hb', 3]],
      ['1', [7, [102, 1, 1], 4]],
      ['2', [7, [52, 1, 1], 3]],
    ]);

    expect(symbols).toMatchObject({
      tBTCUSD: { book: { applied: 2, bidLevels: 3 } },
      tETHUSD: { book: { applied: 2, bidLevels: 3 } },
    });
  });

  it('goes on on the next socket of a line, where the numbers begin anew', async () => {
    const { symbols } = await summaryOf(bitfinexVenue, BITFINEX, [
      ['1', hello],
      ['1', subscribed('tBTCUSD', 7)],
      ['1', [7, [[100, 1, 1]], 1]],
      ['1', [7, [101, 1, 1], 2]],
      ['2', hello],
      ['2', subscribed('tBTCUSD', 9)],
      ['2', [9, [[90, 1, 1]], 1]],
      ['2', [9, [91, 1, 1], 2]],
    ]);

    expect(symbols).toMatchObject({ tBTCUSD: { book: { snapshots: 2, applied: 2, bidLevels: 2 } } });
  });

  it('is heard by every wire where frames name their channels', async () => {
    const book = (instId: string, action: string, price: string) => ({
      arg: { channel: 'books', instId },
      action,
      data: [
        {
          asks: [],
          bids: [[price, '1', '0', '1']],
          ts: '1',
          seqId: action === 'update' ? 2 : 1,
          prevSeqId: action === 'update' ? 1 : -1,
        },
      ],
    });
    const trade = { arg: { channel: 'trades', instId: 'A-B' }, data: [{ px: '1', sz: '1', side: 'buy', ts: '1' }] };

    // The client that plays it has a wire for books and one for trades: as many as the recording, but others.
    const { symbols } = await summaryOf(okxVenue, 'wss://ws.okx.com:8443/ws/v5/public', [
      ['1', book('A-B', 'snapshot', '1')],
      ['2', book('C-D', 'snapshot', '1')],
      ['2', book('C-D', 'update', '2')],
      ['1', { ...trade, data: trade.data.map((one) => ({ ...one, instId: 'A-B', tradeId: '1' })) }],
    ]);

    expect(symbols).toMatchObject({
      'A-B': { book: { bidLevels: 1 }, trades: { count: 1 } },
      'C-D': { book: { bidLevels: 2 } },
    });
  });
});

describe('a recording of several books of one instrument', () => {
  const okx = (channel: string, price: string) => ({
    arg: { channel, instId: 'A-B' },
    ...(channel === 'books' && { action: 'snapshot' }),
    data: [{ asks: [], bids: [[price, '1', '0', '1']], ts: '1', seqId: 1 }],
  });
  const url = 'wss://ws.okx.com:8443/ws/v5/public';

  it('is told by the best of them', async () => {
    const both = await summaryOf(okxVenue, url, [
      ['1', okx('bbo-tbt', '3')],
      ['1', okx('books', '1')],
      ['1', okx('books5', '2')],
    ]);
    const whole = await summaryOf(okxVenue, url, [
      ['1', okx('bbo-tbt', '3')],
      ['1', okx('books5', '2')],
      ['1', okx('books5', '2')],
    ]);

    expect(both.symbols).toMatchObject({ 'A-B': { book: { snapshots: 1, bids: [['1', '1']] } } });
    expect(both.otherFrames).toEqual({ 'bbo-tbt': 1, books5: 1 });
    expect(whole.symbols).toMatchObject({ 'A-B': { book: { snapshots: 2, bids: [['2', '1']] } } });
    expect(whole.otherFrames).toEqual({ 'bbo-tbt': 1 });
  });
});

describe('a recording whose client fell behind', () => {
  it('comes to what its frames say all the same', async () => {
    const told = Array.from({ length: 40 }, (_, i) => ({
      data: { timestamp: '1', microtimestamp: '1641343691244908', bids: [[`${i + 1}`, '1']], asks: [] },
      channel: 'order_book_btcusd',
      event: 'data',
    }));

    const { symbols } = await summaryOf(
      bitstampVenue,
      'wss://ws.bitstamp.net',
      told.map((frame) => ['1', frame]),
    );

    expect(symbols).toMatchObject({ btcusd: { book: { snapshots: 40, bids: [['40', '1']] } } });
  });
});

describe('a recording of books by order', () => {
  it('of Bitfinex comes to levels', async () => {
    const { symbols } = await summaryOf(bitfinexVenue, BITFINEX, [
      ['1', hello],
      ['1', subscribed('tBTCUSD', 7, 'R0')],
      [
        '1',
        [
          7,
          [
            [5, 100, 1],
            [6, 100, 0.5],
            [8, 102, -2],
          ],
          1,
        ],
      ],
      ['1', [7, [6, 101, 0.5], 2]],
      ['1', [7, [5, 0, 1], 3]],
    ]);

    expect(symbols).toMatchObject({
      tBTCUSD: { book: { snapshots: 1, applied: 2, bids: [['101', '0.5']], asks: [['102', '2']] } },
    });
  });

  it('of Bitstamp joins its snapshot', async () => {
    const event = (id: number, kind: string, at: number) => ({
      data: { id_str: `${id}`, order_type: 0, price_str: '100', amount_str: '1.50', microtimestamp: `${at}` },
      channel: 'live_orders_btcusd',
      event: `order_${kind}`,
    });

    const { symbols } = await summaryOf(
      bitstampVenue,
      'wss://ws.bitstamp.net',
      [
        ['1', { event: 'bts:subscription_succeeded', channel: 'live_orders_btcusd', data: {} }],
        ['1', event(1, 'created', 5)],
        ['1', event(2, 'created', 6)],
        ['1', event(1, 'deleted', 7)],
      ],
      [
        [
          'https://www.bitstamp.net/api/v2/order_book/btcusd/?group=2',
          { timestamp: '1', microtimestamp: '5', bids: [['100', '1.50', '1']], asks: [] },
        ],
      ],
    );

    expect(symbols).toMatchObject({ btcusd: { book: { snapshots: 1, stale: 1, applied: 2, bids: [['100', '1.5']] } } });
  });
});

describe('a frame of several instruments', () => {
  it('of Coinbase Advanced Trade is told to each', async () => {
    const book = (product_id: string, type: string, price_level: string) => ({
      type,
      product_id,
      updates: [{ side: 'bid', event_time: '2026-11-01T00:00:00Z', price_level, new_quantity: '1' }],
    });
    const told = (sequence_num: number, ...events: readonly unknown[]) =>
      ['1', { channel: 'l2_data', timestamp: '2026-11-01T00:00:00Z', sequence_num, events }] as const;
    const { symbols } = await summaryOf(coinbaseVenue, 'wss://advanced-trade-ws.coinbase.com', [
      told(0, book('BTC-USD', 'snapshot', '9'), book('ETH-USD', 'snapshot', '5')),
      told(1, book('ETH-USD', 'update', '6'), book('BTC-USD', 'update', '8'), book('ETH-USD', 'update', '7')),
    ]);

    expect(symbols).toMatchObject({
      'BTC-USD': { book: { snapshots: 1, applied: 1, bidLevels: 2 } },
      'ETH-USD': { book: { snapshots: 1, applied: 2, bidLevels: 3 } },
    });
  });

  it('of Coinbase Advanced Trade is lost to all where the numbers of the socket have a gap', async () => {
    const told = (sequence_num: number, product_id: string, type: string) =>
      [
        '1',
        {
          channel: 'l2_data',
          sequence_num,
          events: [
            {
              type,
              product_id,
              updates: [{ side: 'bid', event_time: '2026-11-01T00:00:00Z', price_level: '9', new_quantity: '1' }],
            },
          ],
        },
      ] as const;
    const { symbols, socketGaps } = await summaryOf(coinbaseVenue, 'wss://advanced-trade-ws.coinbase.com', [
      told(0, 'BTC-USD', 'snapshot'),
      told(1, 'ETH-USD', 'snapshot'),
      told(3, 'ETH-USD', 'update'),
    ]);

    expect(socketGaps).toMatchObject({ count: 1 });
    for (const { book } of Object.values(symbols)) expect(book).toHaveProperty('staleBy');
  });

  it('of Kraken likewise', async () => {
    const trade = (symbol: string, trade_id: number) => ({
      symbol,
      side: 'buy',
      price: 10,
      qty: 2,
      ord_type: 'limit',
      trade_id,
      timestamp: '2026-11-01T00:00:00.000000Z',
    });
    const { symbols } = await summaryOf(krakenVenue, 'wss://ws.kraken.com/v2', [
      [
        '1',
        { channel: 'trade', type: 'update', data: [trade('BTC/USD', 1), trade('ETH/USD', 2), trade('BTC/USD', 3)] },
      ],
    ]);

    expect(symbols).toMatchObject({ 'BTC/USD': { trades: { count: 2 } }, 'ETH/USD': { trades: { count: 1 } } });
  });

  it('of options of Bybit, which has the trades of a base coin only', async () => {
    const trade = (s: string, i: string) => ({ T: 1, s, S: 'Buy', v: '2', p: '10', i });
    const { symbols } = await summaryOf(
      bybitVenue,
      'wss://stream.bybit.com/v5/public/option',
      [
        [
          '1',
          {
            topic: 'publicTrade.BTC',
            type: 'snapshot',
            ts: 1,
            data: [trade('BTC-1JAN27-9-C', 'a'), trade('BTC-1JAN27-9-P', 'b')],
          },
        ],
      ],
      [],
      'option',
    );

    expect(symbols).toMatchObject({
      'BTC-1JAN27-9-C': { trades: { count: 1 } },
      'BTC-1JAN27-9-P': { trades: { count: 1 } },
    });
  });
});

describe('a recording whose client connected again', () => {
  it('of Coinbase Advanced Trade counts each socket from its beginning', async () => {
    const url = 'wss://advanced-trade-ws.coinbase.com';
    const told = (at: number, name: string, sequence_num: number, type: string, price_level: string) =>
      frame(
        at,
        JSON.stringify({
          channel: 'l2_data',
          timestamp: '2026-11-01T00:00:00Z',
          sequence_num,
          events: [
            {
              type,
              product_id: 'BTC-USD',
              updates: [{ side: 'bid', event_time: '2026-11-01T00:00:00Z', price_level, new_quantity: '1' }],
            },
          ],
        }),
        name,
      );
    const recording = recordingOf(
      [
        told(2_000, '1', 0, 'snapshot', '10'),
        told(2_100, '1', 1, 'update', '11'),
        told(5_000, '2', 0, 'snapshot', '20'),
        told(5_100, '2', 1, 'update', '21'),
      ],
      [socket('1', url), socket('2', url, 4_000)],
    );
    const header = { ...recording.header, venue: 'coinbase' };
    const { symbols } = await summarise({ ...recording, header }, coinbaseVenue, { name: 'x' });

    expect(symbols).toMatchObject({ 'BTC-USD': { book: { snapshots: 2, diffs: 2, applied: 2, bidLevels: 2 } } });
  });
});

describe('a recording whose client connected again, and had no second snapshot', () => {
  it('of Binance ends with what was known last, not with the first snapshot once more', async () => {
    const url = 'wss://stream.binance.com:9443/stream';
    const diff = (at: number, symbol: string, u: number, name: string) =>
      frame(
        at,
        JSON.stringify({
          stream: `${symbol.toLowerCase()}@depth@100ms`,
          data: { e: 'depthUpdate', E: at, s: symbol, U: u, u, b: [[`1${u}`, '1']], a: [] },
        }),
        name,
      );
    const whole = (at: number, symbol: string, lastUpdateId: number) =>
      http(
        at,
        `https://api.binance.com/api/v3/depth?symbol=${symbol}&limit=1000`,
        JSON.stringify({ lastUpdateId, bids: [['1', '1']], asks: [] }),
      );
    const recording = recordingOf(
      [
        diff(2_000, 'AUSDT', 1, '1'),
        diff(2_000, 'BUSDT', 1, '1'),
        whole(2_050, 'AUSDT', 1),
        whole(2_060, 'BUSDT', 1),
        diff(2_100, 'AUSDT', 2, '1'),
        diff(2_100, 'BUSDT', 2, '1'),
        diff(5_000, 'BUSDT', 7, '2'),
        whole(5_100, 'BUSDT', 7),
        diff(5_200, 'BUSDT', 8, '2'),
      ],
      [socket('1', url), socket('2', url, 4_000)],
    );
    const header = { ...recording.header, venue: 'binance', market: 'spot' };
    const { symbols } = await summarise({ ...recording, header }, binanceVenue, { name: 'x' });

    expect(symbols).toMatchObject({
      AUSDT: {
        book: {
          snapshots: 1,
          applied: 1,
          bids: [
            ['12', '1'],
            ['1', '1'],
          ],
        },
      },
      BUSDT: {
        book: {
          snapshots: 2,
          applied: 2,
          bids: [
            ['18', '1'],
            ['1', '1'],
          ],
        },
      },
    });
  });
});

describe('a recording of Bitfinex with checksums', () => {
  it('says that it has some, and what came of them', async () => {
    const recording = recordingOf([], [socket('1', BITFINEX)]);
    const frames = [
      hello,
      subscribed('tBTCUSD', 7),
      [7, [[100, 1, 2]], 1],
      [7, [102, 1, -4], 2],
      [7, 'cs', -664_599_608, 3],
    ].map((data, i) => frame(2_000 + i, JSON.stringify(data)));
    const header = { ...recording.header, venue: 'bitfinex', sent: ['{"event":"conf","flags":196608}'] };
    const { checksum, symbols, otherFrames } = await summarise({ header, events: frames }, bitfinexVenue, {
      name: 'x',
    });

    expect(checksum).toContain('CRC-32');
    expect(symbols).toMatchObject({ tBTCUSD: { book: { diffs: 1, applied: 1, checksums: { passed: 1, failed: 0 } } } });
    expect(otherFrames).toMatchObject({ cs: 1 });
  });
});
