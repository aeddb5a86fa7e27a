import type { ExchangeToken } from './exchangeToken.js';
import { type InjectOptions, injectorOf } from './injectorOf.js';

/**
 * The exchange of a token, as `provideMillrace` provides it.
 *
 * What its streams emit arrives outside of Angular's zone: have it shown by `injectStream`.
 */
export function injectExchange<E>(token: ExchangeToken<E>, options: InjectOptions = {}): E {
  return injectorOf(injectExchange, options).get(token);
}
