import type { Errors } from 'io-ts';
import { pathOf } from '../../../lib/codec/path.js';
import { aggregateTradesChannel, tradesChannel } from '../../../lib/venues/binance/trades.js';
import { candlesChannel } from '../../../lib/venues/binance/candles.js';
import { depthChannel } from '../../../lib/venues/binance/depth.js';
import { quotesChannel } from '../../../lib/venues/binance/quotes.js';
import { tickerChannel } from '../../../lib/venues/binance/ticker.js';
import { WholeDepth } from '../../../lib/venues/binance/frames.js';
import type { ChannelSpec } from '../../../lib/socket/channel.js';

const AT = 1_700_000_000_000;
const level = (price: string, size: string): object => ({
  price: Number(price),
  size: Number(size),
  exact: { price, size },
});

/** Reads the text of a whole combined frame as its channel would. */
function read<T>(spec: ChannelSpec<T>, text: string): T {
  const { stream, data } = JSON.parse(text) as { stream: string; data: unknown };
  expect(stream).toBe(spec.topic.key);
  const result = spec.decode(data, AT);
  if (result._tag === 'Left') throw new Error(pathOf(result.left));
  return result.right;
}
function refusal(spec: ChannelSpec<unknown>, payload: unknown): string {
  const result = spec.decode(payload, AT);
  return result._tag === 'Left' ? pathOf(result.left) : 'accepted';
}

describe('frames of Binance, as recorded', () => {
  it('reads a spot depth update', () => {
    const text =
      '{"stream":"nknusdt@depth@100ms","data":{"e":"depthUpdate","E":1633998512568,"s":"NKNUSDT","U":499869753,"u":499869754,"b":[["0.35170000","4265.00000000"]],"a":[["0.35290000","10968.00000000"]]}}';

    expect(read(depthChannel('spot', 'nknusdt', '100ms'), text)).toEqual({
      type: 'diff',
      instrument: 'NKNUSDT',
      firstSequence: 499869753,
      lastSequence: 499869754,
      previousSequence: undefined,
      bids: [level('0.35170000', '4265.00000000')],
      asks: [level('0.35290000', '10968.00000000')],
      venueTime: 1633998512568,
      receivedTime: AT,
      checksum: undefined,
    });
  });

  it('reads a USD-M depth update with its link and the engine’s time, keys unknown to us beside', () => {
    const text =
      '{"stream":"keepusdt@depth@100ms","data":{"e":"depthUpdate","E":1626992741142,"T":1626992741093,"s":"KEEPUSDT","U":600859601246,"u":600859602316,"pu":600859581808,"b":[["0.2443","3688"],["0.2445","72866"]],"a":[["0.2465","0"]],"ps":"KEEPUSDT","st":1}}';

    expect(read(depthChannel('usdm', 'KEEPUSDT', '100ms'), text)).toMatchObject({
      firstSequence: 600859601246,
      lastSequence: 600859602316,
      previousSequence: 600859581808,
      bids: [level('0.2443', '3688'), level('0.2445', '72866')],
      asks: [level('0.2465', '0')],
      venueTime: 1626992741093,
    });
  });

  it('reads trades: the taker is on the other side of the maker', () => {
    const text =
      '{"stream":"bnbbtc@trade","data":{"e":"trade","E":1567296001038,"s":"BNBBTC","t":60276726,"p":"0.00219650","q":"6.48000000","b":255533165,"a":255532831,"T":1567296001034,"m":true,"M":true}}';

    expect(read(tradesChannel('spot', 'BNBBTC'), text)).toEqual({
      instrument: 'BNBBTC',
      id: '60276726',
      price: 0.0021965,
      size: 6.48,
      exact: { price: '0.00219650', size: '6.48000000' },
      side: 'sell',
      venueTime: 1567296001034,
      receivedTime: AT,
    });
  });

  it.each([
    ['MARKET', '1', true],
    ['RPI', '1', true],
    ['A_WORD_OF_NEXT_YEAR', '1', true],
    ['', '1', true],
    ['NA', '1', true],
    ['NA', '0', false],
    ['NA', '0.00000000', false],
    ['INSURANCE_FUND', '1', false],
    ['ADL', '1', false],
  ])('takes a USD-M trade of the kind "%s" over %s for one: %s', (X, figure, isTrade) => {
    const result = tradesChannel('usdm', 'BTCUSDT').decode(
      { e: 'trade', E: 1, s: 'BTCUSDT', t: 1, p: figure, q: figure, T: 1, m: false, X },
      AT,
    );

    expect(result._tag === 'Right' && result.right !== undefined).toBe(isTrade);
  });

  it('reads aggregate trades', () => {
    const text =
      '{"stream":"sushiusdt@aggTrade","data":{"e":"aggTrade","E":1626992744262,"a":87353230,"s":"SUSHIUSDT","p":"7.6120","q":"297","f":126902924,"l":126902927,"T":1626992744108,"m":false}}';

    expect(read(aggregateTradesChannel('usdm', 'SUSHIUSDT'), text)).toMatchObject({
      id: '87353230',
      side: 'buy',
      exact: { price: '7.6120', size: '297' },
      venueTime: 1626992744108,
    });
  });

  it('reads quotes; a side at price 0 is none', () => {
    const text =
      '{"stream":"nknusdt@bookTicker","data":{"u":499869768,"s":"NKNUSDT","b":"0.35210000","B":"672.00000000","a":"0.00000000","A":"0.00000000"}}';

    expect(read(quotesChannel('spot', 'NKNUSDT'), text)).toEqual({
      instrument: 'NKNUSDT',
      bid: level('0.35210000', '672.00000000'),
      ask: undefined,
      sequence: 499869768,
      venueTime: undefined,
      receivedTime: AT,
    });
  });

  it('reads candles', () => {
    const text =
      '{"stream":"nknusdt@kline_1m","data":{"e":"kline","E":1633998523963,"s":"NKNUSDT","k":{"t":1633998480000,"T":1633998539999,"s":"NKNUSDT","i":"1m","f":19862761,"L":19862790,"o":"0.35270000","c":"0.35280000","h":"0.35280000","l":"0.35220000","v":"25877.00000000","n":30,"x":false,"q":"9116.04600000","V":"58.00000000","Q":"20.46240000","B":"0"}}}';

    expect(read(candlesChannel('spot', 'nknusdt', '1m'), text)).toEqual({
      instrument: 'NKNUSDT',
      interval: '1m',
      openTime: 1633998480000,
      closeTime: 1633998539999,
      open: 0.3527,
      high: 0.3528,
      low: 0.3522,
      close: 0.3528,
      volume: 25877,
      exact: {
        open: '0.35270000',
        high: '0.35280000',
        low: '0.35220000',
        close: '0.35280000',
        volume: '25877.00000000',
      },
      trades: 30,
      closed: false,
      venueTime: 1633998523963,
      receivedTime: AT,
    });
  });

  it('reads tickers', () => {
    const text =
      '{"stream":"dogebnb@ticker","data":{"e":"24hrTicker","E":1569805259092,"s":"DOGEBNB","p":"0.00000291","P":"2.068","w":"0.00014188","x":"0.00014069","c":"0.00014360","Q":"51135.00000000","b":"0.00014365","B":"8080.00000000","a":"0.00014498","A":"275033.00000000","o":"0.00014069","h":"0.00014550","l":"0.00013851","v":"20014582.00000000","q":"2839.62578157","O":1569718859088,"C":1569805259088,"F":64171,"L":64684,"n":514}}';

    expect(read(tickerChannel('spot', 'DOGEBNB'), text)).toMatchObject({
      open: 0.00014069,
      high: 0.0001455,
      low: 0.00013851,
      last: 0.0001436,
      exact: { volume: '20014582.00000000', quoteVolume: '2839.62578157' },
      venueTime: 1569805259092,
    });
  });

  it('reads the snapshot of a new listing', () => {
    expect(WholeDepth.decode({ lastUpdateId: -1, bids: [], asks: [] })._tag).toBe('Right');
  });
});

