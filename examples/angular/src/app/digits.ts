import { Injectable } from '@angular/core';

/** How many decimals a number really has: venues pad theirs with zeros. */
const decimalsOf = (text: string): number => /\.(\d*[1-9])/.exec(text)?.[1]?.length ?? 0;

/** A decimal text with so many decimals. Only zeros are added or taken away. */
export function withDecimals(text: string, decimals: number): string {
  const [whole = '0', fraction = ''] = text.split('.');
  const wanted = Math.max(decimals, decimalsOf(text));
  return wanted === 0 ? whole : `${whole}.${fraction.slice(0, wanted).padEnd(wanted, '0')}`;
}

/** How many decimals the prices and the sizes of each instrument have, as far as they were seen: more are never forgotten. */
@Injectable({ providedIn: 'root' })
export class Digits {
  readonly #seen = new Map<string, number>();

  /** The decimals of one kind of number of a symbol, after some more of them were seen. */
  of(kind: 'price' | 'size', symbol: string, texts: Iterable<string>): number {
    const key = `${kind} ${symbol}`;
    let most = this.#seen.get(key) ?? 0;
    for (const text of texts) most = Math.max(most, decimalsOf(text));
    this.#seen.set(key, most);
    return most;
  }
}
