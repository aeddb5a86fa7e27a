/** What is traded under one name at one venue. Decimals are exact texts without needless zeros. */
export interface Instrument {
  /** The venue's own name, as the methods of its exchange take it. */
  readonly name: string;
  /**
   * One name at every venue: `BTC/USDT`; with what it is settled in where it is a contract, `BTC/USDT:USDT`, and the day on which
   * it expires, `BTC/USDT:USDT-261225`.
   */
  readonly unified: string;
  /** `other`: of a kind that has no name here. */
  readonly kind: 'spot' | 'perpetual' | 'future' | 'option' | 'other';
  readonly base: string;
  readonly quote: string;
  /** What profit and loss of a contract are paid in. */
  readonly settle?: string | undefined;
  /** Prices are its multiples. */
  readonly tick: string;
  /** Sizes are its multiples. */
  readonly lot: string;
  /** The least size of an order, where the venue tells one. */
  readonly minSize?: string | undefined;
  /** When a contract ends, in ms. */
  readonly expiry?: number | undefined;
  /** Whether it can be traded at the moment. */
  readonly isTrading: boolean;
  /** The venue's own word for that. */
  readonly status: string;
}