describe('frames of Binance that are refused', () => {
  const diff = { e: 'depthUpdate', E: 1, s: 'A', U: 1, u: 1, b: [], a: [] };
  const linked = { ...diff, T: 1, pu: 0 };
  const trade = { e: 'trade', E: 1, s: 'A', t: 1, p: '1', q: '1', T: 1, m: true };

  it.each<[string, ChannelSpec<unknown>, unknown, string]>([
    [
      'a level whose size is no decimal',
      depthChannel('spot', 'A', '100ms'),
      {
        ...diff,
        b: [
          ['1', '1'],
          ['2', '1e5'],
        ],
      },
      'binance.depthUpdate/b: Levels/1/1: Size',
    ],
    [
      'a diff of the wrong kind',
      depthChannel('spot', 'A', '100ms'),
      { ...diff, e: 'trade' },
      'binance.depthUpdate/e: "depthUpdate"',
    ],
    [
      'a USD-M diff without its link',
      depthChannel('usdm', 'A', '100ms'),
      { ...linked, pu: undefined },
      'binance.depthUpdate/pu: SequenceOrNone',
    ],
    [
      'a sequence that lost digits',
      depthChannel('spot', 'A', '100ms'),
      { ...diff, u: 2 ** 60 },
      'binance.depthUpdate/u: Sequence',
    ],
    ['a trade id that lost digits', tradesChannel('spot', 'A'), { ...trade, t: 2 ** 60 }, 'binance.trade/t: Id'],
    [
      'an aggregate without a price',
      aggregateTradesChannel('spot', 'A'),
      { ...trade, e: 'aggTrade', a: 1, p: '' },
      'binance.aggTrade/p: DecimalText',
    ],
    ['a quote that is null', quotesChannel('spot', 'A'), null, 'binance.bookTicker'],
    [
      'a candle within',
      candlesChannel('spot', 'A', '1m'),
      { e: 'kline', E: 1, s: 'A', k: { t: 'x' } },
      'binance.kline/k: binance.kline/t: Millis',
    ],
    [
      'a ticker without a close',
      tickerChannel('spot', 'A'),
      { e: '24hrTicker', E: 1, s: 'A', o: '1', h: '1', l: '1', v: '1', q: '1' },
      'binance.24hrTicker/c: DecimalText',
    ],
  ])('names the place: %s', (_, spec, payload, path) => {
    expect(refusal(spec, payload)).toBe(path);
  });

  it('names the place in a snapshot, and what it lacks', () => {
    const lacking = WholeDepth.decode({ lastUpdateId: 1, bids: [] });
    expect(pathOf((lacking as { left: Errors }).left)).toBe('binance.depth/asks: Levels');
    const result = WholeDepth.decode({ lastUpdateId: 1, bids: [['1']], asks: [] });

    expect(pathOf((result as { left: Errors }).left)).toContain('binance.depth/bids: Levels/0');
  });
});
