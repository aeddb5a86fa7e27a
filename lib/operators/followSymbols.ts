import { Observable, Subscription, type ObservableInput, type OperatorFunction, type Subscriber, from } from 'rxjs';
import { aFunction, checkConfig } from '../errors/optionRules.js';
import { inTurn } from '../time/inTurn.js';
import { ownedBy } from '../time/ownedBy.js';

/** How a changing list of symbols is followed. */
export interface FollowSymbolsConfig<T> {
  /** The stream of one symbol: `(symbol) => exchange.quotes(symbol)`. */
  readonly streamOf: (symbol: string) => ObservableInput<T>;
}

/**
 * A set of symbols that changes, as one stream of what those in it tell. Only differences reach the venue: a symbol that
 * stays is not touched, one that comes is subscribed, one that goes is unsubscribed.
 *
 *     symbols          A---AB---B---|
 *     streamOf(A)      -a-a-a-a-a-a-
 *     streamOf(B)      --b-b-b-b-b-b-
 *     followSymbols    -a-aba-ab-b-b-    drawn and tested in marbles/followSymbols.txt
 *
 * @returns An operator. Completes when the set is at its end and all its streams are. Errors with the set, with one of its
 *   streams (catch in `streamOf` what must not end the others), and with what `streamOf` throws.
 * @throws InvalidArgumentError at once without a `streamOf`.
 */
export function followSymbols<T>(config: FollowSymbolsConfig<T>): OperatorFunction<Iterable<string>, T> {
  checkConfig('config', config, { streamOf: aFunction });
  const { streamOf } = config;
  // Not composed: what is kept from one set to the next is its subscriptions.
  return (source) =>
    new Observable((observer) => {
      const following = new Following(streamOf, observer);
      observer.add(() => {
        following.leave();
      });
      ownedBy(source, observer).subscribe({
        next: (symbols) => {
          following.change(symbols);
        },
        error: (error: unknown) => {
          observer.error(error);
        },
        complete: () => {
          following.end();
        },
      });
    });
}

/** A stream that is to be begun. */
interface Coming {
  readonly symbol: string;
  readonly subscription: Subscription;
}

/** The streams of one observer. */
class Following<T> {
  readonly #running = new Map<string, Subscription>();
  /** Kept while they are in the set, so that an ended stream is not begun again. */
  readonly #ended = new Set<string>();
  /**
   * A stream that is left while it is being subscribed, since what it told first led to that, is undone (its `finalize` too) before
   * the next begins: RxJS undoes it when it is subscribed whole.
   */
  readonly #inItsTurn = inTurn((coming: Coming) => {
    try {
      this.#follow(coming);
    } catch (error) {
      this.observer.error(error);
    }
  });
  #turns = 0;
  #isOver = false;

  constructor(
    private readonly streamOf: FollowSymbolsConfig<T>['streamOf'],
    private readonly observer: Subscriber<T>,
  ) {}

  /** Whoever hears of a stream, or ends one, may change the set within that step: then the newer set counts. */
  change(symbols: Iterable<string>): void {
    const turn = ++this.#turns;
    try {
      const wanted = new Set(symbols);
      for (const [symbol, subscription] of [...this.#running]) {
        if (wanted.has(symbol)) continue;
        this.#running.delete(symbol);
        this.#ended.delete(symbol);
        subscription.unsubscribe();
        if (turn !== this.#turns) return;
      }
      this.#begin([...wanted].filter((symbol) => !this.#running.has(symbol)));
    } catch (error) {
      this.observer.error(error);
    }
  }

  /** The set is at its end. */
  end(): void {
    this.#isOver = true;
    this.#finish();
  }

  leave(): void {
    for (const subscription of this.#running.values()) subscription.unsubscribe();
  }

  #begin(symbols: readonly string[]): void {
    const coming = symbols.map((symbol): Coming => ({ symbol, subscription: new Subscription() }));
    // All are known before one of them tells anything.
    for (const { symbol, subscription } of coming) this.#running.set(symbol, subscription);
    for (const one of coming) this.#inItsTurn(one);
  }

  #follow({ symbol, subscription }: Coming): void {
    if (this.observer.closed || subscription.closed) return;
    ownedBy(from(this.streamOf(symbol)), subscription).subscribe({
      next: (value) => {
        this.observer.next(value);
      },
      error: (error: unknown) => {
        this.observer.error(error);
      },
      complete: () => {
        this.#ended.add(symbol);
        this.#finish();
      },
    });
  }

  #finish(): void {
    if (this.#isOver && this.#running.size === this.#ended.size) this.observer.complete();
  }
}
