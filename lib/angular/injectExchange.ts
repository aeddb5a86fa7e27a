import { checkOptions } from '../errors/optionRules.js';
import type { ExchangeToken } from './exchangeToken.js';
import { type InjectOptions, anInjector, injectorOf } from './injectorOf.js';

/**
 * The exchange of a token, as `provideMillrace` provides it.
 *
 * What its streams emit arrives outside of Angular's zone: have it shown by `injectStream`.
 *
 * @throws InvalidArgumentError for options that can't be meant.
 */
export function injectExchange<E>(token: ExchangeToken<E>, options: InjectOptions = {}): E {
  checkOptions('options', options, { injector: anInjector });
  return injectorOf(injectExchange, options).get(token);
}
