import { VirtualTimeScheduler } from 'rxjs';
import type { Exchange, ExchangeOptions, Fault, Instrument, Listing } from '../../../lib/index.js';
import { fakeNetwork } from '../../../lib/testing/index.js';
import { binance } from '../../../lib/venues/binance/index.js';
import { bitfinex } from '../../../lib/venues/bitfinex/index.js';
import { bitstamp } from '../../../lib/venues/bitstamp/index.js';
import { bybit } from '../../../lib/venues/bybit/index.js';
import { coinbaseAdvanced, coinbaseExchange } from '../../../lib/venues/coinbase/index.js';
import { deribit } from '../../../lib/venues/deribit/index.js';
import { hyperliquid } from '../../../lib/venues/hyperliquid/index.js';
import { kraken } from '../../../lib/venues/kraken/index.js';
import { kucoin } from '../../../lib/venues/kucoin/index.js';
import { okx } from '../../../lib/venues/okx/index.js';

type Row = Readonly<Record<string, unknown>>;
type Make = (options: ExchangeOptions) => Exchange & Listing;

interface OddList {
  readonly name: string;
  readonly make: Make;
  /** A row of that name. */
  readonly row: (name: string) => Row;
  /** What is answered to a request. */
  readonly answer: (rows: readonly Row[], asked: string) => unknown;
  /** Where the name stands. */
  readonly key: string;
  /** What may be `null`. */
  readonly optional: readonly string[];
  /** Where the steps of prices and sizes stand. */
  readonly steps: readonly string[];
}

const filtersOf = ({ tickSize, stepSize, ...row }: Row): Row => ({
  ...row,
  filters: [
    { filterType: 'PRICE_FILTER', tickSize },
    { filterType: 'LOT_SIZE', stepSize, minQty: '1' },
  ],
});
const binanceOf = (market: 'spot' | 'usdm'): OddList => ({
  name: `binance ${market}`,
  make: (options) => binance({ ...options, market }),
  row: (symbol) => ({
    symbol,
    status: 'TRADING',
    baseAsset: symbol,
    quoteAsset: 'USDT',
    tickSize: '0.01',
    stepSize: '0.1',
    ...(market === 'usdm' && { contractType: 'PERPETUAL', marginAsset: 'USDT', deliveryDate: 4_133_404_800_000 }),
  }),
  answer: (rows) => ({ symbols: rows.map(filtersOf) }),
  key: 'symbol',
  optional: ['status', 'contractStatus', 'contractSize', 'contractType', 'marginAsset', 'deliveryDate'],
  steps: ['tickSize', 'stepSize'],
});
const product = (id: string, as: string): Row => ({
  [id]: as,
  quote_increment: '0.01',
  base_increment: '0.1',
  base_min_size: '1',
  status: 'online',
  base_currency: as,
  base_currency_id: as,
  quote_currency: 'USD',
  quote_currency_id: 'USD',
});

