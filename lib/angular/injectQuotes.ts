import { type Signal, DestroyRef, computed, effect, signal, untracked } from '@angular/core';
import { type Observable, Subject, EMPTY, catchError, defer, map } from 'rxjs';
import { checkOptions } from '../errors/optionRules.js';
import { followSymbols } from '../operators/followSymbols.js';
import { asError } from './asError.js';
import { exchangeOf } from './exchangeOf.js';
import type { ExchangeSource } from './exchangeToken.js';
import { type InjectOptions, anInjector, injectorOf } from './injectorOf.js';
import { PUBLISHER } from './publisher.js';
import { opensNothing } from './withServer.js';

/** An exchange that has quotes by single symbols. */
export interface QuotesExchange<Q> {
  /** Best bid and ask of one symbol, as they change. */
  quotes(symbol: string): Observable<Q>;
}

/** The latest quote of each symbol that has one, by the symbol as it was asked for. */
export interface QuotesSignal<Q> extends Signal<ReadonlyMap<string, Q>> {
  /** What ended the quotes of a symbol: the venue's refusal, for instance. The others go on. */
  readonly errors: Signal<ReadonlyMap<string, Error>>;
  /** What was thrown by the function that tells the symbols: while it is, no quotes are wanted. Reading never throws. */
  readonly error: Signal<Error | undefined>;
}

/**
 * The quotes of many symbols as one signal.
 *
 *     readonly quotes = injectQuotes(BINANCE, this.symbols);
 *     // in a template: quotes().get('BTCUSDT')?.bid?.exact?.price
 *
 * When the symbols change, only differences reach the venue; of a symbol that went nothing is kept, and of none with the
 * injector that asked.
 *
 * A quote says when it was received and not whether it can be trusted: `injectConnection` tells of wires that are lost.
 *
 * @param exchange The token of an exchange, or one.
 * @param symbols A signal, or a function that reads signals.
 */
export function injectQuotes<Q>(
  exchange: ExchangeSource<QuotesExchange<Q>>,
  symbols: () => Iterable<string>,
  options: InjectOptions = {},
): QuotesSignal<Q> {
  checkOptions('options', options, { injector: anInjector });
  const injector = injectorOf(injectQuotes, options);
  const publisher = injector.get(PUBLISHER);
  const source = exchangeOf(exchange, injector);
  const isLeft = signal(false);
  const requested = computed(() => requestOf(isLeft() || opensNothing(injector, 'others') ? () => [] : symbols), {
    equal: (a, b) => a.error === b.error && sameSet(a.symbols, b.symbols),
  });
  const wanted = computed(() => requested().symbols);
  const board = new QuoteBoard<Q>();
  const sets = new Subject<Iterable<string>>();

  const streamOf = (symbol: string): Observable<void> =>
    defer(() => source.quotes(symbol)).pipe(
      map((quote) => {
        board.receive(symbol, quote);
      }),
      catchError((error: unknown) => {
        board.fail(symbol, error);
        publisher.showNow(board, board.show);
        return EMPTY;
      }),
    );
  const running = publisher.outside(sets.pipe(followSymbols({ streamOf }))).subscribe(() => {
    publisher.show(board, board.show);
  });
  injector.get(DestroyRef).onDestroy(() => {
    isLeft.set(true);
    running.unsubscribe();
    publisher.discard(board);
  });
  effect(
    () => {
      const set = wanted();
      untracked(() => {
        board.keep(set);
        sets.next(set);
      });
    },
    { injector },
  );
  return Object.assign(
    computed(() => only(board.quotes(), wanted())),
    { errors: computed(() => only(board.errors(), wanted())), error: computed(() => requested().error) },
  );
}

/** The symbols that a function tells, or what it throws. */
function requestOf(symbols: () => Iterable<string>): RequestedSymbols {
  try {
    return { symbols: new Set(symbols()), error: undefined };
  } catch (error) {
    return { symbols: new Set(), error: asError(error) };
  }
}

interface RequestedSymbols {
  readonly symbols: ReadonlySet<string>;
  readonly error: Error | undefined;
}

/** What was told of each symbol, and what of it is shown. */
class QuoteBoard<Q> {
  readonly quotes = signal<ReadonlyMap<string, Q>>(new Map());
  readonly errors = signal<ReadonlyMap<string, Error>>(new Map());
  readonly #quotes = new Map<string, Q>();
  readonly #errors = new Map<string, Error>();

  receive(symbol: string, quote: Q): void {
    this.#quotes.set(symbol, quote);
  }

  fail(symbol: string, error: unknown): void {
    this.#quotes.delete(symbol);
    this.#errors.set(symbol, asError(error));
  }

  keep(symbols: ReadonlySet<string>): void {
    for (const held of [this.#quotes, this.#errors]) {
      for (const symbol of held.keys()) if (!symbols.has(symbol)) held.delete(symbol);
    }
  }

  readonly show = (): void => {
    this.quotes.set(new Map(this.#quotes));
    this.errors.set(new Map(this.#errors));
  };
}

/** What is not wanted any more is not shown either, also before anything new was told. */
const only = <T>(all: ReadonlyMap<string, T>, wanted: ReadonlySet<string>): ReadonlyMap<string, T> =>
  [...all.keys()].every((symbol) => wanted.has(symbol))
    ? all
    : new Map([...all].filter(([symbol]) => wanted.has(symbol)));

const sameSet = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((symbol) => b.has(symbol));
