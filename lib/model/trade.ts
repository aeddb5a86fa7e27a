/** One trade, or several that one taker order made at one price (an aggregate trade). */
export interface Trade {
  readonly instrument: string;
  /** The venue's id, as text: ids outgrow doubles. */
  readonly id: string;
  readonly price: number;
  readonly size: number;
  readonly exact: { readonly price: string; readonly size: string };
  /** The taker's side. */
  readonly side: 'buy' | 'sell';
  /** When it happened by the venue's clock, in ms. */
  readonly venueTime: number;
  readonly receivedTime: number;
}