const lists: readonly OddList[] = [
  binanceOf('spot'),
  binanceOf('usdm'),
  {
    name: 'okx',
    make: okx,
    row: (instId) => ({
      instId,
      instType: 'SWAP',
      state: 'live',
      tickSz: '0.1',
      lotSz: '1',
      minSz: '1',
      ctType: 'linear',
      ctVal: '0.01',
      ctMult: '1',
      ctValCcy: instId,
      settleCcy: 'USDT',
      baseCcy: '',
      quoteCcy: '',
      expTime: '',
    }),
    answer: (rows, asked) => ({ code: '0', data: asked.endsWith('=SWAP') ? rows : [] }),
    key: 'instId',
    optional: ['baseCcy', 'quoteCcy', 'settleCcy', 'ctType', 'ctVal', 'ctMult', 'ctValCcy', 'expTime', 'minSz'],
    steps: ['tickSz', 'lotSz'],
  },
  {
    name: 'bybit',
    make: bybit,
    row: (symbol) => ({
      symbol,
      baseCoin: symbol,
      quoteCoin: 'USDT',
      status: 'Trading',
      contractType: 'LinearPerpetual',
      settleCoin: 'USDT',
      deliveryTime: '0',
      tickSize: '0.1',
      qtyStep: '1',
      basePrecision: '1',
    }),
    answer: (rows) => ({
      retCode: 0,
      result: {
        list: rows.map(({ tickSize, qtyStep, basePrecision, ...row }) => ({
          ...row,
          priceFilter: { tickSize },
          lotSizeFilter: { qtyStep, basePrecision, minOrderQty: '1' },
        })),
      },
    }),
    key: 'symbol',
    optional: ['contractType', 'settleCoin', 'deliveryTime', 'optionsType', 'qtyStep'],
    steps: ['tickSize', 'qtyStep'],
  },
  {
    name: 'kraken',
    make: kraken,
    row: (wsname) => ({
      wsname,
      base: wsname,
      quote: 'USD',
      lot_decimals: 8,
      pair_decimals: 1,
      tick_size: '0.1',
      status: 'online',
      ordermin: '1',
    }),
    answer: (rows) => ({ error: [], result: Object.fromEntries(rows.entries()) }),
    key: 'wsname',
    optional: ['tick_size', 'status', 'ordermin'],
    steps: ['tick_size'],
  },
  {
    name: 'coinbase exchange',
    make: coinbaseExchange,
    row: (id) => ({ ...product('id', id), trading_disabled: false, cancel_only: false }),
    answer: (rows) => rows,
    key: 'id',
    optional: ['trading_disabled', 'cancel_only'],
    steps: ['quote_increment', 'base_increment'],
  },
  {
    name: 'coinbase advanced',
    make: coinbaseAdvanced,
    row: (id) => ({ ...product('product_id', id), price_increment: '0.01', view_only: false }),
    answer: (products) => ({ products }),
    key: 'product_id',
    optional: ['price_increment', 'status', 'is_disabled', 'trading_disabled', 'view_only', 'cancel_only'],
    steps: ['price_increment', 'base_increment'],
  },
  {
    name: 'deribit',
    make: deribit,
    row: (instrument_name) => ({
      instrument_name,
      kind: 'future',
      base_currency: instrument_name,
      quote_currency: 'USD',
      is_active: true,
      settlement_period: 'perpetual',
      settlement_currency: 'BTC',
      tick_size: 0.5,
      min_trade_amount: 10,
      expiration_timestamp: 32_503_708_800_000,
      state: 'open',
      counter_currency: 'USD',
    }),
    answer: (result) => ({ result }),
    key: 'instrument_name',
    optional: ['counter_currency', 'settlement_currency', 'expiration_timestamp', 'strike', 'option_type', 'state'],
    steps: ['tick_size', 'min_trade_amount'],
  },
  {
    name: 'hyperliquid',
    make: hyperliquid,
    row: (name) => ({ name, szDecimals: 2, isDelisted: false }),
    answer: (universe, asked) => (asked.includes('spotMeta') ? { universe: [], tokens: [] } : { universe }),
    key: 'name',
    optional: ['isDelisted'],
    steps: [],
  },
  {
    name: 'kucoin',
    make: kucoin,
    row: (symbol) => ({
      symbol,
      baseCurrency: symbol,
      quoteCurrency: 'USDT',
      baseMinSize: '1',
      enableTrading: true,
      baseIncrement: '0.1',
      priceIncrement: '0.01',
    }),
    answer: (data) => ({ code: '200000', data }),
    key: 'symbol',
    optional: [],
    steps: ['baseIncrement', 'priceIncrement'],
  },
  {
    name: 'bitfinex',
    make: bitfinex,
    row: (pair) => ({ pair, minSize: '0.1' }),
    answer: (rows) => [rows.map(({ pair, minSize }) => [pair, [null, null, null, minSize]]), [], []],
    key: 'pair',
    optional: ['minSize'],
    steps: [],
  },
  {
    name: 'bitstamp',
    make: bitstamp,
    row: (url_symbol) => ({
      name: `${url_symbol}/USD`,
      url_symbol,
      base_decimals: 8,
      counter_decimals: 2,
      trading: 'Enabled',
    }),
    answer: (rows) => rows,
    key: 'url_symbol',
    optional: [],
    steps: [],
  },
];

