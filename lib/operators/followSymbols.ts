import { Observable, Subscription, type ObservableInput, type OperatorFunction, from } from 'rxjs';
import { aFunction, checkConfig } from '../errors/optionRules.js';

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
      const running = new Map<string, Subscription>();
      const ended = new Set<string>();
      let isOver = false;
      const finish = (): void => {
        if (isOver && running.size === ended.size) observer.complete();
      };
      const follow = (symbol: string): void => {
        // Known before anything is told: whoever hears of it may change the set.
        const subscription = new Subscription();
        running.set(symbol, subscription);
        // Kept while it is in the set, so that an ended stream is not begun again.
        const over = (): void => {
          ended.add(symbol);
          finish();
        };
        subscription.add(
          from(streamOf(symbol)).subscribe({
            next: (value) => {
              observer.next(value);
            },
            error: (error: unknown) => {
              observer.error(error);
            },
            complete: over,
          }),
        );
      };
      observer.add(() => {
        for (const subscription of running.values()) subscription.unsubscribe();
      });
      observer.add(
        source.subscribe({
          next: (symbols) => {
            const wanted = new Set(symbols);
            for (const [symbol, subscription] of [...running]) {
              if (wanted.has(symbol)) continue;
              running.delete(symbol);
              ended.delete(symbol);
              subscription.unsubscribe();
            }
            try {
              for (const symbol of wanted) if (!running.has(symbol) && !observer.closed) follow(symbol);
            } catch (error) {
              observer.error(error);
            }
          },
          error: (error: unknown) => {
            observer.error(error);
          },
          complete: () => {
            isOver = true;
            finish();
          },
        }),
      );
    });
}
