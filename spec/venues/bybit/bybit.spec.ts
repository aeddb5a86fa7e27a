import { InvalidArgumentError } from '../../../lib/index.js';
import type { BookState } from '../../../lib/index.js';
import { bybit, type BybitBookOptions, type BybitOptions } from '../../../lib/venues/bybit/index.js';
import { venueRig } from '../../support/venueRig.js';

const rig = (options: BybitOptions = {}) => venueRig((outside) => bybit({ ...outside, ...options }));

const book = (type: 'snapshot' | 'delta', u: number, size = '1', depth = 50, cts = 4): string =>
  JSON.stringify({
    topic: `orderbook.${depth}.BTCUSDT`,
    type,
    ts: 5,
    cts,
    data: { s: 'BTCUSDT', b: [['63982.50', size]], a: type === 'snapshot' ? [['63990.5', '1']] : [], u, seq: u * 100 },
  });

/** A book that is followed, and what it said last. */
function followed(options?: BybitBookOptions) {
  const one = rig();
  const states: BookState[] = [];
  one.exchange.book('btcusdt', options).subscribe((state) => states.push(state));
  one.pass(10);
  return { ...one, last: () => states.at(-1) };
}

describe('a book of Bybit', () => {
  it('goes on by one each time, and passes over what is old', () => {
    const { wire, last, faults } = followed();

    wire().receive(book('delta', 9), book('snapshot', 10), book('delta', 11, '2'), book('delta', 10, '7'));

    expect(last()).toMatchObject({ status: 'live', book: { sequence: 11, bestBid: { size: 2 }, venueTime: 4 } });
    expect(faults).toEqual([]);
  });

  it('is stale in the step that shows a gap, and is subscribed anew once', () => {
    const { wire, last, pass } = followed();
    wire().receive(book('snapshot', 10));

    wire().receive(book('delta', 12, '2'), book('delta', 13, '2'));
    expect(last()).toMatchObject({ status: 'stale', reason: 'gap' });
    pass(100);
    const asked = wire().sent.map((text) => (JSON.parse(text) as { readonly op: string }).op);
    wire().receive(book('delta', 14), book('snapshot', 20, '3'));

    expect(asked).toEqual(['subscribe', 'unsubscribe', 'subscribe']);
    expect(last()).toMatchObject({ status: 'live', book: { sequence: 20, bestBid: { size: 3 } } });
  });

  it('is replaced by any snapshot, and by what bears the number 1 whatever it is called', () => {
    const { wire, last, faults } = followed();
    wire().receive(book('snapshot', 10), book('snapshot', 7, '2', 50, 5));
    expect(last()).toMatchObject({ status: 'live', book: { sequence: 7, bestBid: { size: 2 } } });

    wire().receive(book('delta', 8, '4'), book('delta', 1, '5'), book('delta', 2, '6'));

    expect(last()).toMatchObject({ status: 'live', book: { sequence: 2, bestBid: { size: 6 }, asks: { length: 0 } } });
    expect(faults).toEqual([]);
  });

  it('of one level is told again and again without harm, and is what quotes are', () => {
    const { wire, exchange, pass } = followed({ depth: 1 });
    const quotes: unknown[] = [];
    exchange.quotes('BTCUSDT').subscribe((quote) => quotes.push(quote));
    pass(10);

    wire().receive(book('snapshot', 10, '1', 1), book('snapshot', 10, '1', 1), book('delta', 11, '2', 1));

    expect(wire().sent).toHaveLength(1);
    expect(quotes).toMatchObject([10, 10, 11].map((sequence) => ({ instrument: 'BTCUSDT', sequence })));
  });
});

