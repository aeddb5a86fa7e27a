import { VirtualTimeScheduler, map } from 'rxjs';
import type { AuthorizedRequest } from '../../../lib/feed/authorizedRequest.js';
import type { CandleHistory } from '../../../lib/feed/candleHistory.js';
import { readAnswer } from '../../../lib/feed/readAnswer.js';
import { VenueBase } from '../../../lib/feed/venueBase.js';
import type { Candle } from '../../../lib/index.js';
import { fakeNetwork } from '../../../lib/testing/index.js';
import { historyOf as bitfinex } from '../../../lib/venues/bitfinex/history.js';
import { historyOf as bybit } from '../../../lib/venues/bybit/history.js';
import { historyOf as coinbase } from '../../../lib/venues/coinbase/advanced/history.js';
import { historyOf as deribit } from '../../../lib/venues/deribit/history.js';
import { historyOf as hyperliquid } from '../../../lib/venues/hyperliquid/history.js';
import { historyOf as kraken } from '../../../lib/venues/kraken/v2/history.js';
import { historyOf as kucoin } from '../../../lib/venues/kucoin/history.js';
import { historyOf as okx } from '../../../lib/venues/okx/history.js';
import { barsRequest } from '../../../lib/venues/tradestation/market/candles.js';
import { historyOf as tradestation } from '../../../lib/venues/tradestation/market/history.js';
import { isSoonDone } from '../../support/linear.js';
import { rubbishIn } from '../../support/rubbish.js';

const REST = 'https://rest';
/** When it is now. */
const NOW = 1_700_000_010_000;

interface Past {
  readonly name: string;
  readonly history: (base: VenueBase) => CandleHistory;
  /** What is asked for of three candles, and of three before the second minute. */
  readonly asked: readonly [newest: string, before: string];
  /** As its docs show it. */
  readonly answer: unknown;
  readonly candles: readonly string[];
}

const bybitList = (turnover = '18.1') => ({
  retCode: 0,
  result: {
    category: 'linear',
    symbol: 'BTCUSDT',
    list: [
      ['1670608800000', '17071', '17073', '17027', '17055.5', '268611', turnover],
      ['1670605200000', '17071.5', '17071.5', '17061', '17071', '4177', '0.24469757'],
      ['x'],
    ],
  },
});

