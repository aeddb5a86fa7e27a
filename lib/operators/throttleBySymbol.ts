import { asyncScheduler, type MonoTypeOperatorFunction, type SchedulerLike } from 'rxjs';
import { aFiniteNumber, aFunction, aScheduler, checkConfig } from '../errors/optionRules.js';
import { windows } from './shared/windows.js';

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
  return windows({ every: 1_000 / perSecond, nameOf: symbolOf, atEnd: 'at once', scheduler });
}

const instrumentOf = (value: unknown): string => (value as { readonly instrument: string }).instrument;
