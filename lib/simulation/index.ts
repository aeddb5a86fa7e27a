export { binanceLimits, type BinanceLimits } from './binance/limits.js';
export { simulatedBinance, type SimulatedBinanceConfig } from './binance/simulatedBinance.js';
export type { BinanceMarket } from './binance/streamName.js';
export type { AppliedFault, FaultControl } from './faults/faultControl.js';
export { faultsFromSeed, type FaultsFromSeedConfig } from './faults/faultsFromSeed.js';
export { FaultSyntaxError } from './faults/faultSyntaxError.js';
export { parseFaults } from './faults/parseFaults.js';
export {
  endOfPlan,
  faultNames,
  ownFaultNames,
  type FaultDetails,
  type FaultName,
  type FaultPlan,
  type PlannedFault,
} from './faults/plannedFault.js';
export { defaultInstruments, type InstrumentSpec } from './market/instrumentSpec.js';
export type { LevelText } from './market/side.js';
export { simulatedMarket, type SimulatedMarket, type SimulatedMarketConfig } from './market/simulatedMarket.js';
export type { TrueBook } from './market/simulatedBook.js';
export { random, type Random } from './random.js';
export type {
  ConnectionStats,
  Refusal,
  ServerSide,
  SimulatedConnection,
  SimulatedVenue,
  UpgradeRequest,
  VenueStats,
  Violation,
} from './simulatedVenue.js';
export {
  simulatedTastytrade,
  type SimulatedTastytrade,
  type SimulatedTastytradeConfig,
  type TrueAccount,
} from './tastytrade/simulatedTastytrade.js';
export { tastytradeLimits, type TastytradeLimits } from './tastytrade/limits.js';
export { venueNetwork, type Latency, type VenueNetworkConfig } from './venueNetwork.js';
