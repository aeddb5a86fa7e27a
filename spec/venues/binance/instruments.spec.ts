import { VirtualTimeScheduler } from 'rxjs';
import type { Fault, Instrument } from '../../../lib/index.js';
import { simulatedBinance } from '../../../lib/simulation/index.js';
import { fakeNetwork } from '../../../lib/testing/index.js';
import { binance, type BinanceMarket } from '../../../lib/venues/binance/index.js';

/** What comes of one answer. */
const read = (body: object, market: BinanceMarket = 'spot') => {
  const network = fakeNetwork({
    onRequested: (asked) => {
      asked.respond(body);
      return undefined;
    },
  });
  const exchange = binance({ market, network });
  const faults: Fault[] = [];
  exchange.faults$.subscribe((fault) => faults.push(fault));
  const told: unknown[] = [];
  exchange.instruments().subscribe({
    next: (list) => told.push(...list),
    error: (error: unknown) => told.push(error),
    complete: () => told.push('complete'),
  });
  return { told, faults, urls: network.requests.map(({ request }) => request.url) };
};

const filters = [
  { filterType: 'PRICE_FILTER', minPrice: '0.01000000', maxPrice: '1000000.00000000', tickSize: '0.01000000' },
  { filterType: 'LOT_SIZE', minQty: '0.00001000', maxQty: '9000.00000000', stepSize: '0.00001000' },
  { filterType: 'ICEBERG_PARTS', limit: 10 },
];
const spot = { symbol: 'BTCUSDT', status: 'TRADING', baseAsset: 'BTC', quoteAsset: 'USDT', filters };

describe('instruments of Binance', () => {
  it('are those of spot, with exact ticks and lots', () => {
    const { told, urls } = read({ symbols: [spot, { ...spot, symbol: 'ETHUSDT', baseAsset: 'ETH', status: 'BREAK' }] });

    expect(told).toEqual([
      {
        name: 'BTCUSDT',
        unified: 'BTC/USDT',
        kind: 'spot',
        base: 'BTC',
        quote: 'USDT',
        tick: '0.01',
        lot: '0.00001',
        minSize: '0.00001',
        isTrading: true,
        status: 'TRADING',
      },
      expect.objectContaining({ unified: 'ETH/USDT', isTrading: false, status: 'BREAK' }),
      'complete',
    ]);
    expect(urls).toEqual(['https://api.binance.com/api/v3/exchangeInfo']);
  });

  it('are contracts on USD-M, with what they are settled in and when they end', () => {
    const contract = { ...spot, marginAsset: 'USDT', deliveryDate: 4_133_404_800_000, contractType: 'PERPETUAL' };
    const { told, urls } = read(
      {
        symbols: [
          contract,
          { ...contract, symbol: 'BTCUSDT_261225', contractType: 'CURRENT_QUARTER', deliveryDate: 1_798_185_600_000 },
          { ...contract, symbol: 'TSLAUSDT', contractType: 'TRADIFI_PERPETUAL' },
          { ...contract, symbol: 'NEWUSDT', contractType: '' },
        ],
      },
      'usdm',
    );

    expect(told).toMatchObject([
      { kind: 'perpetual', unified: 'BTC/USDT:USDT', settle: 'USDT' },
      { kind: 'future', unified: 'BTC/USDT:USDT-261225', expiry: 1_798_185_600_000 },
      { kind: 'perpetual' },
      { kind: 'other' },
      'complete',
    ]);
    expect((told[0] as Instrument).expiry).toBeUndefined();
    expect(urls).toEqual(['https://fapi.binance.com/fapi/v1/exchangeInfo']);
  });

  it('are read without what cannot be read, which is told, and without what has no tick', () => {
    const { told, faults } = read({
      symbols: [{ ...spot, status: 5 }, { ...spot, filters: [] }, { ...spot, symbol: 'ETHUSDT' }, null],
    });

    expect(told).toEqual([expect.objectContaining({ name: 'ETHUSDT' }), 'complete']);
    expect(faults.map(({ type, message }) => [type, message])).toEqual([
      ['decode', 'instruments: unreadable, left out: binance.symbol/status: Text and 1 more'],
    ]);
  });

  it('error where none can be read', () => {
    expect(read({ symbols: [{ ...spot, status: 5 }] }).told).toEqual([
      expect.objectContaining({ message: 'request failed: unreadable: binance.symbol/status: Text' }),
    ]);
  });

  it('error where the answer is none', () => {
    expect(read({ code: -1, msg: 'no' }).told).toEqual([expect.objectContaining({ name: 'RequestFailedError' })]);
  });

  it.each(['spot', 'usdm'] as const)('are those that the simulated %s trades', (market) => {
    const scheduler = new VirtualTimeScheduler(undefined, 5_000);
    const venue = simulatedBinance({ market, scheduler });
    const names: string[] = [];
    binance({ market, network: venue.network, scheduler })
      .instruments()
      .subscribe((list) => names.push(...list.map(({ name, tick, lot }) => `${name} ${tick} ${lot}`)));
    scheduler.flush();

    expect(names).toEqual([
      'BTCUSDT 0.01 0.00001',
      'ETHUSDT 0.01 0.0001',
      'SOLUSDT 0.01 0.001',
      'QUIETUSDT 0.0001 0.1',
      'FINEUSDT 0.000000000000000001 0.000000000001',
    ]);
  });
});
