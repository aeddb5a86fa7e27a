import {
  Observable,
  asyncScheduler,
  timer,
  type MonoTypeOperatorFunction,
  type SchedulerLike,
  type Subscription,
} from 'rxjs';
import { aFiniteNumber, aFunction, aScheduler, checkConfig } from '../errors/optionRules.js';
import { steady } from '../time/steadyScheduler.js';

/** How often a symbol may speak. */
export interface ThrottleBySymbolConfig<T> {
  /** How many values of one symbol are passed on in a second at most. */
  readonly perSecond: number;
  /** What a symbol is. Default: the value's `instrument`. */
  readonly symbolOf?: (value: T) => string;
  /** Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
}

/**
 * At most so many values a second of each symbol: the first at once, then the latest at each window's end. The latest is
 * never lost, and no symbol waits for another.
 *
 *     source                           -ax-b-------c-|
 *     throttleBySymbol, one in 4 ms    -ax--b------c-|    drawn and tested in marbles/throttleBySymbol.txt
 *
 * @returns An operator. A symbol that is quiet is forgotten. What is held at the source's end is emitted then;
 *   errors at once with the source, or with what `symbolOf` throws.
 * @throws InvalidArgumentError at once for a config that can't be meant: a `perSecond` that is not above 0, for instance.
 */
export function throttleBySymbol<T extends { readonly instrument: string }>(
  config: ThrottleBySymbolConfig<T>,
): MonoTypeOperatorFunction<T>;
export function throttleBySymbol<T>(
  config: ThrottleBySymbolConfig<T> & Required<Pick<ThrottleBySymbolConfig<T>, 'symbolOf'>>,
): MonoTypeOperatorFunction<T>;
export function throttleBySymbol<T>(config: ThrottleBySymbolConfig<T>): MonoTypeOperatorFunction<T> {
  checkConfig('config', config, { perSecond: aFiniteNumber }, { symbolOf: aFunction, scheduler: aScheduler });
  const { perSecond, symbolOf = instrumentOf, scheduler = asyncScheduler } = config;
  const every = 1_000 / perSecond;
  const time = steady(scheduler);
  // Not composed: groups of `groupBy` hold on to the source until they are over, whoever has left.
  return (source) =>
    new Observable((observer) => {
      const windows = new Map<string, Window<T>>();
      const open = (symbol: string, value: T): void => {
        const window: Window<T> = { held: undefined, timer: undefined };
        windows.set(symbol, window);
        window.timer = timer(every, time).subscribe(() => {
          windows.delete(symbol);
          if (window.held !== undefined) open(symbol, window.held.value);
        });
        observer.next(value);
      };
      observer.add(() => {
        for (const { timer: running } of windows.values()) running?.unsubscribe();
      });
      observer.add(
        source.subscribe({
          next: (value) => {
            let symbol: string;
            try {
              symbol = symbolOf(value);
            } catch (error) {
              observer.error(error);
              return;
            }
            const window = windows.get(symbol);
            if (window === undefined) open(symbol, value);
            else window.held = { value };
          },
          error: (error: unknown) => {
            observer.error(error);
          },
          complete: () => {
            for (const { held } of windows.values()) if (held !== undefined) observer.next(held.value);
            observer.complete();
          },
        }),
      );
    });
}

/** From one value of a symbol to the next that may pass. */
interface Window<T> {
  held: { readonly value: T } | undefined;
  timer: Subscription | undefined;
}

const instrumentOf = (value: unknown): string => (value as { readonly instrument: string }).instrument;