const pasts: Past[] = [
  {
    name: 'bybit',
    history: (base) => bybit(base, { restUrl: REST, category: 'linear' }, 'BTCUSDT', '60'),
    asked: [
      `${REST}/v5/market/kline?category=linear&symbol=BTCUSDT&interval=60&limit=3`,
      `${REST}/v5/market/kline?category=linear&symbol=BTCUSDT&interval=60&limit=3&end=119999`,
    ],
    answer: bybitList(),
    candles: [
      '60 1670608800000-1670612399999 17071 17073 17027 17055.5 268611',
      '60 1670605200000-1670608799999 17071.5 17071.5 17061 17071 4177',
    ],
  },
  {
    name: 'bybit, inverse, whose volumes are the other way round',
    history: (base) => bybit(base, { restUrl: REST, category: 'inverse' }, 'BTCUSD', 'M'),
    asked: [
      `${REST}/v5/market/kline?category=inverse&symbol=BTCUSD&interval=M&limit=3`,
      `${REST}/v5/market/kline?category=inverse&symbol=BTCUSD&interval=M&limit=3&end=119999`,
    ],
    answer: { retCode: 0, result: { list: [['1669852800000', '1', '2', '1', '2', '268611', '15.7']] } },
    candles: ['M 1669852800000-1672531199999 1 2 1 2 15.7'],
  },
  {
    name: 'okx',
    history: (base) => okx(base, (path) => ({ method: 'GET', url: `${REST}${path}` }), 'BTC-USDT', '1m'),
    asked: [
      `${REST}/api/v5/market/candles?instId=BTC-USDT&bar=1m&limit=3`,
      `${REST}/api/v5/market/history-candles?instId=BTC-USDT&bar=1m&limit=3&after=120000`,
    ],
    answer: {
      code: '0',
      msg: '',
      data: [
        ['1597026383085', '3.721', '3.743', '3.677', '3.708', '8422410', '22698348.04828491', '12698348.04828491', '0'],
        ['1597026323085', '3.731', '3.799', '3.494', '3.72', '24912403', '67632347.24399722', '37632347.24399722', '1'],
      ],
    },
    candles: [
      '1m 1597026383085-1597026443084 3.721 3.743 3.677 3.708 8422410',
      '1m 1597026323085-1597026383084 3.731 3.799 3.494 3.72 24912403 closed',
    ],
  },
  {
    name: 'hyperliquid',
    history: (base) => hyperliquid(base, REST, 'BTC', '1m'),
    asked: [
      `{"type":"candleSnapshot","req":{"coin":"BTC","interval":"1m","startTime":${NOW - 180_000},"endTime":${NOW + 59_999}}}`,
      '{"type":"candleSnapshot","req":{"coin":"BTC","interval":"1m","startTime":-60000,"endTime":119999}}',
    ],
    answer: [
      {
        T: 1681924499999,
        c: '29258.0',
        h: '29309.0',
        i: '15m',
        l: '29250.0',
        n: 189,
        o: '29295.0',
        s: 'BTC',
        t: 1681923600000,
        v: '0.98639',
      },
    ],
    candles: ['15m 1681923600000-1681924499999 29295.0 29309.0 29250.0 29258.0 0.98639 (189)'],
  },
  {
    name: 'kraken',
    history: (base) => kraken(base, REST, 'BTC/USD', '1'),
    asked: [
      `${REST}/0/public/OHLC?pair=BTC/USD&interval=1&assetVersion=1`,
      `${REST}/0/public/OHLC?pair=BTC/USD&interval=1&assetVersion=1`,
    ],
    answer: {
      error: [],
      result: {
        'BTC/USD': [
          [1688671200, '30306.1', '30306.2', '30305.7', '30305.7', '30306.1', '3.39243896', 23],
          [1688671260, '30304.5', '30304.5', '30300.0', '30300.0', '30300.0', '4.42996871', 18],
        ],
        last: 1688672160,
      },
    },
    candles: [
      '1 1688671200000-1688671259999 30306.1 30306.2 30305.7 30305.7 3.39243896 (23)',
      '1 1688671260000-1688671319999 30304.5 30304.5 30300.0 30300.0 4.42996871 (18)',
    ],
  },
  {
    name: 'coinbase advanced',
    history: (base) => coinbase(base, REST, 'BTC-USD'),
    asked: [
      `${REST}/api/v3/brokerage/market/products/BTC-USD/candles?start=1699999110&end=1700000309&granularity=FIVE_MINUTE&limit=350`,
      `${REST}/api/v3/brokerage/market/products/BTC-USD/candles?start=-780&end=119&granularity=FIVE_MINUTE&limit=350`,
    ],
    answer: {
      candles: [
        { start: '1639508100', low: '140.21', high: '140.21', open: '140.21', close: '140.21', volume: '56437345' },
      ],
    },
    candles: ['5m 1639508100000-1639508399999 140.21 140.21 140.21 140.21 56437345'],
  },
  {
    name: 'deribit',
    history: (base) => deribit(base, REST, 'BTC-PERPETUAL', '30'),
    asked: [
      `${REST}/api/v2/public/get_tradingview_chart_data?instrument_name=BTC-PERPETUAL&start_timestamp=${NOW - 5_400_000}&end_timestamp=${NOW + 1_799_999}&resolution=30`,
      `${REST}/api/v2/public/get_tradingview_chart_data?instrument_name=BTC-PERPETUAL&start_timestamp=-5280000&end_timestamp=119999&resolution=30`,
    ],
    answer: {
      jsonrpc: '2.0',
      result: {
        volume: [19.007942601, 20.095877981],
        ticks: [1554373800000, 1554375600000],
        status: 'ok',
        open: [4963.42, 4986.29],
        low: [4728.94, 4726.6],
        high: [5185.45, 5250.87],
        cost: [19007.942601, 20095.877981],
        close: [5052.95, 5013.59],
      },
    },
    candles: [
      '30 1554373800000-1554375599999 4963.42 5185.45 4728.94 5052.95 19.007942601',
      '30 1554375600000-1554377399999 4986.29 5250.87 4726.6 5013.59 20.095877981',
    ],
  },
  {
    name: 'kucoin',
    history: (base) => kucoin(base, REST, 'BTC-USDT', '1min'),
    asked: [
      `${REST}/api/v1/market/candles?type=1min&symbol=BTC-USDT&startAt=1699999830&endAt=1700000070`,
      `${REST}/api/v1/market/candles?type=1min&symbol=BTC-USDT&startAt=-60&endAt=120`,
    ],
    answer: { code: '200000', data: [['1545904980', '0.058', '0.049', '0.058', '0.049', '0.018', '0.000945']] },
    candles: ['1min 1545904980000-1545905039999 0.058 0.058 0.049 0.049 0.018'],
  },
  {
    name: 'bitfinex, to the last digit',
    history: (base) => bitfinex(base, REST, 'tBTCUSD', '1m'),
    asked: [
      `${REST}/v2/candles/trade:1m:tBTCUSD/hist?limit=3`,
      `${REST}/v2/candles/trade:1m:tBTCUSD/hist?limit=3&end=119999`,
    ],
    answer: '[[1678465320000,20097,20094.10,20097,20094,0.07870586],[1678465260000,20100,20097,20100,20097,1e-7]]',
    candles: [
      '1m 1678465320000-1678465379999 20097 20097 20094 20094.10 0.07870586',
      '1m 1678465260000-1678465319999 20100 20100 20097 20097 0.0000001',
    ],
  },
];

