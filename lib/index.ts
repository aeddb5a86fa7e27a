/**
 * What a pipeline is made of: the words, the errors, books as pure functions, operators, and what every exchange has. The
 * venues, what venues are built from, tests, simulation and Node have entry points of their own.
 */
export type { BookByOrder, LevelByOrder, OrderChange, OrdersById, RestingOrder } from './model/bookByOrder.js';
export type { BookLevels } from './model/bookLevels.js';
export type { BookState, LiveBook, StaleBook, StaleReason, SyncingBook } from './model/bookState.js';
export type { Live, Stale, Syncing, Trust } from './model/trust.js';
export type { BookTally } from './model/bookTally.js';
export type { Candle } from './model/candle.js';
export type { ConnectionState, ConnectionStatus, LossReason, WireLoad } from './model/connection.js';
export type { DepthDiff, DepthEvent, DepthReset, DepthSnapshot, ResetReason } from './model/depthEvent.js';
export type {
  CredentialsFault,
  DecodeFault,
  DriftFault,
  DroppedFault,
  Fault,
  FaultNotice,
  GapFault,
  LagFault,
  RefusedFault,
  ResnapshotFault,
  SnapshotFault,
  UnconfirmedFault,
  VenueFault,
  WaitingFault,
} from './model/fault.js';
export type { Instrument } from './model/instrument.js';
export type { BookSide, OrderBook } from './model/orderBook.js';
export type { Position } from './model/position.js';
export type { ExactLevel, PriceLevel } from './model/priceLevel.js';
export type { AccountChange, AccountEvent, AccountReset, AccountSnapshot, AccountState } from './model/accountEvent.js';
export type { Quote } from './model/quote.js';
export type { TopOfBook } from './model/topOfBook.js';
export type { Ticker } from './model/ticker.js';
export type { Trade } from './model/trade.js';

export { AuthenticationRefusedError } from './errors/authenticationRefusedError.js';
export { BufferOverflowError } from './errors/bufferOverflowError.js';
export type { FatalError } from './errors/isFatal.js';
export { InvalidArgumentError } from './errors/invalidArgumentError.js';
export { PlatformError } from './errors/platformError.js';
export { RequestFailedError } from './errors/requestFailedError.js';
export { RetriesExhaustedError } from './errors/retriesExhaustedError.js';
export { SubscriptionRefusedError } from './errors/subscriptionRefusedError.js';
export { WireLostError } from './errors/wireLostError.js';

export { type ByOrderConfig, byOrder } from './book/byOrder/byOrder.js';
export type { QueueOrder } from './book/byOrder/queue.js';
export { eventChainRule } from './book/continuity/eventChain.js';
export { increasingRule } from './book/continuity/increasing.js';
export { chainRule } from './book/continuity/chain.js';
export { linkRule } from './book/continuity/link.js';
export { noRule } from './book/continuity/none.js';
export { rangeRule } from './book/continuity/range.js';
export { replaceRule } from './book/continuity/replace.js';
export type { ContinuityRule, Following, Joining, BookPosition, NumberSteps } from './book/continuity/rule.js';
export { stepRule } from './book/continuity/step.js';
export { watermarkRule } from './book/continuity/watermark.js';
export { followOnWire, wireRule } from './book/continuity/wire.js';
export { levelOf } from './book/level.js';
export { type PriceStep, type TickRounding, formatPrice, roundToTick } from './book/ticks.js';
export type { BreakNote } from './book/broken.js';
export {
  type Begun,
  type ChecksumTest,
  type Fold,
  type Folded,
  type Folding,
  type SizeReading,
  checksummed,
  sized,
} from './book/fold.js';
export type { MutableTally } from './book/tally.js';
export { type FoldOptions, applyDiff, bookFrom, isCrossed } from './book/orderBook.js';