/** A venue whose answers are made when they are asked for. */
function listed(make: Make, answer: (asked: string) => unknown) {
  const network = fakeNetwork({
    onRequested: (one) => {
      const { url, body = url } = one.request;
      one.respond(answer(body));
      return undefined;
    },
  });
  const scheduler = new VirtualTimeScheduler();
  const exchange = make({ network, scheduler, random: () => 0.5 });
  const faults: Fault[] = [];
  exchange.faults$.subscribe((fault) => faults.push(fault));
  const list = (): readonly Instrument[] | undefined => {
    let told: readonly Instrument[] | undefined;
    exchange.instruments().subscribe({ next: (all) => (told = all), error: () => undefined });
    return told;
  };
  const pass = (ms: number): void => {
    scheduler.maxFrames = scheduler.frame + ms;
    scheduler.schedule(() => undefined, ms);
    scheduler.flush();
  };
  return { exchange, network, faults, list, pass };
}

const NAMES = ['AAABBB', 'CCCDDD', 'EEEFFF'] as const;
const rowsOf = ({ row }: OddList, change: (odd: Row) => Row = (odd) => odd): readonly Row[] => {
  const [before, odd, behind] = NAMES;
  return [row(before), change(row(odd)), row(behind)];
};
const readBy = (list: OddList, rows: readonly Row[]) => {
  const { faults, list: read } = listed(list.make, (asked) => list.answer(rows, asked));
  return { all: read(), faults };
};
const ODD: readonly unknown[] = [undefined, null, '', '0', 0, 'x', -1, '1e400', '0x1e1', [], true, 9e15];

