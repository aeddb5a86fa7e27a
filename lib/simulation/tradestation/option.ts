/** One option of a spread, by its symbol: `MSFT 261218C305`. A ratio below 0 is sold. */
export interface Leg {
  readonly symbol: string;
  readonly ratio: number;
}

/** What an option is. */
export interface Option extends Leg {
  readonly underlying: string;
  readonly type: 'Call' | 'Put';
  readonly strike: number;
  readonly expiration: string;
}

const OPTION = /^(\S+) (\d\d)(\d\d)(\d\d)([CP])(\d+(?:\.\d+)?)$/;

export function optionOf({ symbol, ratio }: Leg): Option | undefined {
  const [, underlying, year = '', month = '', day = '', letter, strike] = OPTION.exec(symbol) ?? [];
  if (underlying === undefined) return undefined;
  const type = letter === 'C' ? 'Call' : 'Put';
  const expiration = `20${year}-${month}-${day}T00:00:00Z`;
  return { symbol, ratio, underlying, type, strike: Number(strike), expiration };
}

/** What is left of a spread if it ended with its underlying at this price. */
export const worthOf = (legs: readonly Leg[], spot: number): number =>
  legs.reduce((sum, leg) => sum + leg.ratio * intrinsic(optionOf(leg), spot), 0);

const intrinsic = (option: Option | undefined, spot: number): number => {
  const { type = 'Call', strike = Infinity } = option ?? {};
  return Math.max(0, type === 'Call' ? spot - strike : strike - spot);
};
