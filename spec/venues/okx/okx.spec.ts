import { InvalidArgumentError, SubscriptionRefusedError } from '../../../lib/index.js';
import type { BookState } from '../../../lib/index.js';
import { okx, type OkxInterval, type OkxOptions } from '../../../lib/venues/okx/index.js';
import { venueRig } from '../../support/venueRig.js';

const rig = (options: OkxOptions = {}) => venueRig((outside) => okx({ ...outside, ...options }));

const books = (action: 'snapshot' | 'update', data: object): string =>
  JSON.stringify({ arg: { channel: 'books', instId: 'BTC-USDT' }, action, data: [{ ts: '1', ...data }] });
const snapshot = (seqId: number, more: object = {}): string =>
  books('snapshot', { asks: [['101', '1', '0', '1']], bids: [['99', '1', '0', '1']], seqId, ...more });
const update = (prevSeqId: number, seqId: number, size?: string): string =>
  books('update', {
    asks: [],
    bids: size === undefined ? [] : [['99', size, '0', '1']],
    prevSeqId,
    seqId,
    checksum: 0,
  });

/** A book that is followed, and what it said last. */
function followed(channel?: 'books5' | 'bbo-tbt') {
  const one = rig();
  const states: BookState[] = [];
  one.exchange.book('BTC-USDT', channel && { channel }).subscribe((state) => states.push(state));
  one.pass(10);
  return { ...one, states, last: () => states.at(-1) };
}

describe('a book of OKX', () => {
  it('goes through all cases of the venue’s own example without a gap', () => {
    const { wire, last, faults } = followed();

    wire().receive(snapshot(10, { prevSeqId: -1, checksum: 0 }));
    wire().receive(update(10, 15, '2'));
    wire().receive(update(15, 15));
    wire().receive(update(15, 3, '3'));
    wire().receive(update(3, 5, '4'));

    expect(last()).toMatchObject({ status: 'live', book: { sequence: 5, bestBid: { size: 4 } } });
    expect(faults).toEqual([]);
  });

  it('takes a snapshot that names nothing before it, as the venue’s site in the US sends', () => {
    const { wire, last } = followed();

    wire().receive(snapshot(10));
    wire().receive(update(10, 42, '2'));

    expect(last()).toMatchObject({ status: 'live', book: { sequence: 42 } });
  });

  it.each([
    ['one was lost', update(12, 14, '2')],
    ['the reset of the numbers was lost, and they are lower now', update(3, 5, '2')],
    ['one names nothing before it', books('update', { asks: [], bids: [], seqId: 11 })],
    ['numbers end', books('update', { asks: [], bids: [], checksum: 7 })],
  ])('is stale in the step that shows that %s, and asks once for a new one', (_, frame) => {
    const { wire, last, pass, faults } = followed();
    wire().receive(snapshot(10));

    wire().receive(frame);
    wire().receive(frame);
    expect(last()).toMatchObject({ status: 'stale', reason: 'gap' });
    pass(100);
    const [, ...after] = wire().sent.map((text) => JSON.parse(text) as { op: string; args: object[] });
    wire().receive(snapshot(20));

    expect(after.map(({ op }) => op)).toEqual(['unsubscribe', 'subscribe']);
    expect(after[0]?.args).toEqual([{ channel: 'books', instId: 'BTC-USDT' }]);
    expect(last()).toMatchObject({ status: 'live', book: { sequence: 20 } });
    expect(faults.map(({ type }) => type)).toEqual(['gap', 'resnapshot']);
  });

  it('without numbers is held to its checksum', () => {
    const { wire, last, exchange, pass } = followed();
    const [levels, checksum] = [{ asks: [['3366.8', '9', '0', '1']], bids: [['3366.1', '7', '0', '1']] }, 831078360];

    wire().receive(books('snapshot', { ...levels, checksum: -999 }));
    expect(last()).toMatchObject({ status: 'syncing' });
    pass(1_000);
    wire().receive(
      books('snapshot', { asks: [...levels.asks, ['3368', '8'], ['3372', '8']], bids: levels.bids, checksum }),
    );
    wire().receive(books('update', { asks: [], bids: [], checksum }));
    expect(last()).toMatchObject({ status: 'live' });
    wire().receive(books('update', { asks: [['3368', '9', '0', '1']], bids: [], checksum }));

    expect(last()).toMatchObject({ status: 'stale', reason: 'checksum' });
    expect(exchange.tally('btc-usdt')).toMatchObject({ checksumsHeld: 2, checksumsFailed: 2 });
  });

  it('does not take what neither a number nor a checksum would hold', () => {
    const { wire, last, faults } = followed();

    wire().receive(books('snapshot', { asks: [], bids: [], checksum: 0 }));

    expect(last()).toEqual({ status: 'syncing' });
    expect(faults).toMatchObject([
      { type: 'decode', path: 'okx.books/data: Array<okx.numberedOrChecked>/0: okx.numberedOrChecked' },
    ]);
  });

  it('may be crossed, as it is in a call auction', () => {
    const { wire, last, faults, exchange } = followed();
    const levels = { asks: [['101', '1', '0', '1']], bids: [['102', '1', '0', '1']] };

    wire().receive(snapshot(10, levels), update(10, 11, '2'), update(11, 12, '3'));

    expect(last()).toMatchObject({ status: 'live', book: { sequence: 12, bestBid: { price: 102 } } });
    expect(exchange.tally('BTC-USDT')).toMatchObject({ crossed: 2, applied: 2, gaps: 0 });
    expect(faults).toEqual([]);
  });

  it('of few levels is whole in each frame', () => {
    const { wire, last } = followed('books5');
    const frame = (price: string, seqId: number): string =>
      `{"arg":{"channel":"books5","instId":"BTC-USDT"},"data":[{"asks":[["${price}","1","0","1"]],"bids":[],"instId":"BTC-USDT","ts":"1","seqId":${seqId}}]}`;

    wire().receive(frame('101', 5));
    wire().receive(frame('102', 9));

    expect(last()).toMatchObject({
      status: 'live',
      book: { sequence: 9, bestAsk: { price: 102 }, asks: { length: 1 } },
    });
  });

  it('ends by itself where it needs a login', () => {
    const { exchange, wire, pass } = rig();
    const errors: unknown[] = [];
    exchange.book('BTC-USDT', { channel: 'books-l2-tbt' }).subscribe({ error: (error: unknown) => errors.push(error) });
    pass(10);
    const { id } = JSON.parse(wire().sent[0] ?? '') as { readonly id: string };

    wire().receive(JSON.stringify({ id, event: 'error', code: '60011', msg: 'Please log in', connId: '1' }));

    expect(errors).toEqual([new SubscriptionRefusedError('okx', 'books-l2-tbt:BTC-USDT', '60011 Please log in')]);
  });
});

