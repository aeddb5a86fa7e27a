import { type Observable, VirtualTimeScheduler } from 'rxjs';
import type { Fault, Instrument, Listing } from '../../../lib/index.js';
import type { Exchange, ExchangeOptions } from '../../../lib/feed/exchange.js';
import { fakeNetwork } from '../../../lib/testing/index.js';
import { bitfinex } from '../../../lib/venues/bitfinex/index.js';
import { bitstamp } from '../../../lib/venues/bitstamp/index.js';
import { bybit } from '../../../lib/venues/bybit/index.js';
import { coinbaseAdvanced, coinbaseExchange } from '../../../lib/venues/coinbase/index.js';
import { deribit } from '../../../lib/venues/deribit/index.js';
import { hyperliquid } from '../../../lib/venues/hyperliquid/index.js';
import { kraken } from '../../../lib/venues/kraken/index.js';
import { kucoin } from '../../../lib/venues/kucoin/index.js';
import { okx } from '../../../lib/venues/okx/index.js';
import { isSoonDone } from '../../support/linear.js';
import { rubbishIn } from '../../support/rubbish.js';

interface Listed {
  readonly name: string;
  readonly make: (options: ExchangeOptions) => Exchange & Listing;
  /** What is asked for, in its order, and what the venue answers, as its docs show it. */
  readonly answers: readonly (readonly [asked: string, body: unknown])[];
  readonly instruments: readonly Partial<Instrument>[];
  /** What is told of rows that can't be read. */
  readonly fault?: string;
}

const bybitRow = {
  symbol: 'BTCUSDT',
  contractType: 'LinearPerpetual',
  status: 'Trading',
  baseCoin: 'BTC',
  quoteCoin: 'USDT',
  launchTime: '1585526400000',
  deliveryTime: '0',
  deliveryFeeRate: '',
  priceScale: '2',
  leverageFilter: { minLeverage: '1', maxLeverage: '100.00', leverageStep: '0.01' },
  priceFilter: { minPrice: '0.10', maxPrice: '1999999.80', tickSize: '0.10' },
  lotSizeFilter: { maxOrderQty: '1190.000', minOrderQty: '0.001', qtyStep: '0.001', minNotionalValue: '5' },
  settleCoin: 'USDT',
};
const okxRow = {
  instType: 'SWAP',
  instId: 'BTC-USDT-SWAP',
  uly: 'BTC-USDT',
  instFamily: 'BTC-USDT',
  baseCcy: '',
  quoteCcy: '',
  settleCcy: 'USDT',
  ctVal: '0.01',
  ctMult: '1',
  ctValCcy: 'BTC',
  optType: '',
  stk: '',
  expTime: '',
  tickSz: '0.1',
  lotSz: '0.01',
  minSz: '0.01',
  ctType: 'linear',
  state: 'live',
};
const deribitRow = {
  instrument_name: 'BTC-PERPETUAL',
  kind: 'future',
  base_currency: 'BTC',
  quote_currency: 'USD',
  counter_currency: 'USD',
  settlement_currency: 'BTC',
  settlement_period: 'perpetual',
  tick_size: 0.5,
  min_trade_amount: 10,
  contract_size: 10,
  expiration_timestamp: 32_503_708_800_000,
  is_active: true,
};
const coinbaseRow = {
  product_id: 'BTC-USD',
  price: '140.21',
  base_increment: '0.00000001',
  quote_increment: '0.00000001',
  price_increment: '0.01',
  base_min_size: '0.00000001',
  base_currency_id: 'BTC',
  quote_currency_id: 'USD',
  status: 'online',
  is_disabled: false,
  trading_disabled: false,
};

