import type { Listing } from '../../../lib/feed/instruments.js';
import type { ExchangeOptions, Instrument } from '../../../lib/index.js';
import { fakeNetwork } from '../../../lib/testing/index.js';
import { binance } from '../../../lib/venues/binance/index.js';
import { bitfinex } from '../../../lib/venues/bitfinex/index.js';
import { bybit } from '../../../lib/venues/bybit/index.js';
import { coinbaseAdvanced, coinbaseExchange } from '../../../lib/venues/coinbase/index.js';
import { kraken } from '../../../lib/venues/kraken/index.js';
import { kucoin } from '../../../lib/venues/kucoin/index.js';
import { okx } from '../../../lib/venues/okx/index.js';

/** What is listed where requests are answered so. */
function listOf(make: (options: ExchangeOptions) => Listing, answer: (url: string) => unknown): readonly Instrument[] {
  const network = fakeNetwork({
    onRequested: (one) => {
      one.respond(answer(one.request.url));
      return undefined;
    },
  });
  const told: Instrument[] = [];
  make({ network })
    .instruments()
    .subscribe((list) => told.push(...list));
  return told;
}

const okxRow = {
  instType: 'SWAP',
  instId: 'BTC-USDT-SWAP',
  settleCcy: 'USDT',
  ctVal: '0.01',
  ctMult: '10',
  ctValCcy: 'BTC',
  expTime: '',
  tickSz: '0.1',
  lotSz: '1',
  minSz: '1',
  ctType: 'linear',
  state: 'live',
};
const inverse = { ctType: 'inverse', ctValCcy: 'USD', settleCcy: 'BTC', ctVal: '100', ctMult: '1' };
const spot = { instType: 'SPOT', baseCcy: 'BTC', quoteCcy: 'USDT', ctVal: '', ctMult: '', ctType: '' };
const okxList = (rows: readonly { readonly instType: string }[]) =>
  listOf(okx, (url) => ({ code: '0', data: rows.filter(({ instType }) => url.endsWith(instType)) }));

const filters = [
  { filterType: 'PRICE_FILTER', tickSize: '0.1' },
  { filterType: 'LOT_SIZE', stepSize: '1', minQty: '1' },
];
const contract = { symbol: 'X', baseAsset: 'BTC', quoteAsset: 'USD', marginAsset: 'BTC', deliveryDate: 1, filters };

describe('the size of a contract', () => {
  it('is told by OKX, in base units or, of what is paid in its base, in quote units', () => {
    const list = okxList([
      okxRow,
      { ...okxRow, ...inverse, instId: 'BTC-USD-SWAP' },
      { ...okxRow, ...spot, instId: 'BTC-USDT' },
    ]);

    expect(Object.fromEntries(list.map(({ name, contractSize }) => [name, contractSize]))).toEqual({
      'BTC-USDT-SWAP': '0.1',
      'BTC-USD-SWAP': '100',
      'BTC-USDT': undefined,
    });
  });

  it('is told by Binance of COIN-M', () => {
    const [one] = listOf(
      (options) => binance({ ...options, market: 'coinm' }),
      () => ({ symbols: [{ ...contract, contractStatus: 'TRADING', contractType: 'PERPETUAL', contractSize: 100 }] }),
    );

    expect(one).toMatchObject({ unified: 'BTC/USD:BTC', contractSize: '100', lot: '1', isTrading: true });
  });
});

