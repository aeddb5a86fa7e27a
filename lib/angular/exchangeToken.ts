import { InjectionToken } from '@angular/core';

/** By what an exchange is provided and injected. `E` is what it is: `BinanceExchange`. */
export type ExchangeToken<E> = InjectionToken<E>;

/** An exchange, or the token it is provided by. */
export type ExchangeSource<E> = ExchangeToken<E> | E;

/**
 * The token of an exchange: one for each that an application has.
 *
 *     export const BINANCE = exchangeToken<BinanceExchange>('binance');
 *
 * @param name What errors call it, and by what a server hands its books to the page: no two of an application share one.
 */
export const exchangeToken = <E>(name: string): ExchangeToken<E> => new InjectionToken<E>(`exchange ${name}`);
