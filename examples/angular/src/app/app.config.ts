import { type ApplicationConfig, inject, provideZonelessChangeDetection } from '@angular/core';
import { exchangeToken, provideMillrace, withConflation, withExchange } from 'millrace/angular';
import { type BinanceExchange, binance } from 'millrace/venues/binance';
import { type O2Exchange, o2 } from 'millrace/venues/o2';
import { SETTINGS, type Settings } from './settings';

export const BINANCE = exchangeToken<BinanceExchange>('binance');
export const O2 = exchangeToken<O2Exchange>('o2');

export const appConfig = (settings: Settings): ApplicationConfig => ({
  providers: [
    provideZonelessChangeDetection(),
    { provide: SETTINGS, useValue: settings },
    provideMillrace(
      withExchange(BINANCE, () => {
        const { binance: url } = inject(SETTINGS);
        // A venue on this machine need not be spared: one does not want to wait for it as for the real one.
        return binance(url === undefined ? {} : { url, backoff: { cap: 1_500 } });
      }),
      withExchange(O2, () => {
        const { o2: url } = inject(SETTINGS);
        return o2(url === undefined ? {} : { url });
      }),
      withConflation({ every: 100 }),
    ),
  ],
});