describe.each(lists.map((list) => [list.name, list] as const))('the list of %s', (_, list) => {
  const whole = readBy(list, rowsOf(list)).all ?? [];

  it('loses at most the row whose fields are odd, and has no instrument that is half one', () => {
    expect(whole).toHaveLength(3);
    const wrong = Object.keys(list.row('X')).flatMap((field) =>
      ODD.flatMap((value) => {
        const { all, faults } = readBy(
          list,
          rowsOf(list, (odd) => ({ ...odd, [field]: value })),
        );
        const [first, ...rest] = all ?? [];
        const others = JSON.stringify([first, rest.at(-1)]) === JSON.stringify([whole[0], whole[2]]);
        const odd = rest.length === 2 ? rest[0] : undefined;
        const { tick = '1', lot = '1', minSize = '1', unified = '', isTrading = true } = odd ?? {};
        const isWhole =
          [tick, lot].every((step) => /^\d+(\.\d+)?$/.test(step) && Number(step) > 0) &&
          /^\d+(\.\d+)?$/.test(minSize) &&
          !/undefined|null|NaN/.test(unified) &&
          typeof isTrading === 'boolean';
        const isTold = faults.length === 0 || (faults.length === 1 && faults[0]?.type === 'decode');
        return others && isWhole && isTold ? [] : [`${field}: ${String(value)} ${JSON.stringify(odd)}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('has nothing where something may be told says null', () => {
    const nulls = Object.fromEntries(list.optional.map((field) => [field, null]));
    const { all, faults } = readBy(
      list,
      rowsOf(list, (odd) => ({ ...odd, ...nulls })),
    );
    expect([all?.length, faults]).toEqual([3, []]);
  });

  it('reads steps as texts, as numbers and with an exponent', () => {
    for (const field of list.steps) {
      const ticks = ['0.00000001', 1e-8, '1e-8', '1.0E-08'].map((value) => {
        const { all } = readBy(
          list,
          rowsOf(list, (odd) => ({ ...odd, [field]: value })),
        );
        return [all?.[1]?.tick, all?.[1]?.lot];
      });
      expect(new Set(ticks.map(String)).size).toBe(1);
      expect(ticks[0]).toContain('0.00000001');
    }
  });

  it('has a name once, however often it comes', () => {
    const { all } = readBy(list, [...rowsOf(list), ...rowsOf(list)]);
    expect(all).toEqual(whole);
  });

  it('is asked for again where it was empty, and refuses no name by that', () => {
    let rows: readonly Row[] = [];
    const { exchange, list: read, faults, pass } = listed(list.make, (asked) => list.answer(rows, asked));
    expect(read()).toEqual([]);
    const found: unknown[] = [];
    const name = whole[1]?.name ?? '';
    exchange.instrument(name).subscribe({ next: (one) => found.push(one.name), error: (error) => found.push(error) });
    rows = rowsOf(list);
    pass(10_000);
    expect([found, faults.map(({ type }) => type)]).toEqual([[name], ['snapshot']]);
  });

  it.each([
    ['a page', '<html>502</html>'],
    ['no list', { data: 'x' }],
    ['half of it', '[{"'],
  ])('leads to names that it had before where %s comes in its place', (__, garbled) => {
    let isGarbled = false;
    const answer = (asked: string): unknown => (isGarbled ? garbled : list.answer(rowsOf(list), asked));
    const { exchange, list: read, faults, pass } = listed(list.make, answer);
    expect(read()).toHaveLength(3);
    isGarbled = true;
    pass(3_600_001);
    expect(read()).toBeUndefined();
    const found: string[] = [];
    for (const name of [whole[1]?.name ?? '', 'NEW']) {
      exchange.instrument(name).subscribe({ next: (one) => found.push(one.name), error: () => undefined });
    }
    pass(0);
    expect(found).toEqual([whole[1]?.name]);
    // One is had by the list of before, the other waits for the list.
    expect(faults.map(({ type }) => type)).toEqual(['snapshot', 'snapshot']);
    isGarbled = false;
    pass(10_000);
    expect(faults.at(-1)).toMatchObject({ type: 'refused', channel: 'NEW' });
  });
});

describe('what else a list is made of', () => {
  it('may be 10,000 rows, the last of which is found like the first', () => {
    const [long] = lists;
    const names = Array.from({ length: 10_000 }, (_, i) => `A${String(i).padStart(5, '0')}`);
    const { list, exchange } = listed(binance, (asked) => long?.answer(names.map(long.row), asked));
    const found: string[] = [];
    expect(list()).toHaveLength(10_000);
    for (const name of ['A09999/USDT', 'a00000']) exchange.instrument(name).subscribe((one) => found.push(one.name));
    expect(found).toEqual(['A09999', 'A00000']);
  });

  it('pages of Bybit whose cursors go in a circle end', () => {
    const bybitList = lists.find(({ name }) => name === 'bybit');
    let asked = 0;
    const { list } = listed(bybit, (url) => {
      asked += 1;
      const page = bybitList?.answer([bybitList.row(`A${asked}`)], url) as { readonly result: object };
      return { ...page, result: { ...page.result, nextPageCursor: url.endsWith('cursor=a') ? 'b' : 'a' } };
    });
    expect([list()?.map(({ name }) => name), asked]).toEqual([['A1', 'A2', 'A3'], 3]);
  });

  it('names of currencies of Bitfinex that are odd cost themselves', () => {
    const { list, faults } = listed(bitfinex, () => [[['AAAUST', []]], [], [['UST', 'USDt'], [5], null]]);
    expect(list()).toMatchObject([{ unified: 'AAA/USDT' }]);
    expect(faults).toMatchObject([{ type: 'decode', path: 'bitfinex.renamed/0: Text' }]);
  });

  it('tokens of Hyperliquid that are odd cost their pairs', () => {
    const tokens = [
      { name: 'PURR', szDecimals: 0, index: 1 },
      { name: 'USDC', szDecimals: 8, index: 0 },
      { name: 'ODD', szDecimals: null, index: 2 },
    ];
    const universe = [
      { name: 'PURR/USDC', tokens: [1, 0] },
      { name: '@1', tokens: [2, 0] },
    ];
    const { list, faults } = listed(hyperliquid, (asked) =>
      asked.includes('spotMeta') ? { universe, tokens } : { universe: [] },
    );
    expect(list()).toMatchObject([{ name: 'PURR/USDC', kind: 'spot' }]);
    expect(faults).toMatchObject([{ type: 'decode', path: 'hyperliquid.token/szDecimals: Sequence' }]);
  });

  it.each([
    ['a type that a site of OKX does not have', { code: '51000', msg: 'Parameter instType error', data: [] }, ['AAA']],
    ['one that can not be had now', { code: '50001', msg: 'Service temporarily unavailable', data: [] }, undefined],
  ])('%s', (_, refusal, names) => {
    const row = {
      instId: 'AAA',
      instType: 'SPOT',
      baseCcy: 'A',
      quoteCcy: 'USD',
      state: 'live',
      tickSz: '1',
      lotSz: '1',
      minSz: '1',
    };
    const { list } = listed(
      (options) => okx({ ...options, region: 'us' }),
      (url) => (url.endsWith('=SPOT') ? { code: '0', data: [row] } : refusal),
    );
    expect(list()?.map(({ name }) => name)).toEqual(names);
  });
});
