import { summarise } from '../../../lib/cli/summary/summarise.js';
import { bitfinexVenue } from '../../../lib/cli/venues/bitfinex.js';
import { bitstampVenue } from '../../../lib/cli/venues/bitstamp.js';
import type { CliVenue } from '../../../lib/cli/venues/cliVenue.js';
import { coinbaseVenue } from '../../../lib/cli/venues/coinbase.js';
import { deribitVenue } from '../../../lib/cli/venues/deribit.js';
import { hyperliquidVenue } from '../../../lib/cli/venues/hyperliquid.js';
import { krakenVenue } from '../../../lib/cli/venues/kraken.js';
import { kucoinVenue } from '../../../lib/cli/venues/kucoin.js';
import { okxVenue } from '../../../lib/cli/venues/okx.js';
import { frame, http, recordingOf, socket } from '../../recording/fixtures.js';

/** What comes of frames that stand a second apart. */
function summaryOf(
  venue: CliVenue,
  url: string,
  told: readonly unknown[],
  requests: readonly [string, unknown][] = [],
) {
  const answers = requests.map(([address, body]) => http(1_001, address, JSON.stringify(body)));
  const frames = told.map((one, i) => frame(2_000 + i * 1_000, typeof one === 'string' ? one : JSON.stringify(one)));
  const recording = recordingOf([...answers, ...frames], [socket('1', url)]);
  return summarise({ ...recording, header: { ...recording.header, venue: venue.name } }, venue, { name: 'x' });
}
/** So many that the client tries more than once to have its book mended. */
const many = <T>(make: (i: number) => T): readonly T[] => Array.from({ length: 60 }, (_, i) => make(i));

const BITFINEX = 'wss://api-pub.bitfinex.com/ws/2';
const COINBASE = 'wss://ws-feed.exchange.coinbase.com';
const subscribed = {
  event: 'subscribed',
  channel: 'book',
  chanId: 7,
  symbol: 'tBTCUSD',
  prec: 'P0',
  freq: 'F0',
  len: '25',
};
const change = (prev_change_id: number, change_id: number) => ({
  jsonrpc: '2.0',
  method: 'subscription',
  params: {
    channel: 'book.BTC-PERPETUAL.100ms',
    data: {
      type: 'change',
      timestamp: 1,
      instrument_name: 'BTC-PERPETUAL',
      prev_change_id,
      change_id,
      bids: [['new', 9, 1]],
      asks: [],
    },
  },
});

describe('a recording that begins behind its snapshot', () => {
  it.each<readonly [string, CliVenue, string, readonly unknown[], readonly unknown[]]>([
    [
      'Bitfinex',
      bitfinexVenue,
      BITFINEX,
      [{ event: 'info', version: 2, platform: { status: 1 } }, subscribed],
      many((i) => [7, [100 - i, 1, 1], i + 1]),
    ],
    [
      'Coinbase',
      coinbaseVenue,
      COINBASE,
      [],
      many((i) => ({
        type: 'l2update',
        product_id: 'BTC-USD',
        changes: [['buy', `${100 - i}`, '1']],
        time: '2026-11-01T00:00:00Z',
      })),
    ],
    ['Deribit', deribitVenue, 'wss://www.deribit.com/ws/api/v2', [], many((i) => change(i + 1, i + 2))],
    [
      'Kraken',
      krakenVenue,
      'wss://ws.kraken.com',
      [],
      many((i) => [1, { b: [[`${100 - i}.0`, '1.0', '1.000000']], c: '1' }, 'book-10', 'XBT/USD']),
    ],
    [
      'KuCoin',
      kucoinVenue,
      'wss://push-private.kucoin.com/endpoint?token=TOKEN',
      [],
      many((i) => ({
        type: 'message',
        topic: '/market/level2:BTC-USDT',
        subject: 'trade.l2update',
        data: {
          sequenceStart: i + 1,
          sequenceEnd: i + 1,
          symbol: 'BTC-USDT',
          changes: { asks: [], bids: [['9', '1', `${i + 1}`]] },
        },
      })),
    ],
  ])('of %s counts every diff, as early', async (_, venue, url, before, diffs) => {
    const { symbols } = await summaryOf(venue, url, [...before, ...diffs]);

    const [summary] = Object.values(symbols);
    expect(summary?.book).toMatchObject({ snapshots: 0, diffs: 60, applied: 0, early: 60, bidLevels: 0 });
  });

  it('has its book from the next snapshot on, whoever asked for it', async () => {
    const { symbols } = await summaryOf(bitfinexVenue, BITFINEX, [
      { event: 'info', version: 2, platform: { status: 1 } },
      subscribed,
      ...many((i) => [7, [100 - i, 1, 1], i + 1]),
      { event: 'unsubscribed', status: 'OK', chanId: 7 },
      { ...subscribed, chanId: 8 },
      [8, [[50, 1, 1]], 61],
      [8, [51, 1, 1], 62],
    ]);

    expect(symbols).toMatchObject({
      tBTCUSD: { book: { snapshots: 1, diffs: 61, early: 60, applied: 1, bidLevels: 2 } },
    });
  });
});

