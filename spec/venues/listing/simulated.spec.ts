import { type Observable, VirtualTimeScheduler } from 'rxjs';
import type { Candle, Exchange, ExchangeOptions, Fault, Listing } from '../../../lib/index.js';
import {
  type SimulatedVenue,
  type SimulatedVenueConfig,
  simulatedCoinbase,
  simulatedKraken,
  simulatedOkx,
  simulatedTplus,
} from '../../../lib/simulation/index.js';
import { coinbaseAdvanced } from '../../../lib/venues/coinbase/index.js';
import { kraken } from '../../../lib/venues/kraken/index.js';
import { okx } from '../../../lib/venues/okx/index.js';
import { tplus } from '../../../lib/venues/tplus/index.js';

interface Simulated<E extends Exchange> {
  readonly name: string;
  readonly simulate: (config: SimulatedVenueConfig) => SimulatedVenue;
  readonly make: (options: ExchangeOptions) => E;
  readonly candles: (exchange: E, history: number) => Observable<Candle>;
  /** In minutes. */
  readonly width: number;
  /** The request whose answer is the truth, and how it is read. */
  readonly truth: string;
  readonly read: (body: string) => readonly (readonly unknown[])[];
}

const exactly = ({ openTime, exact }: Candle): string =>
  [openTime, exact.open, exact.high, exact.low, exact.close, exact.volume].join(' ');

function isTheTruth<E extends Exchange>(name: string, venue: Omit<Simulated<E>, 'name'>): void {
  it(`of a simulated ${name} are each there once, closed and as the venue has it, through many losses`, () => {
    const MINUTE = 60_000;
    const end = 20 * venue.width * MINUTE;
    const scheduler = new VirtualTimeScheduler(undefined, end);
    const at = [7, 7.3, 8, 9.9999, 12, 13, 14].map((intervals) => intervals * venue.width * MINUTE);
    const simulated = venue.simulate({
      scheduler,
      instruments: ['BTCUSDT'],
      activity: 0.2 / venue.width,
      seed: 5,
      faults: at.map((time) => ({ fault: 'drop', at: time })),
    });
    const exchange = venue.make({ network: simulated.network, scheduler, random: () => 0.5 });
    const told: Candle[] = [];
    const faults: Fault[] = [];
    let truth: readonly string[] = [];
    exchange.faults$.subscribe((fault) => faults.push(fault));
    // Keeps the market going until then.
    scheduler.schedule(() => exchange.socket.subscribe(), 0);
    scheduler.schedule(
      () => venue.candles(exchange, 4).subscribe((candle) => told.push(candle)),
      5.01 * venue.width * MINUTE,
    );
    scheduler.schedule(() => {
      simulated.network.request({ method: 'GET', url: venue.truth }).subscribe(({ body }) => {
        truth = venue
          .read(body)
          .map((row) => row.join(' '))
          .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
      });
    }, end - 200);
    scheduler.flush();

    const closed = told.filter((candle) => candle.closed).map(exactly);
    const first = truth.findIndex((row) => row === closed[0]);
    expect(first).toBeGreaterThan(-1);
    expect(closed).toEqual(truth.slice(first, -1));
    expect(closed.length).toBeGreaterThan(12);
    const order = told.map(({ openTime }) => openTime);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(faults.filter(({ type }) => type === 'gap' || type === 'decode')).toEqual([]);
  });
}

describe('candles with their past', () => {
  isTheTruth('OKX', {
    simulate: simulatedOkx,
    make: okx,
    candles: (exchange, history) => exchange.candles('BTC-USDT', '1m', { history }),
    width: 1,
    truth: 'https://www.okx.com/api/v5/market/candles?instId=BTC-USDT&bar=1m&limit=300',
    read: (body) => (JSON.parse(body) as { data: unknown[][] }).data.map((row) => row.slice(0, 6)),
  });
  isTheTruth('Kraken', {
    simulate: simulatedKraken,
    make: kraken,
    candles: (exchange, history) => exchange.candles('BTC/USDT', '1', { history }),
    width: 1,
    truth: 'https://api.kraken.com/0/public/OHLC?pair=BTC/USDT&interval=1',
    read: (body) =>
      (JSON.parse(body) as { result: Record<string, unknown[][]> }).result['BTC/USDT']?.map(
        ([time, open, high, low, close, , volume]) => [1_000 * Number(time), open, high, low, close, volume],
      ) ?? [],
  });
  isTheTruth('Coinbase', {
    simulate: simulatedCoinbase,
    make: coinbaseAdvanced,
    candles: (exchange, history) => exchange.candles('BTC-USDT', { history }),
    width: 5,
    truth: 'https://api.coinbase.com/api/v3/brokerage/market/products/BTC-USDT/candles?start=0&end=10000',
    read: (body) =>
      (JSON.parse(body) as { candles: Record<string, string>[] }).candles.map(
        ({ start, open, high, low, close, volume }) => [1_000 * Number(start), open, high, low, close, volume],
      ),
  });
  isTheTruth('T+', {
    simulate: simulatedTplus,
    make: tplus,
    candles: (exchange, history) => exchange.candles('200', { history }),
    width: 1,
    truth: 'https://mds.tplus.cx/klines/200?interval=1&limit=1000',
    read: (body) =>
      (JSON.parse(body.replace(/(_ns":)(\d+)/g, '$1"$2"')) as { items: Record<string, string>[] }).items.map(
        ({ open_timestamp_ns: time = '', open, high, low, close, volume }) => [
          Number(time.slice(0, -6)),
          open,
          high,
          low,
          close,
          volume,
        ],
      ),
  });
});

describe('the instruments', () => {
  it.each([
    ['okx', simulatedOkx, okx, 'BTC-USDT'],
    ['kraken', simulatedKraken, kraken, 'BTC/USDT'],
    ['coinbase', simulatedCoinbase, coinbaseAdvanced, 'BTC-USDT'],
  ] as const)('of a simulated %s are those that it trades', (_, simulate, make, name) => {
    const scheduler = new VirtualTimeScheduler(undefined, 5_000);
    const venue = simulate({ scheduler });
    const exchange: Exchange & Listing = make({ network: venue.network, scheduler });
    const told: unknown[] = [];
    exchange.instrument('BTC/USDT').subscribe((instrument) => told.push(instrument));
    scheduler.flush();
    expect(told).toEqual([
      expect.objectContaining({ name, unified: 'BTC/USDT', tick: '0.01', lot: '0.00001', isTrading: true }),
    ]);
  });
});
