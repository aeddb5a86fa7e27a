import { Injectable } from '@angular/core';
import type { Instrument } from 'millrace';
import { injectExchange, injectStream } from 'millrace/angular';
import { map } from 'rxjs';
import { BINANCE } from './app.config';

/** How many decimals a number really has: venues pad theirs with zeros. */
const decimalsOf = (text: string): number => /\.(\d*[1-9])/.exec(text)?.[1]?.length ?? 0;

/** A decimal text with so many decimals. Only zeros are added or taken away. */
export function withDecimals(text: string, decimals: number): string {
  const [whole = '0', fraction = ''] = text.split('.');
  const wanted = Math.max(decimals, decimalsOf(text));
  return wanted === 0 ? whole : `${whole}.${fraction.slice(0, wanted).padEnd(wanted, '0')}`;
}

/**
 * How many decimals the prices and the sizes of each instrument have: as many as its tick and its lot, by the venue's own list; and as
 * far as they were seen, while that is not there yet. More are never forgotten.
 */
@Injectable({ providedIn: 'root' })
export class Digits {
  readonly #seen = new Map<string, number>();
  readonly #exchange = injectExchange(BINANCE);
  readonly #instruments = injectStream(
    () => this.#exchange.instruments().pipe(map((list) => new Map(list.map((one) => [one.name, one])))),
    { initial: new Map<string, Instrument>() },
  );

  /** The decimals of one kind of number of a symbol, after some more of them were seen. Reads signals. */
  of(kind: 'price' | 'size', symbol: string, texts: Iterable<string>): number {
    const key = `${kind} ${symbol}`;
    const instrument = this.#instruments.value().get(symbol);
    const step = instrument === undefined ? '1' : kind === 'price' ? instrument.tick : instrument.lot;
    let most = Math.max(this.#seen.get(key) ?? 0, decimalsOf(step));
    for (const text of texts) most = Math.max(most, decimalsOf(text));
    this.#seen.set(key, most);
    return most;
  }
}
