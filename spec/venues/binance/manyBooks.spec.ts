import { VirtualTimeScheduler } from 'rxjs';
import { simulatedBinance } from '../../../lib/simulation/index.js';
import type { Fault } from '../../../lib/index.js';
import { markets, sharedSize } from '../../../lib/venues/binance/endpoint.js';
import { binance, type BinanceBookOptions, type BinanceMarket } from '../../../lib/venues/binance/index.js';

interface Outcome {
  /** When the last of them was live, in ms; absent where one never was. */
  readonly allLive: number | undefined;
  readonly live: number;
  readonly faults: readonly Fault[];
  readonly violations: number;
  readonly limits: readonly string[];
  readonly levels: number;
}

/** So many books on a simulated venue that keeps its real limits. */
function open(
  market: Exclude<BinanceMarket, 'coinm'>,
  count: number,
  until: number,
  options: BinanceBookOptions = {},
): Outcome {
  const scheduler = new VirtualTimeScheduler(undefined, until);
  const symbols = Array.from({ length: count }, (_, index) => `S${index}USDT`);
  const venue = simulatedBinance({
    market,
    scheduler,
    instruments: symbols,
    depth: 120,
    history: 400,
    activity: 0.5,
    stepEvery: 250,
    latency: { least: 20, most: 60 },
  });
  const asked = new Set<string>();
  const { network } = venue;
  const exchange = binance({
    market,
    scheduler,
    random: () => 0.5,
    network: {
      ...network,
      request: (request) => {
        asked.add(/limit=\d+/.exec(request.url)?.[0] ?? request.url);
        return network.request(request);
      },
    },
  });
  const faults: Fault[] = [];
  exchange.faults$.subscribe((fault) => faults.push(fault));
  const live = new Set<string>();
  let allLive: number | undefined;
  let levels = 0;
  for (const symbol of symbols) {
    exchange.book(symbol, options).subscribe((state) => {
      if (state.status !== 'live') return;
      levels = Math.max(levels, state.book.bids.length);
      if (live.add(symbol).size === count) allLive ??= scheduler.now();
    });
  }
  scheduler.flush();
  const violations = venue.stats().violations.length;
  return { allLive, live: live.size, faults, violations, limits: [...asked], levels };
}

it.each([
  ['spot', 'limit=100', 100],
  ['usdm', 'limit=50', 50],
] as const)('500 books of %s are live within half a minute, within the limits', (market, limit, levels) => {
  const outcome = open(market, 500, 30_000);

  expect(outcome.live).toBe(500);
  expect(outcome.allLive).toBeLessThan(30_000);
  expect(outcome.limits).toEqual([limit]);
  expect(outcome.levels).toBeGreaterThanOrEqual(levels);
  expect(outcome.violations).toBe(0);
  // That they wait is told, and nothing else goes wrong.
  expect(outcome.faults.map(({ type }) => type)).toEqual(['waiting']);
});

it('asks for the depth that was wanted, however many books there are', () => {
  expect(open('spot', 60, 10_000, { depth: 1_000 }).limits).toEqual(['limit=1000']);
});

it.each([
  ['spot', [1, 48, 49, 96, 97, 480, 1_000], [1_000, 1_000, 500, 500, 100, 100, 100]],
  ['usdm', [1, 48, 49, 96, 97, 192, 193, 1_000], [1_000, 1_000, 500, 500, 100, 100, 50, 50]],
] as const)('%s gives each of %p books so many levels: %p', (market, counts, levels) => {
  expect(counts.map((books) => sharedSize(markets[market], books)[0])).toEqual(levels);
});
