import { aDuration, aNumber, checkOptions } from '../../errors/optionRules.js';
import { type BookParameters, type BookStreams, Books } from '../../feed/books.js';
import { candlesClosedByNext } from '../../feed/candlesClosedByNext.js';
import { Discretion } from '../../feed/discretion.js';
import { Instruments } from '../../feed/instruments.js';
import { candlesWith } from '../../feed/joinCandles.js';
import { VenueBase } from '../../feed/venueBase.js';
import { VenueCore } from '../../feed/venueCore.js';
import type { WirePlan } from '../../socket/plan.js';
import { Bullet } from './bullet.js';
import { candlesChannel } from './candles.js';
import { changesOf, type KucoinDepth, wholeOf } from './depth.js';
import { KucoinDialect } from './dialect.js';
import { connections, PARTIAL, snapshotRate, wireLimits, refusalIn } from './endpoint.js';
import type { KucoinBookOptions, KucoinExchange } from './exchange.js';
import { historyOf } from './history.js';
import { instrumentsOf } from './instruments.js';
import { type KucoinOptions, settingsOf } from './options.js';
import { depthSnapshot } from './snapshot.js';
import { tickerChannel } from './ticker.js';
import { GROUP, symbolOf } from './topics.js';
import { tradesChannel } from './trades.js';
import { windowed } from './window.js';

export { type KucoinInterval, kucoinIntervals } from './candles.js';
export type { KucoinDepth } from './depth.js';
export type { KucoinBookOptions, KucoinExchange } from './exchange.js';
export type { KucoinOptions } from './options.js';
export type { KucoinRequest, KucoinSigner } from './snapshot.js';
export type { KucoinTicker } from './ticker.js';
export { kucoinStreams } from './streams.js';

/** What one book of KuCoin differs by from another. */
interface KucoinBook extends BookParameters {
  readonly depth: KucoinDepth | undefined;
}

const bookRules = { depth: aNumber, silentAfter: aDuration };

/**
 * KuCoin's spot market. Cold: opens nothing until something is subscribed.
 *
 * @throws InvalidArgumentError (at the call) for options and arguments that can't be meant.
 */
export function kucoin(options: KucoinOptions = {}): KucoinExchange {
  const { restUrl, socketUrl, sign, topicsPerWire } = settingsOf(options);
  const bullet = new Bullet(restUrl);
  const discretion = new Discretion();
  const base = new VenueBase('kucoin', options, { limits: [snapshotRate], discretion, refusalIn });
  const wire: WirePlan = {
    endpoint: () => (socketUrl === undefined ? bullet.request(base, discretion) : [{ url: socketUrl }]),
    dialect: (link) => new KucoinDialect(link, bullet.pingEvery, base.scheduler, base.network.isRecorded),
    limits: { ...wireLimits, channels: topicsPerWire },
  };
  const core = new VenueCore(base, { wires: { [GROUP]: wire }, connections });
  const books = new Books(core);
  const requesting = { requests: base.requests, scheduler: base.scheduler, restUrl, sign };

  const bookBy = books.of(({ instrument, depth }: KucoinBook) => {
    if (depth !== undefined) return wholeOf(instrument, depth, core.report);
    const snapshot = () => depthSnapshot(requesting, instrument);
    return {
      ...changesOf(instrument, core.report),
      snapshot,
      fold: sign === undefined ? windowed(PARTIAL) : undefined,
    };
  });
  const bookOf = (symbol: string, book: KucoinBookOptions = {}): BookStreams => {
    checkOptions('options', book, bookRules);
    const { depth, silentAfter } = book;
    return bookBy({ instrument: symbolOf(symbol), depth, silentAfter });
  };

  const instruments = new Instruments(base, () => instrumentsOf(base, restUrl));
  return instruments.offer<KucoinExchange>(
    {
      ...core.exchange,
      book: (symbol, book) => bookOf(symbol, book).state$,
      depth: (symbol, book) => bookOf(symbol, book).event$,
      trades: (symbol) => core.stream(tradesChannel(symbolOf(symbol))),
      quotes: (symbol) => core.current(tickerChannel(symbolOf(symbol), core.report)),
      candles: (symbol, interval, past) => {
        const source = candlesChannel(symbolOf(symbol), interval);
        const live = () => candlesClosedByNext(core, source);
        return candlesWith(
          { base, core, options: past },
          source,
          () => historyOf(base, restUrl, symbolOf(symbol), interval),
          live,
        );
      },
      ticker: (symbol) => core.current(tickerChannel(symbolOf(symbol), core.report)),
      tally: (symbol) => books.tally(symbolOf(symbol)),
      resync: (symbol) => {
        books.resync(symbol === undefined ? undefined : symbolOf(symbol));
      },
    },
    ['book', 'depth', 'trades', 'quotes', 'candles', 'ticker'],
    'BTC-USDT',
  );
}
