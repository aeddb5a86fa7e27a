import { map } from 'rxjs';
import { wireRule } from '../../../book/continuity/wire.js';
import { flatten } from '../../../feed/flatten.js';
import { type BookParameters, type BookStreams, Books } from '../../../feed/books.js';
import { candlesClosedByNext } from '../../../feed/candlesClosedByNext.js';
import { Credentials, type TokenProvider } from '../../../feed/credentials.js';
import { tokenOf } from '../../../feed/tokenOf.js';
import { Discretion } from '../../../feed/discretion.js';
import { Instruments } from '../../../feed/instruments.js';
import { candlesWith } from '../../../feed/joinCandles.js';
import { VenueBase } from '../../../feed/venueBase.js';
import { VenueCore } from '../../../feed/venueCore.js';
import type { WirePlan } from '../../../socket/plan.js';
import { candlesChannel } from './candles.js';
import { depthChannel } from './depth.js';
import { CoinbaseAdvancedDialect } from './dialect.js';
import { connections, messages, wireLimits, requestRate } from './endpoint.js';
import type { CoinbaseAdvancedBookOptions, CoinbaseAdvancedExchange } from './exchange.js';
import { heartbeatsChannel } from './heartbeats.js';
import { historyOf } from './history.js';
import { instrumentsOf } from './instruments.js';
import { bookOptionsOf, type CoinbaseAdvancedOptions, settingsOf } from './options.js';
import { deliveredAs } from './products.js';
import { tickerChannel } from './ticker.js';
import { tradesChannel } from './trades.js';

/**
 * Market data of Coinbase Advanced Trade. Cold: opens nothing until something is subscribed.
 *
 * @throws InvalidArgumentError (at the call) for options and arguments that can't be meant.
 */
export function coinbaseAdvanced(options: CoinbaseAdvancedOptions = {}): CoinbaseAdvancedExchange {
  const { socketUrl, restUrl, jwt, booksPerWire, channelsPerWire } = settingsOf(options);
  const base = new VenueBase('coinbase', options, { limits: [requestRate], discretion: new Discretion() });
  const tokens = jwt && tokensOf(jwt, base);
  const wire = (channels: number): WirePlan => ({
    endpoint: () => [{ url: socketUrl }],
    dialect: (link) => new CoinbaseAdvancedDialect(link, tokens),
    limits: wireLimits(channels),
  });
  const wires = { market: wire(channelsPerWire), books: wire(booksPerWire) };
  const core = new VenueCore(base, { wires, connections, messages });
  const books = new Books(core);

  const bookBy = books.of(({ instrument }: BookParameters) => ({
    source: depthChannel(instrument, core.report),
    rule: wireRule,
  }));
  const bookOf = (product: string, book?: CoinbaseAdvancedBookOptions): BookStreams =>
    bookBy({ ...bookOptionsOf(book), instrument: deliveredAs(product) });
  const tradesOf = (product: string) => core.stream(tradesChannel(deliveredAs(product), core.report));
  const tickersOf = (product: string) =>
    core.current(tickerChannel(deliveredAs(product), core.report)).pipe(flatten((tickers) => tickers));

  const instruments = new Instruments(base, () => instrumentsOf(base, restUrl));
  return instruments.offer<CoinbaseAdvancedExchange>(
    {
      ...core.exchange,
      book: (product, book) => bookOf(product, book).state$,
      depth: (product, book) => bookOf(product, book).event$,
      trades: (product) => tradesOf(product).pipe(flatten(({ isPast, trades }) => (isPast ? [] : trades))),
      recentTrades: (product) => tradesOf(product).pipe(flatten(({ isPast, trades }) => (isPast ? trades : []))),
      quotes: (product) => tickersOf(product).pipe(map(({ quote }) => quote)),
      ticker: (product) => tickersOf(product).pipe(flatten(({ ticker }) => (ticker === undefined ? [] : [ticker]))),
      candles: (product, past) => {
        const source = candlesChannel(deliveredAs(product), core.report);
        const live = () => candlesClosedByNext(core, source);
        return candlesWith(
          { base, core, options: past },
          source,
          () => historyOf(base, restUrl, deliveredAs(product)),
          live,
        );
      },
      heartbeats: () => core.stream(heartbeatsChannel(core.report)),
      tally: (product) => books.tally(deliveredAs(product)),
      resync: (product) => {
        books.resync(product === undefined ? undefined : deliveredAs(product));
      },
    },
    ['book', 'depth', 'trades', 'recentTrades', 'quotes', 'ticker', 'candles'],
    'BTC-USD',
  );
}

/** A token is good for 120 s; it is renewed when half of that is over. */
const tokensOf = (obtain: TokenProvider, { scheduler, random, report }: VenueBase): Credentials<string> =>
  new Credentials({ name: 'jwt', obtain: () => tokenOf(obtain), scheduler, random, report });
