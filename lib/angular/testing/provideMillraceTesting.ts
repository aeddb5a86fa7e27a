import { type EnvironmentProviders, makeEnvironmentProviders } from '@angular/core';
import type { ExchangeToken } from '../exchangeToken.js';
import type { MillraceFeature } from '../feature.js';
import { provideMillrace } from '../provideMillrace.js';
import { withConflation } from '../withConflation.js';
import type { TestExchange } from './testExchange.js';

/** An exchange of a test in the place of a venue's. What of the venue the test does not use, it need not have. */
export function withTestExchange<E>(token: ExchangeToken<E>, exchange: TestExchange): MillraceFeature {
  return { providers: [{ provide: token, useValue: exchange }] };
}

/**
 * Like `provideMillrace`, with exchanges that the test drives, and without windows: what is shown is read at once.
 *
 *     const exchange = new TestExchange();
 *     TestBed.configureTestingModule({ providers: [provideMillraceTesting(withTestExchange(BINANCE, exchange))] });
 *
 * @param features What `withTestExchange` makes, and whatever else of an application is to be tested: `withServer`, or
 *   `withConflation({ every, scheduler })` in virtual time.
 */
export function provideMillraceTesting(...features: readonly MillraceFeature[]): EnvironmentProviders {
  return makeEnvironmentProviders([provideMillrace(withConflation({ every: 0 }), ...features)]);
}
