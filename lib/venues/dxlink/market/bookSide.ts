import { noRule } from '../../../book/continuity/none.js';
import { type OptionRule, aDuration, checkOptions } from '../../../errors/optionRules.js';
import { type BookParameters, type BookStreams, Books } from '../../../feed/books.js';
import type { VenueCore } from '../../../feed/venueCore.js';
import { SNAPSHOT_WITHIN } from '../endpoint.js';
import type { DxLinkBookOptions, DxLinkExchange } from '../exchange.js';
import { aPeriod } from '../period.js';
import { type DomDetail, checkSymbol } from '../topics.js';
import { domChannel } from './dom.js';
import { checkedBook, orderChannel } from './eventChannel.js';
import { indexedList } from './indexedList.js';
import { orderBook } from './orderBook.js';
import { foldOrders } from './orders.js';

type BookSide = Pick<DxLinkExchange, 'book' | 'depth' | 'orders' | 'dom' | 'tally' | 'resync'>;

const names: OptionRule = [
  (value) => Array.isArray(value) && value.every((name) => typeof name === 'string'),
  "a list of sources such as ['ntv']",
];
/** What one book of the DOM service differs by from another. */
interface DomBook extends BookParameters, Omit<DomDetail, 'service' | 'symbol'> {}

const levels: OptionRule = [(value) => Number.isInteger(value) && Number(value) >= 0, 'a whole number from 0 on'];
const domRules = { sources: names, depthLimit: levels, aggregationPeriod: aPeriod, refreshEvery: aDuration };

/** What there is of books: out of orders, and by the DOM service. */
export function bookSide(core: VenueCore): BookSide {
  const books = new Books(core);
  const bookBy = books.of(orderBook(core));
  const bookOf = (symbol: string, options: DxLinkBookOptions = {}): BookStreams => {
    const { source, type, refreshEvery } = checkedBook(options);
    return bookBy({ instrument: symbol, source, type, refreshEvery });
  };
  const domBy = books.of(({ instrument, sources, depthLimit, aggregationPeriod }: DomBook) => ({
    source: domChannel({ symbol: instrument, sources, depthLimit, aggregationPeriod }, core.report),
    rule: noRule,
    answerWithin: SNAPSHOT_WITHIN,
  }));

  return {
    book: (symbol, options) => bookOf(symbol, options).state$,
    depth: (symbol, options) => bookOf(symbol, options).event$,
    orders: (symbol, options = {}) =>
      indexedList(core, orderChannel(symbol, checkedBook(options), core.report), foldOrders, options.refreshEvery),
    dom: (symbol, wanted = {}) => {
      checkOptions('options', wanted, domRules);
      const { sources = ['ntv'], depthLimit, aggregationPeriod, refreshEvery } = wanted;
      return domBy({ instrument: symbol, sources, depthLimit, aggregationPeriod, refreshEvery }).state$;
    },
    tally: (symbol) => {
      checkSymbol(symbol);
      return books.tally(symbol);
    },
    resync: (symbol) => {
      if (symbol !== undefined) checkSymbol(symbol);
      books.resync(symbol);
    },
  };
}