export type { Endpoint, HttpRequest, HttpResponse, Network, Wire } from './network/network.js';
export type { LiveLimits } from './network/live/liveLimits.js';
export { liveNetwork } from './network/live/liveNetwork.js';
export type { LiveNetworkOptions } from './network/live/ownNetwork.js';
export type { Fetch } from './network/live/fetchHere.js';
export type { FetchOptions } from './network/live/fetchRequest.js';
export type { HttpStreamsOptions } from './network/live/httpStream.js';
export type { Socket, SocketConstructor, SocketEvent, SocketEventType } from './network/live/socketWire.js';
export { withHttpStreams } from './network/live/withHttpStreams.js';

export { type BackoffPolicy, backoffDelay, defaultBackoff } from './socket/backoff.js';

export type { SocketMessage } from './socket/multiplexedSocket.js';

export type { Note as BookNote } from './book/machine/note.js';
export { type Audit, type AuditConfig, type AuditSource, audit } from './feed/audit.js';
export { type FoldBookConfig, foldBook } from './feed/foldBook.js';
export type { PausePolicy } from './feed/pause.js';
export type { Credential } from './feed/credentials.js';
export type { Exchange, ExchangeOptions } from './feed/exchange.js';
export type { Listing } from './feed/instruments.js';
export type { CandleOptions } from './feed/joinCandles.js';
export type { BookUpdate } from './model/bookUpdate.js';

export { type BoundedConfig, type BoundedProjectConfig, bounded } from './operators/bounded.js';
export { type CandlesFromTradesConfig, candlesFromTrades } from './operators/candlesFromTrades.js';
export { changes } from './operators/changes.js';
export { type ConflateConfig, conflate } from './operators/conflate.js';
export {
  type ConsolidateConfig,
  type ConsolidatedBook,
  type ConsolidatedLevel,
  type ConsolidatedStatus,
  consolidate,
} from './operators/consolidate.js';
export { type FollowSymbolsConfig, followSymbols } from './operators/followSymbols.js';
export { type GroupLevelsConfig, groupLevels } from './operators/groupLevels.js';
export { type Health, type HealthConfig, type Timed, health } from './operators/health.js';
export { imbalance } from './operators/imbalance.js';
export { latency } from './operators/latency.js';
export { live } from './operators/live.js';
export { liveOrNone } from './operators/liveOrNone.js';
export { microprice } from './operators/microprice.js';
export { mid } from './operators/mid.js';
export { type KindOf, type Kinded, type OfKind, ofType } from './operators/ofType.js';
export {
  type OptionChain,
  type OptionChainConfig,
  type OptionLeg,
  type OptionRow,
  type OptionTerms,
  type OptionValue,
  optionChain,
} from './operators/optionChain.js';
export { type PositionChange, type PositionChangesConfig, positionChanges } from './operators/positionChanges.js';
export { type ExpectedFill, type PriceImpact, priceImpact } from './operators/priceImpact.js';
export { type RetryRefusedConfig, retryRefused } from './operators/retryRefused.js';
export { type SampleFramesConfig, sampleFrames } from './operators/sampleFrames.js';
export { spread } from './operators/spread.js';
export { type StaleAfterConfig, staleAfter } from './operators/staleAfter.js';
export { statusChanged } from './operators/statusChanged.js';
export { type AsyncIterableConfig, toAsyncIterable } from './operators/toAsyncIterable.js';
export { type ThrottleBySymbolConfig, throttleBySymbol } from './operators/throttleBySymbol.js';
export { topLevels } from './operators/topLevels.js';
export { topOfBook } from './operators/topOfBook.js';
export type { Correctable } from './book/correctable.js';
export { type Traded, type Volume, type VolumeBySymbolConfig, volumeBySymbol } from './operators/volumeBySymbol.js';
export {
  type VolumeAtPrice,
  type VolumeProfile,
  type VolumeProfileConfig,
  volumeProfile,
} from './operators/volumeProfile.js';
export { type Vwap, type VwapConfig, vwap } from './operators/vwap.js';
export { whileLive } from './operators/whileLive.js';
export { type AgedBookState, type WithAgeConfig, withAge } from './operators/withAge.js';
