import { type Observable, endWith, ignoreElements } from 'rxjs';
import type { Exchange } from './exchange.js';

/** Emits when the caller closed the exchange: for what runs beside its channels. */
export const closedOf = ({ connection$ }: Pick<Exchange, 'connection$'>): Observable<unknown> =>
  connection$.pipe(ignoreElements(), endWith(true));
