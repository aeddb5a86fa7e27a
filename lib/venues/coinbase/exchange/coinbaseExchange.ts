import type { Observable } from 'rxjs';
import { noRule } from '../../../book/continuity/none.js';
import { eachTrade } from '../../../feed/countedTrades.js';
import { flatten } from '../../../feed/flatten.js';
import { type BookStreams, Books } from '../../../feed/books.js';
import { Instruments } from '../../../feed/instruments.js';
import { VenueBase } from '../../../feed/venueBase.js';
import { VenueCore } from '../../../feed/venueCore.js';
import type { WirePlan } from '../../../socket/plan.js';
import { productOf } from '../topics.js';
import type { TradeNews } from '../tradeNews.js';
import { depthChannel } from './depth.js';
import { CoinbaseExchangeDialect } from './dialect.js';
import { connections, GROUP, wireLimits, requestRate } from './endpoint.js';
import type { CoinbaseExchange, CoinbaseExchangeBookOptions } from './exchange.js';
import { heartbeatChannel } from './heartbeats.js';
import { instrumentsOf } from './instruments.js';
import { bookOptionsOf, type CoinbaseBook, type CoinbaseExchangeOptions, settingsOf } from './options.js';
import { tickerChannel } from './ticker.js';
import { matchesChannel, numbersOf } from './trades.js';

/**
 * Coinbase Exchange, by its WebSocket feed. Cold: opens nothing until something is subscribed.
 *
 * @throws InvalidArgumentError (at the call) for options and arguments that can't be meant.
 */
export function coinbaseExchange(options: CoinbaseExchangeOptions = {}): CoinbaseExchange {
  const { socketUrl, restUrl, channelsPerWire } = settingsOf(options);
  const base = new VenueBase('coinbase', options, { limits: [requestRate] });
  const wire: WirePlan = {
    endpoint: () => [{ url: socketUrl }],
    dialect: (link) => new CoinbaseExchangeDialect(link, base.scheduler),
    limits: wireLimits(channelsPerWire),
  };
  const core = new VenueCore(base, { wires: { [GROUP]: wire }, connections });
  const books = new Books(core);

  const bookBy = books.of(({ instrument, channel }: CoinbaseBook) => ({
    source: depthChannel(instrument, channel, core.report),
    rule: noRule,
  }));
  const bookOf = (product: string, book?: CoinbaseExchangeBookOptions): BookStreams =>
    bookBy({ ...bookOptionsOf(book), instrument: productOf(product) });

  const newsOf = (product: string): Observable<TradeNews> =>
    eachTrade(core, matchesChannel(productOf(product)), numbersOf);

  const instruments = new Instruments(base, () => instrumentsOf(base, restUrl));
  return instruments.offer<CoinbaseExchange>(
    {
      ...core.exchange,
      book: (product, book) => bookOf(product, book).state$,
      depth: (product, book) => bookOf(product, book).event$,
      trades: (product) => newsOf(product).pipe(flatten(({ isPast, trades }) => (isPast ? [] : trades))),
      recentTrades: (product) => newsOf(product).pipe(flatten(({ isPast, trades }) => (isPast ? trades : []))),
      ticker: (product) => core.current(tickerChannel(productOf(product), core.report)),
      heartbeats: (product) => core.stream(heartbeatChannel(productOf(product))),
      tally: (product) => books.tally(productOf(product)),
      resync: (product) => {
        books.resync(product === undefined ? undefined : productOf(product));
      },
    },
    ['book', 'depth', 'trades', 'recentTrades', 'ticker', 'heartbeats'],
    'BTC-USD',
  );
}