describe('a recording with a hole', () => {
  it('counts what comes behind it, and has no book until a snapshot is told', async () => {
    const link = (type: string, prev_change_id: number | undefined, change_id: number) => {
      const { params, ...rest } = change(0, change_id);
      return { ...rest, params: { ...params, data: { ...params.data, type, prev_change_id } } };
    };
    const { symbols } = await summaryOf(deribitVenue, 'wss://www.deribit.com/ws/api/v2', [
      link('snapshot', undefined, 1),
      link('change', 1, 2),
      ...many((i) => link('change', i + 10, i + 11)),
      link('snapshot', undefined, 100),
      link('change', 100, 101),
    ]);

    expect(symbols).toMatchObject({
      'BTC-PERPETUAL': { book: { snapshots: 2, diffs: 62, applied: 2, early: 60, gaps: 1, bids: [['9', '1']] } },
    });
    expect(symbols['BTC-PERPETUAL']?.book?.points.map(({ staleBy }) => staleBy)).toEqual([
      'gap',
      'gap',
      'gap',
      'gap',
      'gap',
    ]);
    expect(symbols['BTC-PERPETUAL']?.book).not.toHaveProperty('staleBy');
  });

  it('says at the end why a book can not be trusted, whose levels are the last that were right', async () => {
    const told = (bids: string, checksum: number) =>
      `{"channel":"book","type":"${checksum === 1 ? 'update' : 'snapshot'}","data":[{"symbol":"BTC/USD","bids":[${bids}],"asks":[],"checksum":${checksum}}]}`;

    const { symbols } = await summaryOf(krakenVenue, 'wss://ws.kraken.com/v2', [
      told('{"price":9.0,"qty":1.0}', 1753791161),
      told('{"price":9.1,"qty":1.0}', 1),
    ]);

    expect(symbols).toMatchObject({
      'BTC/USD': { book: { bids: [['9', '1']], checksums: { passed: 1, failed: 1 }, staleBy: 'checksum' } },
    });
  });
});

describe('a recording whose snapshots were had before the first frame', () => {
  it('of Bitstamp has its books from the first frame on', async () => {
    const diff = (microtimestamp: string) => ({
      data: { timestamp: '1', microtimestamp, bids: [['9', '2']], asks: [] },
      channel: 'diff_order_book_btcusd',
      event: 'data',
    });
    const { symbols } = await summaryOf(
      bitstampVenue,
      'wss://ws.bitstamp.net',
      [
        ...many(() => ({ event: 'bts:heartbeat', channel: '', data: { status: 'success' } })),
        { event: 'bts:subscription_succeeded', channel: 'diff_order_book_btcusd', data: {} },
        diff('4'),
        diff('6'),
      ],
      [
        [
          'https://www.bitstamp.net/api/v2/order_book/btcusd/?group=1',
          { timestamp: '1', microtimestamp: '5', bids: [['9', '1']], asks: [['10', '1']] },
        ],
      ],
    );

    expect(symbols).toMatchObject({
      btcusd: {
        book: {
          stale: 1,
          applied: 1,
          points: [{ afterFrame: 6, bid: ['9', '1'] }, {}, {}, {}, { afterFrame: 56, ask: ['10', '1'] }],
        },
      },
    });
  });
});

