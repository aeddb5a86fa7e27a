import { Injector, assertInInjectionContext, inject } from '@angular/core';
import { type OptionRule, anObject } from '../errors/optionRules.js';

/** What every `inject…` of this library takes. */
export interface InjectOptions {
  /** What to inject from, and with what to end, outside of an injection context. Default: the present one. */
  readonly injector?: Injector;
}

/** What an `injector` is. */
export const anInjector: OptionRule = [
  (value: unknown): boolean => anObject[0](value) && typeof Reflect.get(Object(value) as object, 'get') === 'function',
  'an injector: get',
];

/**
 * What a function injects from.
 *
 * @param caller Whose name the error tells where there is neither an injector nor an injection context.
 */
export function injectorOf(caller: (...args: never[]) => unknown, { injector }: InjectOptions): Injector {
  if (injector !== undefined) return injector;
  assertInInjectionContext(caller);
  return inject(Injector);
}
