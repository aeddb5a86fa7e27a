import { type Observable, filter, from, map, mergeMap } from 'rxjs';
import { replaceRule } from '../../../book/continuity/replace.js';
import { check, checkOneOf } from '../../../errors/checks.js';
import { aNumber, aText, checkOptions } from '../../../errors/optionRules.js';
import type { Exchange } from '../../../feed/exchange.js';
import { type BookParameters, type BookStreams, Books } from '../../../feed/books.js';
import { foldedChannel } from '../../../feed/venueCore.js';
import type { AccountSide } from '../account/account.js';
import { type MarketConfig, barsSide } from './bars.js';
import { type TradestationBookOptions, depthChannel, depthReader, depthRequest } from './depth.js';
import type { TradestationExchange } from '../exchange.js';
import { leftOutOf } from '../../../feed/leftOut.js';
import type { Unread } from '../../../codec/sparing.js';
import { byLine } from '../session/ownStreams.js';
import { type QuoteUpdate, type TradestationQuote, foldQuotes, quoteChannel } from './quotes.js';
import {
  type TradestationOptionChain,
  chainRequest,
  foldSpreads,
  optionQuotesRequest,
  spreadsChannel,
} from './spreads.js';
import { type TradestationTickBar, type TradestationTicks, tickBarsChannel, tickBarsRequest } from './tickBars.js';
import { type TradestationStreamRequest, quoteKey, symbolOf } from '../topics.js';
import { tradeOfTick, tradesIn } from './trades.js';

type MarketSide = Omit<TradestationExchange, keyof Exchange | keyof AccountSide | 'openStreams' | 'instrument'>;

/** What one book of TradeStation differs by from another. */
interface TradestationBook extends BookParameters, Required<TradestationBookOptions> {}

const bookRules = { by: aText, levels: aNumber };

/** What TradeStation tells of the market. */
export function marketSide(config: MarketConfig): MarketSide {
  const { core } = config;
  const { open } = config.streams;
  const unread = (channel: string): Unread => leftOutOf(channel, core.report);
  const quoteUpdates = (symbol: string): Observable<QuoteUpdate> => {
    const name = symbolOf(symbol);
    const source = quoteChannel(name, unread(quoteKey(name)));
    return present(foldedChannel(core, source.topic.key, source, foldQuotes));
  };
  const quote = (symbol: string): Observable<TradestationQuote> =>
    quoteUpdates(symbol).pipe(map((update) => update.quote));
  const tickBars = (symbol: string, ticks: TradestationTicks = {}): Observable<TradestationTickBar> =>
    core.stream(tickBarsChannel(open(tickBarsRequest(symbol, ticks)), symbolOf(symbol)));
  const books = new Books(core);
  // A book's time is that of the last change that still stands in it: it may fall.
  const rule = { ...replaceRule, isTimed: false };
  const bookBy = books.of(({ instrument, by, levels }: TradestationBook) => {
    const request = depthRequest(instrument, { by, levels });
    open(request, depthReader(request.key));
    return { source: depthChannel(request, instrument, by, unread(request.key)), rule };
  });
  const bookOf = (symbol: string, wanted: TradestationBookOptions = {}): BookStreams => {
    checkOptions('options', wanted, bookRules);
    const { by = 'participants', levels = 20 } = wanted;
    return bookBy({ instrument: symbolOf(symbol), by, levels });
  };
  const spreads = (request: TradestationStreamRequest, name: string): Observable<TradestationOptionChain> => {
    const source = spreadsChannel(open(request, byLine(request.key)), unread(request.key));
    return present(foldedChannel(core, source.topic.key, source, foldSpreads(name)));
  };

  return {
    quote,
    quotes: (symbols) => {
      check('symbols', Array.isArray(symbols), 'a list of symbols', symbols);
      return from(new Set(symbols.map(symbolOf))).pipe(mergeMap(quote));
    },
    trades: (symbol, by = 'quote') => {
      checkOneOf('by', ['quote', 'tickBar'], by);
      return by === 'quote' ? tradesIn(quoteUpdates(symbol)) : present(tickBars(symbol).pipe(map(tradeOfTick)));
    },
    tickBars,
    ...barsSide(config),
    book: (symbol, wanted) => bookOf(symbol, wanted).state$,
    depth: (symbol, wanted) => bookOf(symbol, wanted).event$,
    optionChain: (underlying, wanted = {}) => spreads(chainRequest(underlying, wanted), symbolOf(underlying)),
    optionQuotes: (legs, wanted = {}) =>
      spreads(optionQuotesRequest(legs, wanted), legs.map(({ symbol }) => symbolOf(symbol)).join(', ')).pipe(
        map(({ latest }) => latest),
      ),
    tally: (symbol) => books.tally(symbolOf(symbol)),
  };
}

/** A fold says `undefined` where what it told is no more. */
const present = <T>(values$: Observable<T | undefined>): Observable<T> =>
  values$.pipe(filter((value) => value !== undefined));
