import { type EnvironmentProviders, makeEnvironmentProviders } from '@angular/core';
import { clockProvider } from './clock.js';
import type { MillraceFeature } from './feature.js';
import { publisherProvider } from './publisher.js';

/**
 * Exchanges for an application, or for a route of it.
 *
 *     provideMillrace(withExchange(BINANCE, () => binance()), withConflation({ every: 50 }))
 *
 * Nothing is opened until something is shown. With the injector it was given to, every exchange is closed.
 *
 * @param features What `withExchange`, `withConflation` and `withServer` make. Of the last two the later counts.
 */
export function provideMillrace(...features: readonly MillraceFeature[]): EnvironmentProviders {
  return makeEnvironmentProviders([publisherProvider, clockProvider, features.flatMap(({ providers }) => providers)]);
}
