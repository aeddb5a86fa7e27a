import { VirtualTimeScheduler } from 'rxjs';
import type { Candle, Fault } from '../../../lib/index.js';
import { simulatedBinance } from '../../../lib/simulation/index.js';
import { fakeNetwork } from '../../../lib/testing/index.js';
import { binance, type BinanceMarket } from '../../../lib/venues/binance/index.js';

const exactly = ({ openTime, exact }: Candle): string =>
  [openTime, exact.open, exact.high, exact.low, exact.close, exact.volume].join(' ');

/** Candles of minutes over twenty minutes with losses, and those that the venue has at the end. */
function run(
  market: 'spot' | 'usdm',
  faults: NonNullable<NonNullable<Parameters<typeof simulatedBinance>[0]>['faults']>,
) {
  const scheduler = new VirtualTimeScheduler(undefined, 1_200_000);
  const venue = simulatedBinance({ market, scheduler, instruments: ['BTCUSDT'], activity: 0.1, seed: 3, faults });
  const exchange = binance({ market, network: venue.network, scheduler, random: () => 0.5 });
  const told: Candle[] = [];
  const seen: Fault[] = [];
  let truth: readonly string[] = [];
  exchange.faults$.subscribe((fault) => seen.push(fault));
  // From when there is a past of some minutes.
  scheduler.schedule(() => exchange.trades('BTCUSDT').subscribe(), 0);
  scheduler.schedule(
    () => exchange.candles('BTCUSDT', '1m', { history: 5 }).subscribe((candle) => told.push(candle)),
    300_500,
  );
  scheduler.schedule(() => {
    const [base, path] =
      market === 'spot' ? ['https://api.binance.com', '/api/v3'] : ['https://fapi.binance.com', '/fapi/v1'];
    venue.network
      .request({ method: 'GET', url: `${base}${path}/klines?symbol=BTCUSDT&interval=1m&limit=1000` })
      .subscribe(({ body }) => {
        truth = (JSON.parse(body) as unknown[][]).map((row) => row.slice(0, 6).join(' '));
      });
  }, 1_199_000);
  scheduler.flush();
  return { told, seen, truth };
}

describe.each(['spot', 'usdm'] as const)('candles with their history, of the simulated %s', (market) => {
  it('are each there once, closed and as the venue has it, through many losses', () => {
    const drops = [400_123, 421_000, 660_000, 719_990, 900_000, 960_000, 1_020_000];
    const { told, truth, seen } = run(
      market,
      drops.map((at) => ({ fault: 'drop', at })),
    );

    const closed = told.filter((candle) => candle.closed).map(exactly);
    expect(closed).toEqual(truth.slice(1, -1));
    expect(closed.length).toBe(18);
    const order = told.map(({ openTime }) => openTime);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(told.slice(0, 5).map(({ closed: isOver }) => isOver)).toEqual([true, true, true, true, false]);
    expect(seen).toEqual([]);
  });
});

describe('the history of candles', () => {
  const row = (minute: number, close = '1'): unknown[] => [
    minute * 60_000,
    '1',
    '2',
    '1',
    close,
    '10',
    minute * 60_000 + 59_999,
    '7',
    3,
    '1',
    '1',
    '0',
  ];
  const rig = (market: BinanceMarket, ...answers: readonly unknown[]) => {
    const scheduler = new VirtualTimeScheduler(undefined, 60_000);
    const network = fakeNetwork({
      onOpening: (wire) =>
        scheduler.schedule(() => {
          wire.open();
        }),
      onRequested: (asked) => {
        asked.respond(answers[network.requests.length - 1] ?? []);
        return undefined;
      },
    });
    const exchange = binance({ market, network, scheduler, random: () => 0.5 });
    return { scheduler, network, exchange };
  };
  it('takes several requests where it is long, and is asked for when the venue tells every change', () => {
    const minutes = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => row(from + i));
    const one = rig('spot', minutes(1_500, 2_500), minutes(1_000, 1_500));
    const told: Candle[] = [];
    one.exchange.candles('BTCUSDT', '1m', { history: 1_500 }).subscribe((candle) => told.push(candle));
    one.scheduler.maxFrames = 10;
    one.scheduler.flush();
    expect(one.network.requests).toEqual([]);
    one.network.wires[0]?.receive('{"result":null,"id":1}');
    one.scheduler.maxFrames = 10_000;
    one.scheduler.flush();

    const address = 'https://api.binance.com/api/v3/klines?symbol=BTCUSDT&interval=1m';
    expect(one.network.requests.map(({ request }) => request.url)).toEqual([
      `${address}&limit=1000`,
      `${address}&limit=500&endTime=89999999`,
    ]);
    expect(told.map(({ openTime }) => openTime / 60_000)).toEqual(Array.from({ length: 1_500 }, (_, i) => 1_000 + i));
  });

  it.each([
    ['usdm', '10'],
    ['coinm', '7'],
  ] as const)('has volumes in base units on %s, too', (market, volume) => {
    const one = rig(market, [row(1), row(2)]);
    const told: Candle[] = [];
    one.exchange.candles('BTCUSDT', '1m', { history: 2 }).subscribe((candle) => told.push(candle));
    one.scheduler.maxFrames = 10;
    one.scheduler.flush();
    one.network.wires[0]?.receive('{"result":null,"id":1}');
    one.scheduler.maxFrames = 10_000;
    one.scheduler.flush();

    expect(told.map(({ exact, closed, trades }) => [exact.volume, closed, trades])).toEqual([
      [volume, true, 3],
      [volume, false, 3],
    ]);
  });
});

it.each([0, 1.5, 100_001])('refuses a history of %p candles at the call', (history) => {
  const exchange = binance({ network: fakeNetwork() });
  expect(() => exchange.candles('BTCUSDT', '1m', { history })).toThrow('history: expected a whole number');
});
