import type { Observable } from 'rxjs';
import { linkRule } from '../../book/continuity/link.js';
import { rangeRule } from '../../book/continuity/range.js';
import type { Audit } from '../../feed/audit.js';
import type { Exchange, ExchangeOptions } from '../../feed/exchange.js';
import { type BookStreams, makeVenueCore } from '../../feed/venueCore.js';
import type { BookState } from '../../model/bookState.js';
import type { BookTally } from '../../model/bookTally.js';
import type { Candle } from '../../model/candle.js';
import type { DepthEvent } from '../../model/depthEvent.js';
import type { Quote } from '../../model/quote.js';
import type { Ticker } from '../../model/ticker.js';
import type { Trade } from '../../model/trade.js';
import type { WirePlan } from '../../socket/plan.js';
import { type BinanceInterval, candlesChannel } from './candles.js';
import { check, checkOneOf, checkWhole } from './checks.js';
import { type DepthSpeed, depthChannel } from './depth.js';
import { binanceDialect } from './dialect.js';
import {
  type BinanceMarket,
  MAX_STREAMS,
  connections,
  markets,
  snapshotRate,
  snapshotSize,
  wireLimits,
} from './endpoint.js';
import { quotesChannel } from './quotes.js';
import { depthSnapshot } from './snapshot.js';
import { tickerChannel } from './ticker.js';
import { symbolOf } from './topics.js';
import { aggregateTradesChannel, tradesChannel } from './trades.js';

export type { BinanceInterval } from './candles.js';
export type { DepthSpeed } from './depth.js';
export type { BinanceMarket } from './endpoint.js';

export interface BinanceOptions extends ExchangeOptions {
  /** Default: `spot`. */
  readonly market?: BinanceMarket;
  /** The socket's base, `wss://…` without a path. Default: the market's own. */
  readonly url?: string;
  /** The REST base. Default: the market's own, or that of `url` where that is given: `https` for `wss`. */
  readonly restUrl?: string;
  /** Streams on one connection before a further one is opened, at most 1,024. Default: 1,024. */
  readonly streamsPerWire?: number;
}

export interface BinanceBookOptions {
  /** How often diffs come. Default: `100ms`. */
  readonly speed?: DepthSpeed;
  /**
   * How many levels a side the snapshot asks for, rounded up to a size the venue offers: at most 5,000 (spot) or 1,000
   * (USD-M). Levels beyond it are unknown until they change; cut the view, not the book. Default: 1,000.
   */
  readonly depth?: number;
  /** A live book without any message for so many ms goes stale until the next. Quiet symbols do. Default: never. */
  readonly silentAfter?: number;
  /** Compares the live book with fresh snapshots on a schedule: `audit({ every })`. Default: never. */
  readonly audit?: Audit;
}

/** Binance's market data. Symbols in either case; `BTCUSDT` is one thing on spot and another on USD-M. */
export interface BinanceExchange extends Exchange {
  readonly market: BinanceMarket;
  /**
   * The live order book: REST snapshot joined with diffs, mended by a new snapshot after a gap or a reconnect. Late
   * observers get the present state at once.
   *
   * @throws (on the stream) SubscriptionRefusedError where there is no such symbol.
   */
  book(symbol: string, options?: BinanceBookOptions): Observable<BookState>;
  /** The events that make the same book, lossless and joined: `reset`, `snapshot`, then diffs without a gap. */
  depth(symbol: string, options?: BinanceBookOptions): Observable<DepthEvent>;
  /** Every trade by itself. */
  trades(symbol: string): Observable<Trade>;
  /** Trades of one taker order at one price as one; `id` is the aggregate's. */
  aggregateTrades(symbol: string): Observable<Trade>;
  /** Best bid and ask whenever one changes. Late observers get the latest. */
  quotes(symbol: string): Observable<Quote>;
  /** The present candle as it grows; `closed` once at its end. Late observers get the latest. */
  candles(symbol: string, interval: BinanceInterval): Observable<Candle>;
  /** Statistics of the last 24 hours, about once a second. Late observers get the latest. */
  ticker(symbol: string): Observable<Ticker>;
  /** What the running book of a symbol has counted since it began; absent where none runs. */
  tally(symbol: string): BookTally | undefined;
  /** Has the book of a symbol mended by hand, or every book. It is stale until it is. */
  resync(symbol?: string): void;
}

/**
 * Binance spot or USD-M futures. Cold: opens nothing until something is subscribed.
 *
 * @throws InvalidArgumentError (at the call) for options and arguments that can't be meant.
 */
export function binance(options: BinanceOptions = {}): BinanceExchange {
  const { market = 'spot', url, streamsPerWire = MAX_STREAMS } = options;
  checkOneOf('market', 'spot usdm', market);
  checkWhole('streamsPerWire', MAX_STREAMS, streamsPerWire);
  const { socket, rest, depthPath, messages, weight, snapshots } = markets[market];
  const base = (url ?? socket).replace(/\/+$/, '');
  check('url', /^wss?:\/\/[^/]/.test(base), 'a ws:// or wss:// address', base);
  const restUrl = options.restUrl ?? (url === undefined ? rest : base.replace('ws', 'http'));
  const wire = (path: string): WirePlan => ({
    endpoint: () => [{ url: `${base}${path}` }],
    dialect: binanceDialect,
    limits: { ...wireLimits, channels: streamsPerWire, messages },
  });
  const wires =
    market === 'spot' ? { spot: wire('/stream') } : { public: wire('/public/stream'), market: wire('/market/stream') };
  const core = makeVenueCore({ venue: 'binance', wires, connections }, [snapshotRate, weight], options);

  const bookOf = (symbol: string, book: BinanceBookOptions = {}): BookStreams => {
    const { speed = '100ms', depth = 1_000, silentAfter, audit } = book;
    const instrument = symbolOf(symbol);
    const [levels, weight] = snapshotSize(snapshots, depth);
    const snapshotUrl = `${restUrl}${depthPath}?symbol=${encodeURIComponent(instrument)}&limit=${levels}`;
    const source = depthChannel(market, instrument, speed);
    return core.book({
      key: [source.topic.key, levels, silentAfter, audit?.key].join(),
      source,
      instrument,
      rule: market === 'spot' ? rangeRule : linkRule,
      join: 'request',
      mend: 'request',
      snapshot: () => depthSnapshot(core, instrument, snapshotUrl, weight),
      silentAfter,
      audit,
    });
  };

  return {
    ...core.exchange,
    market,
    book: (symbol, book) => bookOf(symbol, book).state$,
    depth: (symbol, book) => bookOf(symbol, book).event$,
    trades: (symbol) => core.stream(tradesChannel(market, symbol)),
    aggregateTrades: (symbol) => core.stream(aggregateTradesChannel(market, symbol)),
    quotes: (symbol) => core.current(quotesChannel(market, symbol)),
    candles: (symbol, interval) => core.current(candlesChannel(market, symbol, interval)),
    ticker: (symbol) => core.current(tickerChannel(market, symbol)),
    tally: (symbol) => core.tally(symbolOf(symbol)),
    resync: (symbol) => {
      core.resync(symbol === undefined ? undefined : symbolOf(symbol));
    },
  };
}