describe('what ends or is off', () => {
  it.each(['PERPETUAL DELIVERING', 'PERPETUAL_DELIVERING'])('is a perpetual at Binance all the same: %s', (word) => {
    const [one] = listOf(
      (options) => binance({ ...options, market: 'usdm' }),
      () => ({ symbols: [{ ...contract, status: 'SETTLING', contractType: word }] }),
    );

    expect(one).toMatchObject({ kind: 'perpetual', unified: 'BTC/USD:BTC', isTrading: false, status: 'SETTLING' });
  });

  it('is told by Coinbase Exchange in flags beside the status', () => {
    const product = { id: 'A-B', base_currency: 'A', quote_currency: 'B', quote_increment: '0.1', base_increment: '1' };
    const list = listOf(coinbaseExchange, () => [
      { ...product, status: 'online', cancel_only: false },
      { ...product, id: 'C-D', status: 'online', cancel_only: true },
      { ...product, id: 'E-F', status: 'online', trading_disabled: true },
      { ...product, id: 'G-H', status: 'delisted' },
    ]);

    expect(list.map(({ isTrading }) => isTrading)).toEqual([true, false, false, false]);
  });

  it('is told by Coinbase Advanced Trade likewise', () => {
    const product = {
      product_id: 'A-B',
      base_currency_id: 'A',
      quote_currency_id: 'B',
      quote_increment: '0.1',
      base_increment: '1',
      base_min_size: '1',
      status: 'online',
    };
    const list = listOf(coinbaseAdvanced, () => ({
      products: [
        { ...product, view_only: false, cancel_only: false, is_disabled: false },
        { ...product, product_id: 'C-D', view_only: true },
        { ...product, product_id: 'E-F', cancel_only: true },
        { ...product, product_id: 'G-H', is_disabled: true },
        { ...product, product_id: 'I-J', status: 'delisted' },
      ],
    }));

    expect(list.map(({ isTrading }) => isTrading)).toEqual([true, false, false, false, false]);
  });
});

describe('what is wrong with one row costs it alone', () => {
  it('a future of OKX without a day, which would have the name of another', () => {
    const list = okxList([okxRow, { ...okxRow, instType: 'FUTURES', instId: 'BTC-USDT-261225', expTime: '' }]);

    expect(list.map(({ name }) => name)).toEqual(['BTC-USDT-SWAP']);
  });

  it('one of Bybit, whose day is missing', () => {
    const row = {
      status: 'Trading',
      baseCoin: 'A',
      quoteCoin: 'B',
      settleCoin: 'B',
      priceFilter: { tickSize: '0.1' },
      lotSizeFilter: { minOrderQty: '1', qtyStep: '1' },
    };
    const kinds = ['LinearPerpetual', 'LinearFutures'];
    const list = listOf(bybit, () => ({
      retCode: 0,
      result: { list: kinds.map((contractType) => ({ ...row, symbol: contractType, contractType })) },
    }));

    expect(list.map(({ name }) => name)).toEqual(['LinearPerpetual']);
  });

  it('steps of nothing, to which nothing is rounded', () => {
    const row = {
      symbol: 'A-B',
      baseCurrency: 'A',
      quoteCurrency: 'B',
      baseMinSize: '1',
      baseIncrement: '0.1',
      priceIncrement: '0.01',
      enableTrading: true,
    };
    const rows = [
      row,
      { ...row, symbol: 'C-D', priceIncrement: '0' },
      { ...row, symbol: 'E-F', baseIncrement: '0.00' },
    ];

    expect(listOf(kucoin, () => ({ code: '200000', data: rows })).map(({ name }) => name)).toEqual(['A-B']);
  });
});

describe('names and steps', () => {
  it('of perpetuals of Bitfinex are those of what they are of, whether its map of names has them or not', () => {
    const list = listOf(bitfinex, () => [[], [['BTCF0:USTF0', [null, null, null, '0.00004']]], [['UST', 'USDt']]]);

    expect(list).toMatchObject([{ name: 'tBTCF0:USTF0', unified: 'BTC/USDT:USDT' }]);
  });

  it('of Kraken are had of older answers, too, and a pair that is not streamed is left out', () => {
    const pair = { base: 'BTC', quote: 'USD', pair_decimals: 1, lot_decimals: 8 };
    const result = { a: { ...pair, wsname: 'BTC/USD' }, b: { ...pair, altname: 'X.d' } };

    expect(listOf(kraken, () => ({ error: [], result }))).toMatchObject([
      { name: 'BTC/USD', tick: '0.1', lot: '0.00000001', isTrading: true, status: '' },
    ]);
  });
});
