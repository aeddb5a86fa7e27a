/** One trade, or several that one taker order made at one price (an aggregate trade). */
export interface Trade {
  /** What it is of, as the venue spells it. */
  readonly instrument: string;
  /** The venue's id, as text: ids outgrow doubles. */
  readonly id: string;
  /** In quote units: the double nearest to `exact.price`. */
  readonly price: number;
  /** In the venue's own unit (base units, contracts). */
  readonly size: number;
  /** The venue's decimal texts, digit for digit. */
  readonly exact: { readonly price: string; readonly size: string };
  /** The taker's side. */
  readonly side: 'buy' | 'sell';
  /** When it happened by the venue's clock, in ms. */
  readonly venueTime: number;
  /** When we had it, in ms. */
  readonly receivedTime: number;
}
