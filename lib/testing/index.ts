export { assertEqual, type AssertEqual } from './assertEqual.js';
export { bookStates, type BookStep } from './bookStates.js';
export {
  book,
  candle,
  diff,
  level,
  liveState,
  quote,
  reset,
  snapshot,
  staleState,
  syncingState,
  trade,
  type CandleFields,
  type DiffFields,
  type LevelLike,
  type QuoteFields,
  type SnapshotFields,
  type TradeFields,
} from './builders.js';
export { fakeNetwork, type FakeNetwork, type FakeNetworkConfig, type NetworkEvent } from './fakeNetwork.js';
export { response, type FakeRequest } from './fakeRequest.js';
export type { FakeWire } from './fakeWire.js';
export { marbleNetwork, type MarbleNetwork, type MarbleNetworkConfig, type WireScript } from './marbleNetwork.js';
export { marbles, type MarbleHelpers, type MarblesConfig } from './marbles.js';
export { closeLoop } from './paper/closeLoop.js';
export {
  applyFill,
  ledger,
  markToMarket,
  type Ledger,
  type LedgerPosition,
  type Lot,
  type Marked,
} from './paper/ledger.js';
export type {
  CancelOrder,
  Fill,
  OrderAccepted,
  OrderCancelled,
  OrderCommand,
  OrderRejected,
  OrderReport,
  OrderSide,
  PlaceOrder,
} from './paper/order.js';
export type { PaperVenueConfig } from './paper/paperBook.js';
export { paperTrading, type PaperTradingConfig } from './paper/paperTrading.js';
export { venueInMarbles, type MarbleVenueOptions } from './venueInMarbles.js';