describe('okx()', () => {
  it.each<[OkxOptions, readonly string[]]>([
    [{}, ['wss://ws.okx.com/ws/v5/public', 'wss://ws.okx.com/ws/v5/public', 'wss://ws.okx.com/ws/v5/business']],
    [
      { region: 'us', demo: true },
      [
        'wss://wsuspap.okx.com/ws/v5/public',
        'wss://wsuspap.okx.com/ws/v5/public',
        'wss://wsuspap.okx.com/ws/v5/business?brokerId=9999',
      ],
    ],
    [
      { url: 'wss://real.okcoin.com:8443/' },
      [
        'wss://real.okcoin.com:8443/ws/v5/public',
        'wss://real.okcoin.com:8443/ws/v5/public',
        'wss://real.okcoin.com:8443/ws/v5/business',
      ],
    ],
  ])('with %j opens the wires of that site, as they are needed', (options, urls) => {
    const { exchange, network, pass } = rig(options);
    expect(network.wires).toEqual([]);

    exchange.trades('btc-usdt').subscribe();
    exchange.book('btc-usdt').subscribe();
    exchange.candles('btc-usdt', '1m').subscribe();
    pass(10);

    expect(network.wires.map(({ endpoint }) => endpoint.url)).toEqual(urls);
  });

  it.each<[OkxOptions, string | undefined]>([
    [{}, undefined],
    [{ demo: true }, '1'],
    [{ region: 'eea', demo: true }, '1'],
    [{ url: 'wss://wspap.okx.com:8443' }, '1'],
    [{ url: 'wss://x.example' }, undefined],
    [{ url: 'wss://x.example', demo: true }, '1'],
  ])(
    'with %j has lists and candles of the past of that site, which for demo trading a header says',
    (options, said) => {
      const { exchange, network, pass } = rig(options);
      exchange.instruments().subscribe();
      exchange.candles('btc-usdt', '1m', { history: 2 }).subscribe();
      pass(10);
      const arg = { channel: 'candle1m', instId: 'BTC-USDT' };
      const data = [['1700000000000', '1', '1', '1', '1', '1', '1', '1', '0']];
      network.wires[0]?.receive(JSON.stringify({ arg, data }));
      pass(5_000);

      const paths = network.requests.map(({ request }) => new URL(request.url).pathname);
      expect(new Set(paths)).toEqual(new Set(['/api/v5/public/instruments', '/api/v5/market/candles']));
      expect(new Set(network.requests.map(({ request }) => request.headers?.['x-simulated-trading']))).toEqual(
        new Set([said]),
      );
    },
  );

  it('tells trades one by one, and leaves out one that can’t be read', () => {
    const { exchange, wire, pass, faults } = rig();
    const trades: unknown[] = [];
    exchange.trades('BTC-USDT-SWAP').subscribe((trade) => trades.push(trade));
    pass(10);
    const row = { instId: 'BTC-USDT-SWAP', tradeId: '2832749645', px: '63913.4', sz: '34.95', side: 'sell', ts: '17' };

    const frame = {
      arg: { channel: 'trades', instId: 'BTC-USDT-SWAP' },
      data: [row, { ...row, side: 'none' }, { ...row, tradeId: '8' }],
    };
    wire().receive(JSON.stringify(frame));

    expect(trades).toMatchObject([
      { id: '2832749645', price: 63913.4, exact: { price: '63913.4', size: '34.95' }, side: 'sell', venueTime: 17 },
      { id: '8' },
    ]);
    expect(faults).toMatchObject([{ type: 'decode', channel: 'trades:BTC-USDT-SWAP' }]);
  });

  it('tells volumes in base units, of coins and of contracts', () => {
    const { exchange, wire, pass } = rig();
    const told: unknown[] = [];
    for (const one of ['BTC-USDT', 'BTC-USDT-SWAP']) {
      exchange.ticker(one).subscribe(({ volume, quoteVolume }) => told.push([one, volume, quoteVolume]));
      exchange.candles(one, '1m').subscribe(({ volume, closed }) => told.push([one, volume, closed]));
    }
    pass(10);

    for (const [instId, instType] of [
      ['BTC-USDT', 'SPOT'],
      ['BTC-USDT-SWAP', 'SWAP'],
    ] as const) {
      const prices = { last: '4', open24h: '1', high24h: '5', low24h: '0.5' };
      const ticker = { instType, instId, ...prices, vol24h: '17', volCcy24h: '68', ts: '1' };
      wire(0).receive(JSON.stringify({ arg: { channel: 'tickers', instId }, data: [ticker] }));
      const candle = ['1', '1', '2', '0.5', '1.5', '18', '72', '73', '1'];
      wire(1).receive(JSON.stringify({ arg: { channel: 'candle1m', instId }, data: [candle] }));
    }

    expect(told).toEqual([
      ['BTC-USDT', 17, 68],
      ['BTC-USDT', 18, true],
      ['BTC-USDT-SWAP', 68, undefined],
      ['BTC-USDT-SWAP', 72, true],
    ]);
  });

  it('tells no ticker of what was never traded', () => {
    const { exchange, wire, pass, faults } = rig();
    const told: unknown[] = [];
    exchange.ticker('A-B').subscribe((ticker) => told.push(ticker));
    pass(10);

    const row = {
      instType: 'OPTION',
      instId: 'A-B',
      last: '',
      open24h: '',
      high24h: '',
      low24h: '',
      vol24h: '0',
      volCcy24h: '0',
      ts: '1',
    };
    wire().receive(JSON.stringify({ arg: { channel: 'tickers', instId: 'A-B' }, data: [row] }));

    expect([told, faults]).toEqual([[], []]);
  });

  it.each<[OkxInterval, string, string]>([
    ['1m', '2026-02-01T00:00:00Z', '2026-02-01T00:00:59.999Z'],
    ['6Hutc', '2026-02-01T00:00:00Z', '2026-02-01T05:59:59.999Z'],
    ['1Mutc', '2026-02-01T00:00:00Z', '2026-02-28T23:59:59.999Z'],
    ['1M', '2026-01-31T16:00:00Z', '2026-02-28T15:59:59.999Z'],
    ['1M', '2025-12-31T16:00:00Z', '2026-01-31T15:59:59.999Z'],
  ])('ends a candle of %s that begins at %s at %s', (interval, open, close) => {
    const { exchange, wire, pass } = rig();
    const told: number[] = [];
    exchange.candles('A-B', interval).subscribe(({ closeTime }) => told.push(closeTime));
    pass(10);

    const row = [`${Date.parse(open)}`, '1', '1', '1', '1', '1', '1', '1', '0'];
    wire().receive(JSON.stringify({ arg: { channel: `candle${interval}`, instId: 'A-B' }, data: [row] }));

    expect(told).toEqual([Date.parse(close)]);
  });

  it('has late observers of a best price get the latest', () => {
    const { exchange, wire, pass } = rig();
    exchange.quotes('BCH-USDT-SWAP').subscribe();
    pass(10);
    wire().receive(
      '{"arg":{"channel":"bbo-tbt","instId":"BCH-USDT-SWAP"},"data":[{"asks":[["111.06","55154","0","2"]],"bids":[["111.05","57745","0","2"]],"ts":"1670324386802","seqId":363996337}]}',
    );
    const late: unknown[] = [];
    exchange.quotes('BCH-USDT-SWAP').subscribe((quote) => late.push(quote));

    expect(late).toMatchObject([{ bid: { price: 111.05 }, ask: { size: 55154 }, sequence: 363996337 }]);
  });

  it.each([
    () => okx({ region: 'mars' as 'us' }),
    () => okx({ url: 'https://x' }),
    () => okx({ booksPerWire: 0 }),
    () => okx().book('BTC USDT'),
    () => okx().book('BTC-USDT', { channel: 'books6' as 'books5' }),
    () => okx().candles('BTC-USDT', '1h' as '1H'),
    () => okx({ hosts: 'x' } as OkxOptions),
    () => okx().book('BTC-USDT', { depth: 5 } as object),
  ])('refuses what can’t be meant: %s', (call) => {
    expect(call).toThrow(InvalidArgumentError);
  });
});
