/** What a symbol stands for. */
export interface Asset {
  readonly type: 'STOCK' | 'FUTURE';
  /** Of a future: what it is on, when it ends, and what a point of its price is worth. */
  readonly root: string;
  readonly expiration: string | undefined;
  readonly pointValue: bigint;
}

const FUTURE = /^([A-Z]{1,4})([FGHJKMNQUVXZ])(\d\d)$/;
const MONTHS = 'FGHJKMNQUVXZ';

/** Futures by their names, which end in a month and a year; they end on the third Friday. All else is a stock. */
export function assetOf(symbol: string): Asset {
  const [, root, letter, year] = FUTURE.exec(symbol) ?? [];
  if (root === undefined || letter === undefined || year === undefined) {
    return { type: 'STOCK', root: symbol, expiration: undefined, pointValue: 1n };
  }
  const friday = thirdFridayOf(2_000 + Number(year), MONTHS.indexOf(letter));
  const expiration = `${new Date(friday).toISOString().slice(0, 10)}T00:00:00Z`;
  return { type: 'FUTURE', root, expiration, pointValue: 50n };
}

/** In ms. A month beyond December is one of the next year. */
export function thirdFridayOf(year: number, month: number): number {
  const first = new Date(Date.UTC(year, month, 1));
  return Date.UTC(year, month, 15 + ((5 - first.getUTCDay() + 7) % 7));
}