const venues: readonly Listed[] = [
  {
    name: 'bybit, linear, over two pages',
    make: bybit,
    answers: [
      [
        'https://api.bybit.com/v5/market/instruments-info?category=linear&limit=1000',
        { retCode: 0, retMsg: 'OK', result: { category: 'linear', list: [bybitRow, {}], nextPageCursor: 'a=b&c' } },
      ],
      [
        'https://api.bybit.com/v5/market/instruments-info?category=linear&limit=1000&cursor=a%3Db%26c',
        {
          retCode: 0,
          result: {
            list: [
              {
                ...bybitRow,
                symbol: 'BTC-26MAR27',
                contractType: 'LinearFutures',
                quoteCoin: 'USDC',
                settleCoin: 'USDC',
                deliveryTime: '1806048000000',
                status: 'PreLaunch',
              },
            ],
            nextPageCursor: '',
          },
        },
      ],
    ],
    instruments: [
      {
        name: 'BTCUSDT',
        unified: 'BTC/USDT:USDT',
        kind: 'perpetual',
        settle: 'USDT',
        tick: '0.1',
        lot: '0.001',
        minSize: '0.001',
        isTrading: true,
      },
      {
        name: 'BTC-26MAR27',
        unified: 'BTC/USDC:USDC-270326',
        kind: 'future',
        expiry: 1_806_048_000_000,
        isTrading: false,
      },
    ],
    fault: 'instruments: unreadable, left out: bybit.instrument/symbol: Text',
  },
  {
    name: 'bybit, spot',
    make: (options) => bybit({ ...options, category: 'spot' }),
    answers: [
      [
        'https://api.bybit.com/v5/market/instruments-info?category=spot',
        {
          retCode: 0,
          result: {
            category: 'spot',
            list: [
              {
                symbol: 'BTCUSDT',
                baseCoin: 'BTC',
                quoteCoin: 'USDT',
                innovation: '0',
                status: 'Trading',
                marginTrading: 'utaOnly',
                lotSizeFilter: { basePrecision: '0.000001', quotePrecision: '0.00000001', minOrderQty: '0.000048' },
                priceFilter: { tickSize: '0.01' },
              },
            ],
          },
        },
      ],
    ],
    instruments: [{ unified: 'BTC/USDT', kind: 'spot', tick: '0.01', lot: '0.000001', minSize: '0.000048' }],
  },
  {
    name: 'bybit, options, whose strike stands in the name',
    make: (options) => bybit({ ...options, category: 'option' }),
    answers: [
      [
        'https://api.bybit.com/v5/market/instruments-info?category=option&limit=1000&baseCoin=All',
        {
          retCode: 0,
          result: {
            list: [
              {
                symbol: 'ETH-3JAN23-1250-P',
                status: 'Trading',
                baseCoin: 'ETH',
                quoteCoin: 'USD',
                settleCoin: 'USDC',
                optionsType: 'Put',
                deliveryTime: '1672732800000',
                priceFilter: { minPrice: '0.1', maxPrice: '10000000', tickSize: '0.1' },
                lotSizeFilter: { maxOrderQty: '1500', minOrderQty: '0.1', qtyStep: '0.1' },
              },
            ],
            nextPageCursor: null,
          },
        },
      ],
    ],
    instruments: [{ kind: 'option', unified: 'ETH/USD:USDC-230103-1250-P', strike: '1250', optionType: 'put' }],
  },
  {
    name: 'okx',
    make: okx,
    answers: [
      [
        'https://www.okx.com/api/v5/public/instruments?instType=SPOT',
        {
          code: '0',
          data: [
            {
              instType: 'SPOT',
              instId: 'BTC-USDT',
              baseCcy: 'BTC',
              quoteCcy: 'USDT',
              expTime: '1798185600000',
              tickSz: '0.1',
              lotSz: '0.00000001',
              minSz: '0.00001',
              state: 'live',
            },
            {
              instType: 'SPOT',
              instId: 'NEW-USDT',
              baseCcy: 'NEW',
              quoteCcy: 'USDT',
              tickSz: '',
              lotSz: '',
              minSz: '',
              state: 'preopen',
            },
          ],
          msg: '',
        },
      ],
      [
        'https://www.okx.com/api/v5/public/instruments?instType=SWAP',
        {
          code: '0',
          data: [
            okxRow,
            { ...okxRow, instId: 'BTC-USD-SWAP', ctType: 'inverse', ctValCcy: 'USD', settleCcy: 'BTC', ctVal: '100' },
          ],
        },
      ],
      [
        'https://www.okx.com/api/v5/public/instruments?instType=FUTURES',
        {
          code: '0',
          data: [
            { ...okxRow, instType: 'FUTURES', instId: 'BTC-USDT-261225', expTime: '1798185600000', state: 'suspend' },
            7,
          ],
        },
      ],
    ],
    instruments: [
      { name: 'BTC-USDT', unified: 'BTC/USDT', kind: 'spot', tick: '0.1', lot: '0.00000001', expiry: undefined },
      { unified: 'BTC/USDT:USDT', kind: 'perpetual', base: 'BTC', quote: 'USDT', settle: 'USDT' },
      { unified: 'BTC/USD:BTC', kind: 'perpetual', base: 'BTC', quote: 'USD', settle: 'BTC' },
      { unified: 'BTC/USDT:USDT-261225', kind: 'future', isTrading: false, status: 'suspend' },
    ],
    fault: 'instruments: unreadable, left out: okx.instrument',
  },
  {
    name: 'hyperliquid',
    make: hyperliquid,
    answers: [
      [
        '{"type":"meta"}',
        {
          universe: [
            { name: 'BTC', szDecimals: 5, maxLeverage: 50 },
            { name: 'HPOS', szDecimals: 0, maxLeverage: 3, isDelisted: true },
          ],
        },
      ],
      [
        '{"type":"spotMeta"}',
        {
          tokens: [
            { name: 'USDC', szDecimals: 8, weiDecimals: 8, index: 0, isCanonical: true },
            { name: 'PURR', szDecimals: 0, weiDecimals: 5, index: 1, isCanonical: true },
            { name: 'HYPE', szDecimals: 2, weiDecimals: 8, index: 150 },
          ],
          universe: [
            { name: 'PURR/USDC', tokens: [1, 0], index: 0, isCanonical: true },
            { name: '@107', tokens: [150, 0], index: 107, isCanonical: false },
            { name: '@1', tokens: [999, 0], index: 1 },
          ],
        },
      ],
    ],
    instruments: [
      {
        name: 'BTC',
        unified: 'BTC/USDC:USDC',
        kind: 'perpetual',
        tick: '0.1',
        priceDigits: 5,
        lot: '0.00001',
        isTrading: true,
      },
      { name: 'HPOS', tick: '0.000001', lot: '1', isTrading: false },
      { name: 'PURR/USDC', unified: 'PURR/USDC', kind: 'spot', tick: '0.00000001', lot: '1' },
      { name: '@107', unified: 'HYPE/USDC', tick: '0.000001', lot: '0.01' },
    ],
  },
  {
    name: 'kraken',
    make: kraken,
    answers: [
      [
        'https://api.kraken.com/0/public/AssetPairs?assetVersion=1',
        {
          error: [],
          result: {
            'BTC/USD': {
              altname: 'BTCUSD',
              wsname: 'BTC/USD',
              aclass_base: 'currency',
              base: 'BTC',
              aclass_quote: 'currency',
              quote: 'USD',
              pair_decimals: 1,
              cost_decimals: 5,
              lot_decimals: 8,
              ordermin: '0.00005',
              tick_size: '0.1',
              status: 'online',
            },
            odd: { wsname: 'ODD/USD' },
          },
        },
      ],
    ],
    instruments: [
      { name: 'BTC/USD', unified: 'BTC/USD', tick: '0.1', lot: '0.00000001', minSize: '0.00005', isTrading: true },
    ],
    fault: 'instruments: unreadable, left out: kraken.pair/base: Text',
  },
  {
    name: 'coinbase exchange',
    make: coinbaseExchange,
    answers: [
      [
        'https://api.exchange.coinbase.com/products',
        [
          {
            id: 'BTC-USD',
            base_currency: 'BTC',
            quote_currency: 'USD',
            quote_increment: '0.01000000',
            base_increment: '0.00000001',
            display_name: 'BTC-USD',
            min_market_funds: '1',
            status: 'online',
            trading_disabled: false,
          },
        ],
      ],
    ],
    instruments: [
      { name: 'BTC-USD', unified: 'BTC/USD', tick: '0.01', lot: '0.00000001', isTrading: true, status: 'online' },
    ],
  },
  {
    name: 'coinbase advanced',
    make: coinbaseAdvanced,
    answers: [
      [
        'https://api.coinbase.com/api/v3/brokerage/market/products?product_type=SPOT',
        { products: [coinbaseRow, { ...coinbaseRow, product_id: 'OLD-USD', trading_disabled: true }], num_products: 2 },
      ],
    ],
    instruments: [
      { name: 'BTC-USD', unified: 'BTC/USD', tick: '0.01', lot: '0.00000001', isTrading: true },
      { name: 'OLD-USD', isTrading: false },
    ],
  },
  {
    name: 'deribit',
    make: deribit,
    answers: [
      [
        'https://www.deribit.com/api/v2/public/get_instruments?currency=any&expired=false',
        {
          jsonrpc: '2.0',
          result: [
            deribitRow,
            {
              ...deribitRow,
              instrument_name: 'MATIC_USDC-9MAR24-1d02-C',
              kind: 'option',
              base_currency: 'MATIC',
              quote_currency: 'USDC',
              counter_currency: 'USDC',
              settlement_currency: 'USDC',
              settlement_period: 'week',
              tick_size: 1e-7,
              min_trade_amount: 1,
              strike: 1.02,
              option_type: 'call',
              expiration_timestamp: 1_709_971_200_000,
            },
            { ...deribitRow, instrument_name: 'BTC-FS-27DEC24_PERP', kind: 'future_combo' },
            {
              ...deribitRow,
              kind: 'spot',
              instrument_name: 'BTC_USDC',
              quote_currency: 'USDC',
              counter_currency: 'USDC',
              settlement_currency: undefined,
            },
          ],
        },
      ],
    ],
    instruments: [
      { name: 'BTC-PERPETUAL', unified: 'BTC/USD:BTC', kind: 'perpetual', tick: '0.5', lot: '10', expiry: undefined },
      {
        unified: 'MATIC/USDC:USDC-240309-1.02-C',
        kind: 'option',
        tick: '0.0000001',
        strike: '1.02',
        optionType: 'call',
        expiry: 1_709_971_200_000,
      },
      { kind: 'other' },
      { unified: 'BTC/USDC', kind: 'spot' },
    ],
  },
  {
    name: 'kucoin',
    make: kucoin,
    answers: [
      [
        'https://api.kucoin.com/api/v2/symbols',
        {
          code: '200000',
          data: [
            {
              symbol: 'BTC-USDT',
              name: 'BTC-USDT',
              baseCurrency: 'BTC',
              quoteCurrency: 'USDT',
              feeCurrency: 'USDT',
              market: 'USDS',
              baseMinSize: '0.00001',
              quoteMinSize: '0.1',
              baseIncrement: '0.00000001',
              quoteIncrement: '0.000001',
              priceIncrement: '0.1',
              enableTrading: true,
            },
          ],
        },
      ],
    ],
    instruments: [{ name: 'BTC-USDT', unified: 'BTC/USDT', tick: '0.1', lot: '0.00000001', minSize: '0.00001' }],
  },
  {
    name: 'bitfinex',
    make: bitfinex,
    answers: [
      [
        'https://api-pub.bitfinex.com/v2/conf/pub:info:pair,pub:info:pair:futures,pub:map:currency:sym',
        [
          [
            ['BTCUST', [null, null, null, '0.00004', '2000.0', null, null, null, 0.1, 0.05]],
            ['DOGE:USD', [null, null, null, '22.0', '800000.0', null, null, null, 0.3, 0.15]],
            ['ODDS', [null]],
            [5],
          ],
          [['BTCF0:USTF0', [null, null, null, '0.00004', '100.0', null, null, null, 0.01, 0.005]]],
          [
            ['UST', 'USDt'],
            ['BTCF0', 'BTC'],
            ['USTF0', 'USDt'],
          ],
        ],
      ],
    ],
    instruments: [
      { name: 'tBTCUST', unified: 'BTC/USDT', kind: 'spot', priceDigits: 5, tick: '0.00000001', minSize: '0.00004' },
      { name: 'tDOGE:USD', unified: 'DOGE/USD', minSize: '22' },
      { name: 'tBTCF0:USTF0', unified: 'BTC/USDT:USDT', kind: 'perpetual' },
    ],
    fault: 'instruments: unreadable, left out: bitfinex.pair/0: Text',
  },
  {
    name: 'bitstamp',
    make: bitstamp,
    answers: [
      [
        'https://www.bitstamp.net/api/v2/trading-pairs-info/',
        [
          {
            name: 'BTC/USD',
            url_symbol: 'btcusd',
            base_decimals: 8,
            counter_decimals: 2,
            instant_order_counter_decimals: 2,
            minimum_order: '20.0 USD',
            trading: 'Enabled',
            instant_and_market_orders: 'Enabled',
            description: 'Bitcoin / U.S. dollar',
          },
        ],
      ],
    ],
    instruments: [{ name: 'btcusd', unified: 'BTC/USD', tick: '0.01', lot: '0.00000001', isTrading: true }],
  },
];

