/**
 * Venues that exist only in a process, for tests and trials: one function each, what it may be given, what it allows, and
 * what can go wrong there. A test reads what is true of them by {@link TrueMarket} and by the accounts of each.
 */
export { simulatedBinance } from './binance/simulatedBinance.js';
export { simulatedCoinbase } from './coinbase/simulatedCoinbase.js';
export { dxLinkInstruments, simulatedDxLink, type SimulatedDxLink } from './dxlink/simulatedDxLink.js';
export { simulatedKraken } from './kraken/simulatedKraken.js';
export {
  simulatedAccountId,
  simulatedO2,
  type SimulatedO2,
  type TrueO2Account,
  type TrueO2Market,
} from './o2/simulatedO2.js';
export { simulatedOkx } from './okx/simulatedOkx.js';
export { simulatedTastytrade, type SimulatedTastytrade, type TrueAccount } from './tastytrade/simulatedTastytrade.js';
export { simulatedTplus } from './tplus/simulatedTplus.js';
export type { SimulatedTplus, TrueTplusUser } from './tplus/trueTplus.js';
export {
  simulatedTradestation,
  tradestationInstruments,
  type SimulatedTradestation,
  type TrueTradestationAccount,
} from './tradestation/simulatedTradestation.js';
export { venueNetwork, type VenueNetworkConfig } from './venueNetwork.js';

export type { SimulatedBinanceConfig } from './binance/config.js';
export type { SimulatedCoinbaseConfig } from './coinbase/config.js';
export type { SimulatedDxLinkConfig } from './dxlink/config.js';
export type { SimulatedKrakenConfig } from './kraken/config.js';
export type { SimulatedO2Config } from './o2/config.js';
export type { SimulatedOkxConfig } from './okx/config.js';
export type { SimulatedTastytradeConfig } from './tastytrade/config.js';
export type { SimulatedTplusConfig } from './tplus/config.js';
export type { SimulatedTradestationConfig } from './tradestation/config.js';
export type { SimulatedVenueConfig } from './simulatedVenueConfig.js';

export type { BinanceLimits } from './binance/limits.js';
export type { CoinbaseLimits } from './coinbase/limits.js';
export type { DxLinkLimits } from './dxlink/limits.js';
export type { KrakenLimits } from './kraken/limits.js';
export type { O2Limits } from './o2/limits.js';
export type { OkxLimits } from './okx/limits.js';
export type { TastytradeLimits } from './tastytrade/limits.js';
export type { TplusLimits } from './tplus/limits.js';
export type { TradestationLimits } from './tradestation/limits.js';

export type { AppliedFault, FaultControl } from './faults/faultControl.js';
export { faultNames, ownFaultNames, type FaultName } from './faults/faultNames.js';
export { faultsFromSeed, type FaultsFromSeedConfig } from './faults/faultsFromSeed.js';
export { FaultSyntaxError } from './faults/faultSyntaxError.js';
export { parseFaults } from './faults/parseFaults.js';
export type { FaultPlan, PlannedFault } from './faults/plannedFault.js';
export type { FaultDetails } from './faults/faultDetails.js';

export type { AccountOrder } from './accounts/simulatedAccount.js';
export { defaultInstruments, type InstrumentSpec } from './market/instrumentSpec.js';
export type { TrueBook, TrueInstrument, TrueMarket, TrueTrade } from './market/trueMarket.js';
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
