/** An order that stands, in human units. What was filled of it is told by `userTrades`, not here. */
export interface TplusOrder {
  readonly id: string;
  /** The asset whose market it stands in. */
  readonly asset: string;
  readonly side: 'buy' | 'sell';
  /** Absent for a market order. */
  readonly price?: number | undefined;
  /** Absent for a market order that names what it may spend. */
  readonly size?: number | undefined;
  /** Decimal texts, as far as they are known: in quote and in base units. */
  readonly exact: { readonly price?: string | undefined; readonly size?: string | undefined };
  /** In ms. */
  readonly createdTime: number;
}

interface OfOrder {
  readonly orderId: string;
  /** The venue's time in ms, and its ns digit for digit, where it tells one. */
  readonly venueTime?: number | undefined;
  readonly venueTimeNs?: string | undefined;
}
interface OfMarket extends OfOrder {
  readonly asset: string;
}

/**
 * What happens to an order. Numbers that end in `Units` are whole numbers of the market's last decimal place, as text,
 * because the event does not say how many decimals there are; `openOrders` knows them.
 */
export type TplusOrderEvent =
  | (OfMarket & {
      readonly type: 'created';
      readonly order: TplusOrder;
      /** How many decimals the market's prices and quantities have. */
      readonly decimals: TplusBookDecimals;
    })
  | (OfMarket & { readonly type: 'canceled'; readonly reason?: string | undefined })
  | (OfMarket & {
      readonly type: 'removed';
      /** `Completed`, `Canceled`, `Expired`, `Rejected`, `SelfTradePrevented`, or whatever the venue adds. */
      readonly reason: string;
      /** In base units. */
      readonly filledSize: string;
      readonly confirmedSize: string;
      /** As they come: their scale is not documented. */
      readonly filledAmountUnits: string;
      readonly confirmedAmountUnits: string;
    })
  | (OfMarket & { readonly type: 'replaced'; readonly quantityUnits: string; readonly priceUnits: string })
  /** Sizes in base units. */
  | (OfMarket & { readonly type: 'amended'; readonly size: string; readonly remainingSize: string })
  | (OfMarket & { readonly type: 'triggered'; readonly quantityUnits: string })
  | (OfOrder & {
      readonly type: 'createFailed' | 'replaceFailed' | 'cancelFailed' | 'amendFailed';
      readonly reason?: string | undefined;
    })
  | (OfOrder & {
      readonly type: 'updated';
      readonly status: string;
      readonly filledUnits: string;
      readonly remainingUnits: string;
    })
  /** An event that this version does not know. */
  | { readonly type: 'unknown'; readonly name: string };

/** How many decimals the whole numbers of a market have. */
export interface TplusBookDecimals {
  /** How many decimals prices of orders are counted in. */
  readonly price: number;
  /** Likewise of sizes. */
  readonly quantity: number;
}