const listed = ({ make, answers }: Listed) => {
  const asked: string[] = [];
  const network = fakeNetwork({
    onRequested: (one) => {
      const { url, body = url } = one.request;
      asked.push(body);
      one.respond(answers.find(([address]) => address === body)?.[1] ?? {});
      return undefined;
    },
  });
  const exchange = make({ network });
  const faults: Fault[] = [];
  exchange.faults$.subscribe((fault) => faults.push(fault));
  return { exchange, asked, faults };
};
const valuesOf = <T>(source$: Observable<T>): readonly unknown[] => {
  const told: unknown[] = [];
  source$.subscribe({
    next: (value) => told.push(value),
    error: (error: unknown) => told.push(error),
    complete: () => told.push('complete'),
  });
  return told;
};

describe.each(venues.map((venue) => [venue.name, venue] as const))('the instruments of %s', (_, venue) => {
  it('are read from what the venue answers, and an unreadable row costs itself', () => {
    const { exchange, asked, faults } = listed(venue);
    const told = valuesOf(exchange.instruments());
    const [list] = told;

    expect(told).toEqual([list, 'complete']);
    expect(list).toMatchObject(venue.instruments);
    expect(asked).toEqual(venue.answers.map(([address]) => address));
    expect(faults.map(({ message }) => message)).toEqual(
      venue.fault === undefined ? [] : [expect.stringContaining(venue.fault)],
    );
  });

  it('are found by both names', () => {
    const { exchange } = listed(venue);
    for (const { name = '', unified = name } of venue.instruments) {
      if (name === '') continue;
      expect(valuesOf(exchange.instrument(name))).toEqual([expect.objectContaining({ name }), 'complete']);
      expect(valuesOf(exchange.instrument(unified))).toEqual([expect.objectContaining({ name }), 'complete']);
    }
  });

  it('error where the answer is none', () => {
    const { exchange } = listed({ ...venue, answers: [] });
    expect(valuesOf(exchange.instruments())).toEqual([expect.objectContaining({ name: 'RequestFailedError' })]);
  });

  it('take no work for 64 KiB of rubbish in an answer', () => {
    const slow = venue.answers.flatMap(([asked, body], at) =>
      [...rubbishIn(typeof body === 'string' ? body : JSON.stringify(body), 'lists')]
        .filter((text) => {
          return !isSoonDone(() => {
            const network = fakeNetwork();
            venue
              .make({ network, scheduler: new VirtualTimeScheduler() })
              .instruments()
              .subscribe({ error: () => undefined });
            const waiting = (i: number) => network.requests.filter(({ status }) => status === 'waiting')[i];
            // All at once, or one after the other.
            for (const [, before] of venue.answers.slice(0, network.requests.length > 1 ? 0 : at))
              waiting(0)?.respond(before);
            const request = waiting(network.requests.length === venue.answers.length ? at : 0);
            return () => request?.respond(text);
          });
        })
        .map((text) => `${asked}: ${text.slice(0, 200)}`),
    );
    expect(slow).toEqual([]);
  });
});
