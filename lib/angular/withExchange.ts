import { DestroyRef, NgZone, inject } from '@angular/core';
import type { ExchangeToken } from './exchangeToken.js';
import type { MillraceFeature } from './feature.js';
import { outsideZone } from './outsideZone.js';

/** What is closed with its injector. */
interface Closable {
  close(): void;
}

/**
 * Provides an exchange. It is made when it is first injected, and closed with the injector that provides it.
 *
 * Whatever is asked of it is asked outside of Angular's zone, whoever asks first: its sockets, requests and timers cause no
 * change detection. Values arrive outside of it, too: `injectBook` and its kin bring them in.
 *
 * @param token From `exchangeToken`.
 * @param make Makes it, in an injection context: `() => binance({ url: inject(VENUE_URL) })`.
 */
export function withExchange<E extends Closable>(token: ExchangeToken<E>, make: () => E): MillraceFeature {
  const useFactory = (): E => {
    const exchange = outsideZone(make(), inject(NgZone));
    inject(DestroyRef).onDestroy(() => {
      exchange.close();
    });
    return exchange;
  };
  return { providers: [{ provide: token, useFactory }] };
}
