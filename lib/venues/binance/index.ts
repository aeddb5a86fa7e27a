import { linkRule } from '../../book/continuity/link.js';
import { rangeRule } from '../../book/continuity/range.js';
import { aDuration, aNumber, aText, checkOptions } from '../../errors/optionRules.js';
import { anAudit } from '../../feed/auditRule.js';
import type { CandleHistory } from '../../feed/candleHistory.js';
import { candlesWith } from '../../feed/joinCandles.js';
import { Instruments } from '../../feed/instruments.js';
import { type BookParameters, type BookStreams, Books } from '../../feed/books.js';
import { VenueBase } from '../../feed/venueBase.js';
import { VenueCore } from '../../feed/venueCore.js';
import type { WirePlan } from '../../socket/plan.js';
import { bannedFor } from './bans.js';
import { candlesChannel } from './candles.js';
import { type BinanceDepthSpeed, depthChannel } from './depth.js';
import { BinanceDialect } from './dialect.js';
import { type SnapshotSize, connections, sharedSize, snapshotRate, snapshotSize, wireLimits } from './endpoint.js';
import type { BinanceBookOptions, BinanceExchange } from './exchange.js';
import { klinesOf } from './history.js';
import { instrumentsOf } from './instruments.js';
import { type BinanceOptions, settingsOf } from './options.js';
import { quotesChannel } from './quotes.js';
import { depthSnapshot } from './snapshot.js';
import { tickerChannel } from './ticker.js';
import { symbolOf } from './topics.js';
import { aggregateTradesChannel, tradesChannel } from './trades.js';

export { type BinanceInterval, binanceIntervals } from './candles.js';
export type { BinanceDepthSpeed } from './depth.js';
export type { BinanceMarket } from './endpoint.js';
export type { BinanceBookOptions, BinanceExchange } from './exchange.js';
export type { BinanceOptions } from './options.js';

/** What one book of Binance differs by from another. */
interface BinanceBook extends BookParameters {
  readonly speed: BinanceDepthSpeed;
  /** Of its snapshots; absent: by how many books share the allowance. */
  readonly size: SnapshotSize | undefined;
}

const bookRules = { speed: aText, depth: aNumber, silentAfter: aDuration, audit: anAudit };

/**
 * Binance spot or USD-M futures. Cold: opens nothing until something is subscribed.
 *
 * @throws InvalidArgumentError (at the call) for options and arguments that can't be meant.
 */
export function binance(options: BinanceOptions = {}): BinanceExchange {
  const settings = settingsOf(options);
  const { market, socket, rest, depthPath, streamsPerWire, messages, split, weight } = settings;
  const wire = (path: string): WirePlan => ({
    endpoint: () => [{ url: `${socket}${path}` }],
    dialect: (link) => new BinanceDialect(link),
    limits: { ...wireLimits, channels: streamsPerWire, messages },
  });
  const half = (name: string): WirePlan => wire(split ? `/${name}/stream` : '/stream');
  const wires = market === 'spot' ? { spot: wire('/stream') } : { public: half('public'), market: half('market') };
  const base = new VenueBase('binance', options, { limits: [snapshotRate, weight], refusalIn: bannedFor });
  const core = new VenueCore(base, { wires, connections });
  const books = new Books(core);

  const booksOpen = (): number =>
    core.exchange.plan().flatMap(({ channels }) => channels.filter((key) => key.includes('@depth'))).length;

  const bookBy = books.of(({ instrument, speed, size }: BinanceBook) => ({
    source: depthChannel(market, instrument, speed),
    rule: market === 'spot' ? rangeRule : linkRule,
    snapshot: () => {
      const [levels, cost] = size ?? sharedSize(settings, booksOpen());
      return depthSnapshot(base, instrument, `${rest}${depthPath}?symbol=${instrument}&limit=${levels}`, cost);
    },
  }));
  const bookOf = (symbol: string, book: BinanceBookOptions = {}): BookStreams => {
    const instrument = symbolOf(symbol);
    checkOptions('options', book, bookRules);
    const { speed = '100ms', depth, silentAfter, audit } = book;
    const size = depth === undefined ? undefined : snapshotSize(settings.snapshots, depth);
    return bookBy({ instrument, speed, size, silentAfter, audit });
  };

  const instruments = new Instruments(base, () => instrumentsOf(base, settings));
  return instruments.offer<BinanceExchange>(
    {
      ...core.exchange,
      market,
      book: (symbol, book) => bookOf(symbol, book).state$,
      depth: (symbol, book) => bookOf(symbol, book).event$,
      trades: (symbol) => core.stream(tradesChannel(market, symbol)),
      aggregateTrades: (symbol) => core.stream(aggregateTradesChannel(market, symbol)),
      quotes: (symbol) => core.current(quotesChannel(market, symbol)),
      candles: (symbol, interval, options) => {
        const source = candlesChannel(market, symbol, interval);
        const history = (): CandleHistory => klinesOf(base, settings, symbol, interval);
        return candlesWith({ base, core, options }, source, history, () => core.current(source));
      },
      ticker: (symbol) => core.current(tickerChannel(market, symbol)),
      tally: (symbol) => books.tally(symbolOf(symbol)),
      resync: (symbol) => {
        books.resync(symbol === undefined ? undefined : symbolOf(symbol));
      },
    },
    ['book', 'depth', 'trades', 'aggregateTrades', 'quotes', 'candles', 'ticker'],
    'BTCUSDT',
  );
}
