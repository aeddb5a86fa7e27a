import { Injector, assertInInjectionContext, inject } from '@angular/core';

/** What every `inject…` of this library takes. */
export interface InjectOptions {
  /** What to inject from, and with what to end, outside of an injection context. Default: the present one. */
  readonly injector?: Injector;
}

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
