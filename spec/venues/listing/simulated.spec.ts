import { type Observable, type SchedulerLike, VirtualTimeScheduler, filter, map, switchMap, take } from 'rxjs';
import type { Candle, Exchange, ExchangeOptions, Fault, Listing, Network } from '../../../lib/index.js';
import {
  type FaultName,
  type SimulatedVenue,
  type SimulatedVenueConfig,
  simulatedCoinbase,
  simulatedDxLink,
  simulatedKraken,
  simulatedOkx,
  simulatedTplus,
  simulatedTradestation,
} from '../../../lib/simulation/index.js';
import { coinbaseAdvanced } from '../../../lib/venues/coinbase/index.js';
import { dxlink } from '../../../lib/venues/dxlink/index.js';
import { kraken } from '../../../lib/venues/kraken/index.js';
import { okx } from '../../../lib/venues/okx/index.js';
import { tplus } from '../../../lib/venues/tplus/index.js';
import { tradestation } from '../../../lib/venues/tradestation/index.js';

interface Simulated<E extends Exchange> {
  readonly name: string;
  readonly simulate: (config: SimulatedVenueConfig) => SimulatedVenue;
  readonly make: (options: ExchangeOptions) => E;
  readonly candles: (exchange: E, history: number) => Observable<Candle>;
  /** In minutes. */
  readonly width: number;
  /** What is traded, and what keeps the market going. Defaults: `BTCUSDT`, an open socket. */
  readonly symbol?: string;
  readonly keep?: (exchange: E) => Observable<unknown>;
  /** What loses each of its wires. */
  readonly fault?: FaultName;
  /** The truth as the venue has it. */
  readonly truth: (network: Network, scheduler: SchedulerLike) => Observable<readonly (readonly unknown[])[]>;
}

/** The answer to a request, read. */
const answer =
  (url: string, read: (body: string) => readonly (readonly unknown[])[]) =>
  ({ request }: Network): Observable<readonly (readonly unknown[])[]> =>
    request({ method: 'GET', url }).pipe(map(({ body }) => read(body)));

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
      instruments: [venue.symbol ?? 'BTCUSDT'],
      activity: 0.2 / venue.width,
      seed: 5,
      faults: at.map((time) => ({ fault: venue.fault ?? 'drop', at: time })),
    });
    const exchange = venue.make({ network: simulated.network, scheduler, random: () => 0.5 });
    const told: Candle[] = [];
    const faults: Fault[] = [];
    let truth: readonly string[] = [];
    exchange.faults$.subscribe((fault) => faults.push(fault));
    // Keeps the market going until then.
    scheduler.schedule(() => (venue.keep?.(exchange) ?? exchange.socket).subscribe(), 0);
    scheduler.schedule(
      () => venue.candles(exchange, 4).subscribe((candle) => told.push(candle)),
      5.01 * venue.width * MINUTE,
    );
    scheduler.schedule(() => {
      venue.truth(simulated.network, scheduler).subscribe((rows) => {
        truth = rows.map((row) => row.join(' ')).sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
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
    truth: answer('https://www.okx.com/api/v5/market/candles?instId=BTC-USDT&bar=1m&limit=300', (body) =>
      (JSON.parse(body) as { data: unknown[][] }).data.map((row) => row.slice(0, 6)),
    ),
  });
  isTheTruth('Kraken', {
    simulate: simulatedKraken,
    make: kraken,
    candles: (exchange, history) => exchange.candles('BTC/USDT', '1', { history }),
    width: 1,
    truth: answer(
      'https://api.kraken.com/0/public/OHLC?pair=BTC/USDT&interval=1',
      (body) =>
        (JSON.parse(body) as { result: Record<string, unknown[][]> }).result['BTC/USDT']?.map(
          ([time, open, high, low, close, , volume]) => [1_000 * Number(time), open, high, low, close, volume],
        ) ?? [],
    ),
  });
  isTheTruth('Coinbase', {
    simulate: simulatedCoinbase,
    make: coinbaseAdvanced,
    candles: (exchange, history) => exchange.candles('BTC-USDT', { history }),
    width: 5,
    truth: answer(
      'https://api.coinbase.com/api/v3/brokerage/market/products/BTC-USDT/candles?start=0&end=10000&granularity=FIVE_MINUTE',
      (body) =>
        (JSON.parse(body) as { candles: Record<string, string>[] }).candles.map(
          ({ start, open, high, low, close, volume }) => [1_000 * Number(start), open, high, low, close, volume],
        ),
    ),
  });
  isTheTruth('T+', {
    simulate: simulatedTplus,
    make: tplus,
    candles: (exchange, history) => exchange.candles('200', { history }),
    width: 1,
    truth: answer('https://mds.tplus.cx/klines/200?interval=1&limit=1000', (body) =>
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
    ),
  });
  isTheTruth('TradeStation', {
    simulate: simulatedTradestation,
    make: (options) => tradestation({ ...options, login: { clientId: 'me', refreshToken: 'simulated-refresh-token' } }),
    symbol: 'MSFT',
    keep: (exchange) => exchange.quote('MSFT'),
    candles: (exchange, history) => exchange.candles('MSFT', { history }),
    width: 1,
    fault: 'goAway',
    truth: ({ request }) => {
      const base = 'https://api.tradestation.com/v3/marketdata/barcharts/MSFT?unit=Minute&barsback=20';
      const body = 'grant_type=refresh_token&client_id=me&refresh_token=simulated-refresh-token';
      return request({ method: 'POST', url: 'https://signin.tradestation.com/oauth/token', body }).pipe(
        map((granted) => (JSON.parse(granted.body) as { access_token: string }).access_token),
        switchMap((token) => request({ method: 'GET', url: base, headers: { Authorization: `Bearer ${token}` } })),
        map((told) => (JSON.parse(told.body) as { Bars: Record<string, string>[] }).Bars),
        map((bars) => [
          ...bars.map(({ Epoch, Open, High, Low, Close, TotalVolume }) => [
            ...[Number(Epoch) - 60_000, Open, High, Low, Close, TotalVolume],
          ]),
          // Bars of the past are over: the present one is not among them.
          [Number.MAX_SAFE_INTEGER],
        ]),
      );
    },
  });
  isTheTruth('dxLink', {
    simulate: simulatedDxLink,
    make: dxlink,
    symbol: 'AAPL',
    candles: (exchange, history) => exchange.candles('AAPL', '1m', { history }),
    width: 1,
    fault: 'closeCleanly',
    truth: (network, scheduler) =>
      dxlink({ network, scheduler })
        .candlesSince('AAPL', '1m', 0)
        .pipe(
          filter((state) => state.status === 'live'),
          take(1),
          map(({ value: { rows } }) =>
            rows.flatMap(({ time, open, high, low, close, volume }) =>
              open === undefined ? [] : [[time, open, high, low, close, volume]],
            ),
          ),
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
