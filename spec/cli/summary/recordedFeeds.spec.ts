import { summarise } from '../../../lib/cli/summary/summarise.js';
import { bitfinexVenue } from '../../../lib/cli/venues/bitfinex.js';
import { bitstampVenue } from '../../../lib/cli/venues/bitstamp.js';
import type { CliVenue } from '../../../lib/cli/venues/cliVenue.js';
import { okxVenue } from '../../../lib/cli/venues/okx.js';
import { frame, http, recordingOf, socket } from '../../recording/fixtures.js';

/** Frames of recorded sockets, in order: `[socket, frame]`. */
type Told = readonly (readonly [socket: string, frame: unknown])[];

function summaryOf(venue: CliVenue, url: string, told: Told, requests: readonly (readonly [string, unknown])[] = []) {
  const names = [...new Set(told.map(([name]) => name))];
  const answers = requests.map(([address, body], i) => http(1_001 + i, address, JSON.stringify(body)));
  const frames = told.map(([name, data], i) => frame(2_000 + i * 100, JSON.stringify(data), name));
  const recording = recordingOf(
    [...answers, ...frames],
    names.map((name) => socket(name, url)),
  );
  return summarise({ ...recording, header: { ...recording.header, venue: venue.name } }, venue, { name: 'x' });
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
