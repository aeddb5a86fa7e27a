import { InjectionToken } from '@angular/core';
import { type Observable, defer, map } from 'rxjs';
import { aDuration, anything, checkOptions } from '../errors/optionRules.js';
import type { BookState } from '../model/bookState.js';
import { statusChanged } from '../operators/statusChanged.js';
import type { SteadyScheduler } from '../time/steadyScheduler.js';
import { type ArrivedBook, type BookRef, BookSignals } from './bookRef.js';
import { BookTransfer } from './bookTransfer.js';
import { CLOCK } from './clock.js';
import { exchangeOf } from './exchangeOf.js';
import type { ExchangeSource } from './exchangeToken.js';
import { Following } from './following.js';
import { type InjectOptions, anInjector, injectorOf } from './injectorOf.js';
import { opensNothing } from './withServer.js';
import { serverBook } from './serverBook.js';

/** An exchange that has books. `O` are the options of one: `BinanceBookOptions`. */
export interface BookExchange<O> {
  /** By which server and page know that they mean the same book. */
  readonly venue: string;
  /** The live book of a symbol; late observers get the present state at once. */
  book(symbol: string, options?: O): Observable<BookState>;
  /** Has the book of a symbol mended by hand. */
  resync(symbol?: string): void;
}

/** How a book is injected. */
export interface InjectBookOptions<O> extends InjectOptions {
  /** The venue's own options of the book, as they are or read from signals. */
  readonly book?: O | (() => O | undefined);
  /** How often `age()` is told again, in ms. Default: 1,000. */
  readonly ageEvery?: number;
}

/** What is asked of the exchange. */
interface BookRequest<O> {
  readonly symbol: string;
  readonly options: O | undefined;
}

const rules = { injector: anInjector, book: anything, ageEvery: aDuration };

/**
 * The live book of a symbol as signals.
 *
 *     readonly symbol = input.required<string>();
 *     readonly book = injectBook(BINANCE, this.symbol);
 *
 * A new symbol clears the book at once, and what was wrong with the one before; `undefined` or an empty text is `idle`. The
 * book is left with the component, directive or service that asked for it.
 *
 * @param exchange The token of an exchange, or one.
 * @param symbol A signal, or a function that reads signals.
 * @throws InvalidArgumentError for options that can't be meant. What is wrong with a symbol is told by `error()`.
 */
export function injectBook<O>(
  exchange: ExchangeSource<BookExchange<O>>,
  symbol: () => string | undefined,
  options: InjectBookOptions<O> = {},
): BookRef {
  checkOptions('options', options, rules);
  const injector = injectorOf(injectBook, options);
  const { book, ageEvery = 1_000 } = options;
  const { time } = injector.get(CLOCK);
  const source = exchangeOf(exchange, injector);
  const transfer = new BookTransfer(injector, exchange instanceof InjectionToken ? String(exchange) : source.venue);
  const isIdle = opensNothing(injector, 'books');

  const following = new Following<BookRequest<O>, ArrivedBook>({
    injector,
    request: () => (isIdle ? undefined : requestOf(symbol(), isFunction(book) ? book() : book)),
    same: (a, b) => a.symbol === b.symbol && sameFields(a.options, b.options),
    open: (request) => {
      const state$ = defer(() => source.book(request.symbol, request.options));
      return serverBook(state$, transfer, request, injector).pipe(map((state) => arrivedAt(state, time)));
    },
    before: (request) => {
      const handed = transfer.find(request);
      return handed && arrivedAt(handed, time);
    },
    // The book that a server handed over stays until there is a newer one.
    next: (arrived, known) => (arrived.state.status === 'syncing' && known !== undefined ? known : arrived),
    urgent: (known, { state }) => statusChanged(known.state, state),
    after: (known) => ({ ...known, state: afterTheEnd(known.state, time) }),
  });
  return new BookSignals(following, {
    injector,
    ageEvery,
    resync: (request) => {
      source.resync(request.symbol);
    },
  });
}

const isFunction = <T>(value: T | (() => T | undefined) | undefined): value is () => T | undefined =>
  typeof value === 'function';

const requestOf = <O>(symbol: string | undefined, options: O | undefined): BookRequest<O> | undefined =>
  symbol === undefined || symbol === '' ? undefined : { symbol, options };

/** Options are written anew each time they are read. */
function sameFields(a: unknown, b: unknown): boolean {
  const [left, right] = [Object.entries(Object(a) as object), new Map(Object.entries(Object(b) as object))];
  return (
    left.length === right.size && left.every(([name, value]) => right.has(name) && Object.is(right.get(name), value))
  );
}

const arrivedAt = (state: BookState, time: SteadyScheduler): ArrivedBook => ({
  state,
  at: time.elapsed(),
  age: state.status === 'syncing' ? 0 : Math.max(0, time.now() - state.book.receivedTime),
});

/** What was live is followed by nobody any more. */
const afterTheEnd = (state: BookState, time: SteadyScheduler): BookState =>
  state.status === 'live' ? { status: 'stale', book: state.book, reason: 'disconnected', since: time.now() } : state;
