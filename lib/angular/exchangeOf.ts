import { InjectionToken, type Injector } from '@angular/core';
import type { ExchangeSource } from './exchangeToken.js';

/** The exchange itself, of a token or as it is. */
export const exchangeOf = <E>(source: ExchangeSource<E>, injector: Injector): E =>
  source instanceof InjectionToken ? injector.get<E>(source) : source;
