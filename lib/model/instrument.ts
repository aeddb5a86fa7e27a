/** What is traded under one name at one venue. Decimals are exact texts without needless zeros. */
export interface Instrument {
  /** The venue's own name, as the methods of its exchange take it. */
  readonly name: string;
  /**
   * One name at every venue: `BTC/USDT`; with what it is settled in where it is a contract, `BTC/USDT:USDT`, the day on which
   * it expires, `BTC/USDT:USDT-261225`, and of an option its strike and kind, `BTC/USD:BTC-261225-60000-C`. Taken by the methods
   * of the exchange beside its own names. Several instruments may have one; no method takes it
   * for them, then, nor for what is of kind `other`.
   */
  readonly unified: string;
  /** `other`: of a kind that has no name here. */
  readonly kind: 'spot' | 'perpetual' | 'future' | 'option' | 'equity' | 'other';
  /** What is traded, in the letters of the venue: of a derivative what its price is of. */
  readonly base: string;
  /** What it is priced in. */
  readonly quote: string;
  /** What profit and loss of a contract are paid in. */
  readonly settle?: string | undefined;
  /** Prices are its multiples. Where the step grows with the price, the least one. */
  readonly tick: string;
  /** Prices have at most so many digits that count, where a venue bounds them so. Whole numbers are exempt. */
  readonly priceDigits?: number | undefined;
  /** Sizes are its multiples. */
  readonly lot: string;
  /** The least size of an order, where the venue tells one. */
  readonly minSize?: string | undefined;
  /** What one contract is of, where sizes count contracts: so much of the base, of one that is paid in its base of the quote. */
  readonly contractSize?: string | undefined;
  /** When a contract ends, in ms. */
  readonly expiry?: number | undefined;
  /** Of an option, exact. */
  readonly strike?: string | undefined;
  /** Which kind of option it is. */
  readonly optionType?: 'call' | 'put' | undefined;
  /** Whether it can be traded at the moment. */
  readonly isTrading: boolean;
  /** The venue's own word for that. */
  readonly status: string;
}