describe('a recording whose frames name things in another order', () => {
  it('of Coinbase is read the same', async () => {
    const { symbols, otherFrames } = await summaryOf(coinbaseVenue, COINBASE, [
      { channels: [{ name: 'level2', product_ids: ['BTC-USD'] }], type: 'subscriptions' },
      { bids: [['9', '1']], asks: [], product_id: 'BTC-USD', type: 'snapshot' },
      { changes: [['buy', '8', '1']], time: '2026-11-01T00:00:00Z', product_id: 'BTC-USD', type: 'l2update' },
    ]);

    expect(symbols).toMatchObject({ 'BTC-USD': { book: { snapshots: 1, applied: 1, bidLevels: 2 } } });
    expect(otherFrames).toEqual({ subscriptions: 1 });
  });

  it('of OKX likewise', async () => {
    const told = (action: string, seqId: number, prevSeqId: number) => ({
      data: [{ asks: [], bids: [[`${seqId}`, '1', '0', '1']], seqId, prevSeqId, checksum: 0, ts: '1' }],
      arg: { instId: 'A-B', channel: 'books' },
      action,
    });
    const { symbols, gapRule } = await summaryOf(okxVenue, 'wss://ws.okx.com/ws/v5/public', [
      told('snapshot', 1, -1),
      told('update', 2, 1),
    ]);

    expect(symbols).toMatchObject({ 'A-B': { book: { snapshots: 1, applied: 1, gaps: 0, bidLevels: 2 } } });
    expect(gapRule).toBe('prevSeqId == previous seqId');
  });

  it('of Deribit likewise, whose name stands behind a long book', async () => {
    const { params, ...rest } = change(0, 5);
    const bids = many((i) => ['new', 9 + i, 1]);
    const { symbols } = await summaryOf(deribitVenue, 'wss://www.deribit.com/ws/api/v2', [
      { ...rest, params: { data: { ...params.data, type: 'snapshot', bids }, channel: params.channel } },
    ]);

    expect(symbols).toMatchObject({ 'BTC-PERPETUAL': { book: { snapshots: 1, bidLevels: 60 } } });
  });

  it('of Hyperliquid likewise, and is told by the better of two books', async () => {
    const told = (px: string, more: object) => ({
      data: { levels: [[{ px, sz: '1', n: 1 }], []], time: 1, coin: 'BTC', ...more },
      channel: 'l2Book',
    });
    const { symbols, otherFrames } = await summaryOf(hyperliquidVenue, 'wss://api.hyperliquid.xyz/ws', [
      told('1', {}),
      told('2', { fast: true }),
    ]);

    expect(symbols).toMatchObject({ BTC: { book: { snapshots: 1, bids: [['1', '1']] } } });
    expect(otherFrames).toEqual({ fast: 1 });
  });

  it('of Kraken v2 likewise', async () => {
    const { symbols } = await summaryOf(krakenVenue, 'wss://ws.kraken.com/v2', [
      '{"data":[{"symbol":"BTC/USD","bids":[{"price":9.0,"qty":1.0}],"asks":[],"checksum":1753791161}],"type":"snapshot","channel":"book"}',
    ]);

    expect(symbols).toMatchObject({ 'BTC/USD': { book: { snapshots: 1, bidLevels: 1 } } });
  });
});
