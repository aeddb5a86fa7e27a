import type { Observable } from 'rxjs';
import { audit } from '../../lib/feed/audit.js';
import type { InstrumentSpec } from '../../lib/simulation/index.js';
import type { Random } from '../../lib/simulation/random.js';
import type { BinanceExchange, BinanceMarket } from '../../lib/venues/binance/index.js';
import { between, pick } from './chaosDraw.js';
import {
  bookWatcher,
  depthWatcher,
  quoteWatcher,
  tradeWatcher,
  valueWatcher,
  type Scene,
  type Watcher,
} from './chaosWatchers.js';

/** Two busy instruments, one of them with prices that share a double, and one that says nothing for many seconds. */
export const instruments: readonly InstrumentSpec[] = [
  { symbol: 'BTCUSDT', base: 'BTC', quote: 'USDT', price: '60000.00', size: '0.50000', grain: 20 },
  { symbol: 'FINEUSDT', base: 'FINE', quote: 'USDT', price: '1.000000123456789012', size: '2.000000000000' },
  { symbol: 'QUIETUSDT', base: 'QUIET', quote: 'USDT', price: '1.2345', size: '250.0', activity: 0.02 },
];
/** Observers of all kinds of streams. */
export function watchersOf(
  exchange: BinanceExchange,
  market: BinanceMarket,
  draw: Random,
  scene: Scene,
): readonly Watcher[] {
  const own = market === 'spot' ? (['100ms', '1000ms'] as const) : (['100ms', '250ms', '500ms'] as const);
  const chosen = instruments.slice(0, between(draw, 2, 3)).map(({ symbol }) => symbol);
  return chosen.flatMap((symbol) => {
    const speed = pick(draw, [own[0], own[0], ...own]);
    const pace = Number.parseInt(speed, 10);
    const options = {
      speed,
      ...(draw() < 0.3 ? { depth: 100 } : {}),
      ...(draw() < 0.2 ? { silentAfter: between(draw, 1_500, 5_000) } : {}),
      ...(draw() < 0.2 ? { audit: audit({ every: between(draw, 1_000, 4_000) }) } : {}),
    };
    const quiet = symbol === 'QUIETUSDT';
    // A quiet book that is taken for silent is not well when nothing is wrong with it.
    if (quiet) delete options.silentAfter;
    const book$ = exchange.book(symbol, options);
    // The market's own pace is not named.
    const stream = speed === (market === 'spot' ? '1000ms' : '250ms') ? 'depth' : `depth@${speed}`;
    const name = (what: string): string => `${symbol} ${what}`;
    const watchers = [
      bookWatcher(name('book'), symbol, book$, stream, pace, scene),
      bookWatcher(name('book, a second observer'), symbol, book$, stream, pace, scene),
      depthWatcher(name('depth'), symbol, exchange.depth(symbol, options), stream, pace, scene),
    ];
    if (quiet) return watchers;
    const more = [
      () => depthWatcher(name('depth, plain'), symbol, exchange.depth(symbol), 'depth@100ms', 100, scene),
      () => tradeWatcher(name('aggregates'), symbol, exchange.aggregateTrades(symbol), 'aggTrade', scene),
      () => valueWatcher(name('candles'), symbol, exchange.candles(symbol, '1m'), 2_000, scene),
      () => valueWatcher(name('ticker'), symbol, exchange.ticker(symbol), 1_000, scene),
    ];
    return [
      ...watchers,
      tradeWatcher(name('trades'), symbol, exchange.trades(symbol), 'trade', scene),
      quoteWatcher(name('quotes'), symbol, exchange.quotes(symbol), scene),
      ...more.filter(() => draw() < 0.3).map((make) => make()),
    ];
  });
}

/** Streams for observers who only come and go. */
export const streamsOf = (exchange: BinanceExchange): readonly (() => Observable<unknown>)[] =>
  ['BTCUSDT', 'FINEUSDT'].flatMap((symbol) => [
    () => exchange.book(symbol, { speed: '100ms' }),
    () => exchange.book(symbol),
    () => exchange.depth(symbol, { speed: '100ms' }),
    () => exchange.trades(symbol),
    () => exchange.quotes(symbol),
  ]);