describe('bybit()', () => {
  it.each<[BybitOptions, string]>([
    [{}, 'wss://stream.bybit.com/v5/public/linear'],
    [{ category: 'option', testnet: true }, 'wss://stream-testnet.bybit.com/v5/public/option'],
    [{ category: 'spot', url: 'wss://stream.bybit.kz/' }, 'wss://stream.bybit.kz/v5/public/spot'],
  ])('with %j opens the wire of that market', (options, url) => {
    const { exchange, network, pass } = rig(options);
    expect(network.wires).toEqual([]);

    exchange.trades('btcusdt').subscribe();
    pass(10);

    expect(network.wires.map(({ endpoint }) => endpoint.url)).toEqual([url]);
  });

  it('asks for ten topics at a time on spot', () => {
    const { exchange, wire, pass } = rig({ category: 'spot' });
    for (let i = 0; i < 25; i += 1) exchange.trades(`A${i}`).subscribe();
    pass(10);

    expect(wire().sent.map((text) => (JSON.parse(text) as { readonly args: readonly string[] }).args.length)).toEqual([
      10, 10, 5,
    ]);
  });

  it('says every 20 s that it is there', () => {
    const { exchange, wire, pass } = rig();
    exchange.trades('BTCUSDT').subscribe();
    pass(10);
    for (let i = 0; i < 3; i += 1) {
      pass(20_000);
      wire().receive('{"success":true,"ret_msg":"pong","conn_id":"4","req_id":"","op":"ping"}');
    }

    expect(wire().sent.filter((text) => text.includes('"op":"ping"'))).toHaveLength(3);
    expect(wire().status).toBe('open');
  });

  it('merges what changed of a ticker into what was told, and forgets it with the session', () => {
    const { exchange, network, wire, pass } = rig();
    const told: unknown[] = [];
    exchange.ticker('BTCUSDT').subscribe(({ last, high }) => told.push([last, high]));
    pass(10);
    const frame = (type: string, data: object): object => ({
      topic: 'tickers.BTCUSDT',
      type,
      ts: 1,
      data: { symbol: 'BTCUSDT', ...data },
    });
    const prices = {
      prevPrice24h: '1',
      highPrice24h: '9',
      lowPrice24h: '1',
      lastPrice: '5',
      volume24h: '1',
      turnover24h: '5',
    };

    wire().receive(frame('delta', { lastPrice: '4' }), frame('snapshot', prices), frame('delta', { lastPrice: '6' }));
    wire().lose();
    pass(60_000);
    wire(network.wires.length - 1).receive(frame('delta', { lastPrice: '7' }));

    expect(told).toEqual([
      [5, 9],
      [6, 9],
    ]);
  });

  it('has a ticker subscribed anew whose snapshot or any of whose frames is missing, after pauses that grow', () => {
    const { exchange, wire, pass } = rig();
    const told: number[] = [];
    exchange.ticker('BTCUSDT').subscribe(({ last }) => told.push(last));
    pass(10);
    const frame = (type: string, data: object): object => {
      return { topic: 'tickers.BTCUSDT', type, ts: 1, data: { symbol: 'BTCUSDT', ...data } };
    };
    const prices = { prevPrice24h: '1', highPrice24h: '9', lowPrice24h: '1', volume24h: '1', turnover24h: '5' };
    const begun = (): number => wire().sent.filter((text) => text.includes('"subscribe"')).length;
    const ticks = (count: number, text: unknown): void => {
      for (let i = 0; i < count; i += 1) {
        wire().receive(text);
        pass(100);
      }
    };

    ticks(1, frame('delta', { lastPrice: '4' }));
    expect(begun()).toBe(2);
    wire().receive(frame('snapshot', { ...prices, lastPrice: '5' }), '{"topic":"tickers.BTCUSDT","ty');
    pass(500);
    expect(begun()).toBe(3);
    wire().receive(frame('snapshot', { ...prices, lastPrice: '6' }), frame('delta', { lastPrice: '7' }));
    expect(told).toEqual([5, 6, 7]);

    ticks(300, '{"topic":"tickers.BTCUSDT","ty');
    expect(begun()).toBeGreaterThan(4);
    expect(begun()).toBeLessThan(15);
  });

  it('tells volumes in base units: of inverse contracts the venue tells them the other way round', () => {
    const row = {
      start: 1,
      end: 2,
      interval: '5',
      open: '1',
      high: '1',
      low: '1',
      close: '1',
      volume: '60',
      turnover: '0.001',
      confirm: true,
      timestamp: 2,
    };
    const told = (['linear', 'inverse'] as const).map((category) => {
      const { exchange, wire, pass } = rig({ category });
      const volumes: unknown[] = [];
      exchange.candles('BTCUSD', '5').subscribe(({ exact, closed }) => volumes.push(exact.volume, closed));
      pass(10);
      wire().receive({ topic: 'kline.5.BTCUSD', data: [row], ts: 1, type: 'snapshot' });
      return volumes;
    });

    expect(told).toEqual([
      ['60', true],
      ['0.001', true],
    ]);
  });

  it('takes the trades of an option out of those of its coin', () => {
    const { exchange, wire, pass } = rig({ category: 'option' });
    const [one, all]: [string[], string[]] = [[], []];
    exchange.trades('BTC-28APR23-30000-C').subscribe(({ id }) => one.push(id));
    exchange.trades('BTC').subscribe(({ id }) => all.push(id));
    pass(10);
    const row = (s: string, i: string): object => ({ T: 1, s, S: 'Buy', v: '1', p: '1', i });

    wire().receive({
      topic: 'publicTrade.BTC',
      type: 'snapshot',
      ts: 1,
      data: [row('BTC-28APR23-30000-C', '1'), row('BTC-X', '2')],
    });

    expect([one, all]).toEqual([['1'], ['1', '2']]);
    expect(wire().sent).toHaveLength(1);
  });

  it.each([
    () => bybit({ category: 'spread' as 'spot' }),
    () => bybit({ url: 'https://x' }),
    () => bybit({ channelsPerWire: 421 }),
    () => bybit().book('BTC USDT'),
    () => bybit().book('A'.repeat(33)),
    () => bybit().book('BTCUSDT', { depth: 500 as 50 }),
    () => bybit().book('BTCUSDT', { depth: 25 }),
    () => bybit().candles('BTCUSDT', '5m' as '5'),
    () => bybit({ category: 'option' }).ticker('BTC-X'),
    () => bybit({ market: 'spot' } as BybitOptions),
    () => bybit().book('BTCUSDT', { speed: 5 } as object),
  ])('refuses what can’t be meant: %s', (call) => {
    expect(call).toThrow(InvalidArgumentError);
  });
});
