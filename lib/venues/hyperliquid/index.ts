import { type Observable, takeUntil } from 'rxjs';
import { aBoolean, aDuration, aNumber, checkOptions } from '../../errors/optionRules.js';
import { flatten } from '../../feed/flatten.js';
import { type BookParameters, type BookStreams, Books } from '../../feed/books.js';
import { candlesClosedByNext } from '../../feed/candlesClosedByNext.js';
import { closedOf } from '../../feed/closedOf.js';
import { Instruments } from '../../feed/instruments.js';
import { candlesWith } from '../../feed/joinCandles.js';
import { depthUnlessStalled, unlessStalled } from '../../feed/unlessStalled.js';
import { VenueBase } from '../../feed/venueBase.js';
import { VenueCore } from '../../feed/venueCore.js';
import type { Trade } from '../../model/trade.js';
import type { WirePlan } from '../../socket/plan.js';
import { candlesChannel } from './candles.js';
import { depthOf, type HyperliquidView } from './depth.js';
import { HyperliquidDialect } from './dialect.js';
import { DoubtedCoins } from './doubtedCoins.js';
import { connections, messages, requestRate, STALLED, wireLimits } from './endpoint.js';
import type { HyperliquidBookOptions, HyperliquidExchange } from './exchange.js';
import { historyOf } from './history.js';
import { instrumentsOf, isListed } from './instruments.js';
import { midsChannel } from './mids.js';
import { type HyperliquidOptions, settingsOf } from './options.js';
import { quotesChannel } from './quotes.js';
import { coinOf, GROUP } from './topics.js';
import { newsOf, tradesChannel } from './trades.js';

export { type HyperliquidInterval, hyperliquidIntervals } from './candles.js';
export type { HyperliquidDigits, HyperliquidMantissa } from './depth.js';
export type { HyperliquidBookOptions, HyperliquidExchange } from './exchange.js';
export type { HyperliquidMids } from './mids.js';
export type { HyperliquidOptions } from './options.js';
export { hyperliquidStreams } from './streams.js';

/** What one book of Hyperliquid differs by from another. */
interface HyperliquidBook extends BookParameters, HyperliquidView {}

const bookRules = { fast: aBoolean, digits: aNumber, mantissa: aNumber, silentAfter: aDuration };

/**
 * Hyperliquid. Cold: opens nothing until something is subscribed.
 *
 * @throws InvalidArgumentError (at the call) for options and arguments that can't be meant.
 */
export function hyperliquid(options: HyperliquidOptions = {}): HyperliquidExchange {
  const { socketUrl, restUrl, channelsPerWire } = settingsOf(options);
  const base = new VenueBase('hyperliquid', options, { limits: [requestRate] });
  const doubted = new DoubtedCoins(base.scheduler, (coin) =>
    isListed(base, restUrl, coin).pipe(takeUntil(closedOf(core.exchange))),
  );
  const wire: WirePlan = {
    endpoint: () => [{ url: socketUrl }],
    dialect: (link) => new HyperliquidDialect(link, base.scheduler, doubted),
    limits: { ...wireLimits, channels: channelsPerWire },
  };
  const core = new VenueCore(base, { wires: { [GROUP]: wire }, connections, messages });
  const books = new Books(core);

  const bookBy = books.of((book: HyperliquidBook) => {
    const { source, rule } = depthOf(book.instrument, book);
    return { source: depthUnlessStalled(core, source, STALLED[book.fast ? 'fast' : 'usual']), rule };
  });
  const bookOf = (coin: string, book: HyperliquidBookOptions = {}): BookStreams => {
    checkOptions('options', book, bookRules);
    const { fast = false, digits, mantissa, silentAfter } = book;
    return bookBy({ instrument: coinOf(coin), fast, digits, mantissa, silentAfter });
  };
  const tradesOf = (coin: string, isPast: boolean): Observable<Trade> => {
    const source = tradesChannel(coinOf(coin), core.report);
    return core.shared
      .events(source.topic.key, () => newsOf(core.channel(source)))
      .pipe(flatten((news) => (news.isPast === isPast ? news.trades : [])));
  };

  const instruments = new Instruments(base, () => instrumentsOf(base, restUrl));
  return instruments.offer<HyperliquidExchange>(
    {
      ...core.exchange,
      book: (coin, book) => bookOf(coin, book).state$,
      depth: (coin, book) => bookOf(coin, book).event$,
      trades: (coin) => tradesOf(coin, false),
      recentTrades: (coin) => tradesOf(coin, true),
      quotes: (coin) => core.current(quotesChannel(coin)),
      candles: (coin, interval, past) => {
        const source = candlesChannel(coin, interval);
        const live = () => candlesClosedByNext(core, source);
        return candlesWith(
          { base, core, options: past },
          source,
          () => historyOf(base, restUrl, coinOf(coin), interval),
          live,
        );
      },
      mids: (dex) => {
        const source = midsChannel(dex, core.report);
        return core.current(source, unlessStalled(core.contextOf(source.topic.key), STALLED.usual));
      },
      tally: (coin) => books.tally(coinOf(coin)),
      resync: (coin) => {
        books.resync(coin === undefined ? undefined : coinOf(coin));
      },
    },
    ['book', 'depth', 'trades', 'recentTrades', 'quotes', 'candles'],
    'BTC',
  );
}
