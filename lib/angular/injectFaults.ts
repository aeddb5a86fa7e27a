import type { Signal } from '@angular/core';
import { type Observable, scan } from 'rxjs';
import { checkWhole } from '../errors/checks.js';
import { aNumber, checkOptions } from '../errors/optionRules.js';
import type { Fault } from '../model/fault.js';
import { exchangeOf } from './exchangeOf.js';
import type { ExchangeSource } from './exchangeToken.js';
import { injectStream } from './injectStream.js';
import { type InjectOptions, anInjector, injectorOf } from './injectorOf.js';

/** What an exchange tells of what was mended or refused. */
export interface FaultsExchange {
  readonly faults$: Observable<Fault>;
}

/** How many faults are kept. */
export interface InjectFaultsOptions extends InjectOptions {
  /** Default: 20. */
  readonly last?: number;
}

/**
 * The last faults of an exchange, the newest first; only those since this call.
 *
 * @param exchange The token of an exchange, or one.
 * @throws InvalidArgumentError when `last` is not a whole number from 1 to 10,000.
 */
export function injectFaults(
  exchange: ExchangeSource<FaultsExchange>,
  options: InjectFaultsOptions = {},
): Signal<readonly Fault[]> {
  checkOptions('options', options, { injector: anInjector, last: aNumber });
  const { last = 20 } = options;
  checkWhole('last', 10_000, last);
  const injector = injectorOf(injectFaults, options);
  const { faults$ } = exchangeOf(exchange, injector);
  const faulty$ = faults$.pipe(scan<Fault, readonly Fault[]>((kept, fault) => [fault, ...kept].slice(0, last), []));
  return injectStream(() => faulty$, { injector, initial: [] }).value;
}
