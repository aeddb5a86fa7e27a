import { createHash } from 'node:crypto';
import { bookSummary, brokenBy, levelDigest, summaryPoint } from '../../../lib/cli/summary/bookSummary.js';
import { contentsOf } from '../../../lib/cli/summary/contents.js';
import { summaryText } from '../../../lib/cli/summary/summaryText.js';
import { tradeSums } from '../../../lib/cli/summary/tradeSums.js';
import { recordedBinance } from '../../../lib/cli/venues/recordedBinance.js';
import type { StaleReason } from '../../../lib/model/bookState.js';
import type { BookTally } from '../../../lib/model/bookTally.js';
import type { Recording } from '../../../lib/recording/format.js';
import { book, trade } from '../support/books.js';

const standing = book(
  [
    ['100.10', '2.00'],
    ['1e2', '1'],
  ],
  [['100.2', '0.50']],
);
const tally: BookTally = {
  snapshots: 1,
  diffs: 9,
  applied: 5,
  stale: 3,
  early: 0,
  gaps: 2,
  checksumsHeld: 4,
  checksumsFailed: 0,
  deletesOfNothing: 1,
  crossed: 0,
};

describe('tradeSums', () => {
  it('sums in decimals and counts repeated ids', () => {
    const sums = tradeSums();

    sums.add(trade('1', 'buy', '0.1', '0.2'));
    sums.add(trade('2', 'sell', '0.3', '0.10'));
    sums.add(trade('2', 'sell', '0.3', '0.10'));

    expect(sums.summary()).toEqual({
      count: 3,
      size: '0.4',
      repeatedIds: 1,
      priceTimesSize: '0.08',
      takerBuys: 1,
      takerBuySize: '0.2',
      historyCount: 0,
      historySize: '0',
    });
  });

  it('keeps what was told as history apart', () => {
    const sums = tradeSums();

    sums.add(trade('2', 'sell', '0.3', '0.10'));
    sums.addPast(trade('1', 'buy', '0.1', '0.2'));
    sums.addPast(trade('2', 'buy', '0.1', '0.10'));

    expect(sums.summary()).toMatchObject({
      count: 1,
      size: '0.1',
      takerBuys: 0,
      repeatedIds: 0,
      historyCount: 2,
      historySize: '0.3',
    });
  });
});

describe('bookSummary', () => {
  it('spells levels plainly and digests them in order, best first', () => {
    const text = 'b 100.1 2\nb 100 1\na 100.2 0.5\n';

    expect(levelDigest(standing)).toBe(createHash('sha256').update(text).digest('hex'));
    expect(levelDigest(undefined)).toBe(createHash('sha256').digest('hex'));
  });

  it('counts diffs that never met a snapshot as early', () => {
    const summary = bookSummary({ status: 'live', book: standing }, tally, [], { gaps: true, checksums: true });

    expect(summary).toMatchObject({
      early: 1,
      gaps: 2,
      checksums: { passed: 4, failed: 0 },
      bidLevels: 2,
      askLevels: 1,
    });
    expect(summary.bids).toEqual([
      ['100.1', '2'],
      ['100', '1'],
    ]);
  });

  it('has null for what the venue has no rule for', () => {
    const summary = bookSummary({ status: 'syncing' }, tally, [], { gaps: false, checksums: false });

    expect(summary).toMatchObject({ gaps: null, checksums: null, bidLevels: 0, bids: [], asks: [] });
  });

  it('calls a book broken from what broke it until it is mended, and none that is only quiet or cut off', () => {
    const stale = (reason: StaleReason) => ({ status: 'stale', book: standing, reason, since: 0 }) as const;
    const live = { status: 'live', book: standing } as const;
    const states = [
      stale('silent'),
      live,
      stale('disconnected'),
      stale('gap'),
      stale('disconnected'),
      live,
      stale('lagging'),
    ];
    const broken: (StaleReason | undefined)[] = [];

    for (const state of states) broken.push(brokenBy(broken.at(-1), state));

    expect(broken).toEqual([undefined, undefined, undefined, 'gap', 'gap', undefined, undefined]);
    expect(summaryPoint(stale('gap'), 1, 'gap')).toMatchObject({ staleBy: 'gap' });
    expect(summaryPoint(stale('silent'), 1)).not.toHaveProperty('staleBy');
  });

  it('marks a point without a book, and has null for an empty side', () => {
    expect(summaryPoint({ status: 'syncing' }, 3)).toEqual({ afterFrame: 3, bid: null, ask: null, waiting: true });
    expect(summaryPoint({ status: 'live', book: book([], [['1.0', '2']]) }, 4)).toEqual({
      afterFrame: 4,
      bid: null,
      ask: ['1', '2'],
    });
  });
});

