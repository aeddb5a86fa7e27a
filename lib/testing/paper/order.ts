/** Which side of the market an order is on. */
export type OrderSide = 'buy' | 'sell';

/** An order that is sent. Prices and sizes are decimal texts, taken digit for digit. */
export interface PlaceOrder {
  readonly type: 'place';
  /** The sender's own, never used twice. */
  readonly id: string;
  readonly side: OrderSide;
  /** In base units, above 0. */
  readonly size: string;
  /** The worst price it may have. Left out: a market order. */
  readonly price?: string;
  /** Refused rather than filled at once. */
  readonly postOnly?: boolean;
  /**
   * What becomes of what is not filled at once: it rests (`gtc`), is cancelled (`ioc`), or the order is filled whole or not
   * at all (`fok`). Default: `gtc`, and `ioc` for market orders, which can't rest.
   */
  readonly timeInForce?: 'gtc' | 'ioc' | 'fok';
}

/** A wish to take an order back. */
export interface CancelOrder {
  readonly type: 'cancel';
  readonly id: string;
}

/** What a strategy sends. */
export type OrderCommand = PlaceOrder | CancelOrder;

/** The venue has the order. */
export interface OrderAccepted {
  readonly type: 'accepted';
  readonly id: string;
  /** When it happened at the venue, in ms. So below. */
  readonly at: number;
}

/**
 * The order was not taken, or an order can't be cancelled: its text can't be meant, its id was used before, its id is of no
 * open order, there is no book that can be trusted, or it was to be `postOnly` and would have been filled at once.
 */
export interface OrderRejected {
  readonly type: 'rejected';
  readonly id: string;
  readonly at: number;
  readonly reason: 'invalid' | 'duplicate' | 'unknown' | 'no book' | 'would take';
}

/** Some of the order was filled. */
export interface Fill {
  readonly type: 'fill';
  readonly id: string;
  /** When it happened at the venue, in ms. */
  readonly at: number;
  readonly instrument: string;
  /** Of the order. */
  readonly side: OrderSide;
  /** In quote units. */
  readonly price: number;
  /** In base units: what is filled by this one. */
  readonly size: number;
  /** `maker`: it rested in the book before. */
  readonly liquidity: 'maker' | 'taker';
  /** The venue's texts; `fee` is in quote units, negative where the venue pays; `remaining` is what is still to be filled. */
  readonly exact: { readonly price: string; readonly size: string; readonly fee: string; readonly remaining: string };
}

/** What was left of the order is gone: it was asked for, or the order's own terms say so. */
export interface OrderCancelled {
  readonly type: 'cancelled';
  readonly id: string;
  readonly at: number;
  readonly reason: 'asked' | 'ioc' | 'fok';
  /** What was not filled, as decimal text. */
  readonly remaining: string;
}

/** What a venue tells of orders, in the order in which it happened. */
export type OrderReport = OrderAccepted | OrderRejected | Fill | OrderCancelled;