const bar = {
  High: '233.8',
  Low: '233.75',
  Open: '233.76',
  Close: '233.75',
  TotalVolume: '700',
  IsRealtime: false,
  IsEndOfHistory: false,
  TotalTicks: 3,
  Epoch: 1614723180000,
  BarStatus: 'Closed',
};
pasts.push({
  name: 'tradestation, whose bars are named by their ends',
  history: (base) => {
    const bars = { unit: 'Minute' } as const;
    const stream = barsRequest('BRK.B', bars);
    const request: AuthorizedRequest = (path, codec) =>
      base.requests.send({ method: 'GET', url: REST + path }).pipe(map((answer) => readAnswer(codec, answer)));
    return tradestation({ base, request, stream, symbol: 'BRK.B', bars, unread: () => undefined });
  },
  asked: [
    `${REST}/v3/marketdata/barcharts/BRK.B?interval=1&unit=Minute&barsback=3`,
    `${REST}/v3/marketdata/barcharts/BRK.B?interval=1&unit=Minute&barsback=3&lastdate=1970-01-01T00%3A02%3A01Z`,
  ],
  answer: { Bars: [bar, { ...bar, Epoch: 1614723240000, BarStatus: 'Open', TotalTicks: 'many' }] },
  candles: [
    '1m 1614723120000-1614723179999 233.76 233.8 233.75 233.75 700 (3) closed',
    '1m 1614723180000-1614723239999 233.76 233.8 233.75 233.75 700',
  ],
});

const said = ({ interval, openTime, closeTime, exact, trades, closed }: Candle): string =>
  [
    interval,
    `${openTime}-${closeTime}`,
    ...[exact.open, exact.high, exact.low, exact.close, exact.volume],
    ...(trades === undefined ? [] : [`(${trades})`]),
    ...(closed ? ['closed'] : []),
  ].join(' ');

describe.each(pasts.map((past) => [past.name, past] as const))('candles of the past of %s', (_, past) => {
  it('are asked for and read as the venue has them', () => {
    const scheduler = new VirtualTimeScheduler();
    jest.spyOn(scheduler, 'now').mockReturnValue(NOW);
    const asked: string[] = [];
    const network = fakeNetwork({
      onRequested: (one) => {
        const { url, body = url } = one.request;
        asked.push(body);
        one.respond(past.answer);
        return undefined;
      },
    });
    const base = new VenueBase('venue', { network, scheduler });
    const told: Candle[] = [];
    const { page } = past.history(base);
    page(3, undefined).subscribe(({ candles }) => told.push(...candles));
    page(3, 120_000).subscribe();

    expect(told.map(said)).toEqual(past.candles);
    expect(asked).toEqual(past.asked);
    expect(told.every(({ receivedTime }) => receivedTime === NOW)).toBe(true);
  });

  it('error where the answer is none', () => {
    const network = fakeNetwork({
      onRequested: (one) => {
        one.respond({ error: 5 });
        return undefined;
      },
    });
    const errors: unknown[] = [];
    past
      .history(new VenueBase('venue', { network }))
      .page(3, undefined)
      .subscribe({ error: (error: unknown) => errors.push(error) });
    expect(errors).toEqual([expect.objectContaining({ name: 'RequestFailedError' })]);
  });

  it('take no work for 64 KiB of rubbish', () => {
    const answer = typeof past.answer === 'string' ? past.answer : JSON.stringify(past.answer);
    const slow = [...rubbishIn(answer, 'lists')].filter((text) => {
      const network = fakeNetwork();
      past
        .history(new VenueBase('venue', { network, scheduler: new VirtualTimeScheduler() }))
        .page(3, undefined)
        .subscribe({ error: () => undefined });
      return !isSoonDone(() => () => network.requests[0]?.respond(text));
    });
    expect(slow.map((text) => text.slice(0, 200))).toEqual([]);
  });
});
