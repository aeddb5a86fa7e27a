import type { AccountOrder } from '../accounts/simulatedAccount.js';
import type { TrueBook, TrueInstrument } from '../market/trueMarket.js';
import type { SimulatedVenue } from '../simulatedVenue.js';

/** An asset of a simulated T+. */
interface TrueAsset {
  readonly id: string;
  readonly instrument: TrueInstrument;
  /** Decimals of the whole numbers that its orders are told in. */
  readonly priceDecimals: number;
  readonly quantityDecimals: number;
}

/** A trade of a user, as it stands. */
interface TrueUserTrade {
  readonly id: number;
  readonly order: AccountOrder;
  readonly asset: TrueAsset;
  readonly lots: number;
  readonly at: number;
  readonly status: 'Pending' | 'Confirmed' | 'Rollbacked';
}

/** What is true of one user of a simulated T+. */
export interface TrueTplusUser {
  readonly openOrders: readonly AccountOrder[];
  /** Oldest first, each as it stands. */
  readonly userTrades: readonly TrueUserTrade[];
  /** The asset that an order is of. */
  assetOf(order: AccountOrder): TrueAsset | undefined;
  /** As the venue names an order. */
  orderId(order: AccountOrder): string;
  /** Told each event of orders in the venue's words. Returns what ends it. */
  hearOrders(listener: (text: string) => void): () => void;
  /** The same of trades. */
  hearTrades(listener: (text: string) => void): () => void;
}

/** A T+ that exists only here. */
export interface SimulatedTplus extends SimulatedVenue {
  /** Its assets, by id. */
  readonly assets: ReadonlyMap<string, TrueAsset>;
  /** The true books that were told under a number: more than one only after a restart. */
  trueBooks(asset: string, sequence: number): readonly TrueBook[];
  /** The number of an asset's book as it stands. */
  sequenceOf(asset: string): number | undefined;
  /** The desk of a user who has signed in: the truth about orders and trades. */
  desk(user: string): TrueTplusUser | undefined;
  /** Every nonce, signature and token that was told so far. */
  secrets(): readonly string[];
}