describe('recordedBinance', () => {
  const aggregate = { type: 'trade', instrument: 'BTCUSDT', stream: 'aggTrade', behind: 0 };
  it.each([
    [
      '{"stream":"btcusdt@depth@100ms","data":{}}',
      { type: 'depth', instrument: 'BTCUSDT', stream: '100ms', behind: 0 },
    ],
    ['{"stream":"btcusdt@depth","data":{}}', { type: 'depth', instrument: 'BTCUSDT', stream: 'depth', behind: 1 }],
    ['{"stream":"btcusdt@depth@0ms","data":{}}', { type: 'depth', instrument: 'BTCUSDT', stream: '100ms', behind: 0 }],
    ['{"stream":"btcusdt@depth20@100ms","data":{}}', { type: 'other', name: 'depth20@100ms' }],
    ['{"stream":"btcusdt@aggTrade","data":{}}', aggregate],
    ['{"stream":"btcusdt@trade","data":{}}', { type: 'trade', instrument: 'BTCUSDT', stream: 'trade', behind: 1 }],
    ['{"stream":"btcusdt@kline_1m","data":{}}', { type: 'other', name: 'kline_1m' }],
    ['{"data":{},"stream":"btcusdt@aggTrade"}', aggregate],
    ['{"stream":"!serverShutdown","data":{}}', { type: 'other', name: '!servershutdown' }],
    ['{"e":"depthUpdate","s":"BTCUSDT"}', { type: 'depth', instrument: 'BTCUSDT' }],
    ['{"e":"aggTrade","s":"BTCUSDT"}', aggregate],
    ['{"u":1,"s":"BTCUSDT","b":"1"}', { type: 'other', name: 'bookTicker' }],
    ['{"result":null,"id":1}', { type: 'other', name: 'response' }],
    ['{"stream":', { type: 'other', name: 'no JSON' }],
    ['null', { type: 'other', name: 'unknown' }],
  ])('knows what %s is about', (frame, kind) => {
    expect(recordedBinance.kindOf(frame)).toEqual(kind);
  });

  it.each([
    ['binance', 'spot', 'wss://stream.binance.com:9443/stream', 'spot'],
    ['binance-us', 'spot', 'wss://stream.binance.us:9443/stream', 'spot'],
    ['binance-futures', 'usd-m', '', 'usdm'],
    ['binance-delivery', '', '', 'coinm'],
    ['binance', 'coin-m', '', 'coinm'],
    // Where the words don't tell, the address does.
    ['binance', 'futures', 'wss://fstream.binance.com/stream', 'usdm'],
    ['binance', 'futures', 'wss://dstream.binance.com/stream', 'coinm'],
  ])('knows the market of %s %s at "%s"', (venue, market, url, own) => {
    expect(recordedBinance.marketOf(venue, market, url)).toBe(own);
  });

  it('acknowledges requests', () => {
    expect(recordedBinance.reply('{"method":"SUBSCRIBE","params":[],"id":7}')).toBe('{"result":null,"id":7}');
  });
});

describe('contentsOf', () => {
  const http = (url: string): Recording['events'][number] => ({ at: 1, kind: 'http', url, status: 200, body: '{}' });
  const frame = (stream: string): Recording['events'][number] => ({
    at: 1,
    kind: 'frame',
    socket: '1',
    data: `{"stream":"${stream}","data":{}}`,
  });
  const header = { recording: 1, venue: 'binance', capturedAt: '', url: '', sent: [], sockets: [] } as const;

  it('counts, and puts books in the order in which their snapshots were answered', () => {
    const events = [
      http('https://x/exchangeInfo'),
      frame('a@depth'),
      frame('b@depth'),
      frame('ab@depth'),
      http('https://x/depth?symbol=AB&limit=1'),
      http('https://x/depth?symbol=B'),
      frame('b@aggTrade'),
      frame('b@ticker'),
      frame('a@bookTicker'),
      frame('b@ticker'),
    ];

    expect(contentsOf({ header, events }, recordedBinance)).toEqual({
      frames: 7,
      https: 3,
      answers: ['https://x/exchangeInfo', 'https://x/depth?symbol=AB&limit=1', 'https://x/depth?symbol=B'],
      books: ['AB', 'B', 'A'],
      trades: ['B'],
      other: { bookTicker: 1, http: 1, ticker: 2 },
    });
  });
});

describe('summaryText', () => {
  it('writes a pair a line, as the expected files of recordings do', () => {
    const level = ['1', '2'] as const;
    const text = summaryText({
      oracle: 1,
      recording: 'x',
      venue: 'v',
      market: 'm',
      frames: 0,
      https: 0,
      gapRule: null,
      socketGaps: null,
      checksum: null,
      otherFrames: {},
      symbols: {
        S: {
          book: {
            ...bookSummary({ status: 'syncing' }, tally, [], { gaps: true, checksums: false }),
            bids: [level, level],
          },
        },
      },
    });

    expect(text).toContain('"bids": [\n     ["1","2"],\n     ["1","2"]\n    ]');
  });
});
