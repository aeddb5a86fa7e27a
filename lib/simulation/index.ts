export type { SimulatedBinanceConfig } from './binance/config.js';
export { binanceLimits, type BinanceLimits } from './binance/limits.js';
export { simulatedBinance } from './binance/simulatedBinance.js';
export type { BinanceMarket } from './binance/streamName.js';
export type { SimulatedCoinbaseConfig } from './coinbase/config.js';
export { coinbaseLimits, type CoinbaseLimits } from './coinbase/limits.js';
export { simulatedCoinbase } from './coinbase/simulatedCoinbase.js';
export type { SimulatedDxLinkConfig } from './dxlink/config.js';
export { dxLinkLimits, type DxLinkLimits } from './dxlink/limits.js';
export { dxLinkInstruments, simulatedDxLink, type SimulatedDxLink } from './dxlink/simulatedDxLink.js';
export type { AppliedFault, FaultControl } from './faults/faultControl.js';
export { faultsFromSeed, type FaultsFromSeedConfig } from './faults/faultsFromSeed.js';
export { FaultSyntaxError } from './faults/faultSyntaxError.js';
export { parseFaults } from './faults/parseFaults.js';
export { faultNames, ownFaultNames, type FaultName } from './faults/faultNames.js';
export { endOfPlan, type FaultDetails, type FaultPlan, type PlannedFault } from './faults/plannedFault.js';
export type { SimulatedKrakenConfig } from './kraken/config.js';
export { krakenLimits, type KrakenLimits } from './kraken/limits.js';
export { simulatedKraken } from './kraken/simulatedKraken.js';
export type { SimulatedO2Config } from './o2/config.js';
export { o2Limits, type O2Limits } from './o2/limits.js';
export type { SizeMeaning } from './o2/depth.js';
export type { O2Forms } from './o2/frames.js';
export { simulatedAccountId, simulatedO2, type SimulatedO2 } from './o2/simulatedO2.js';
export type { VenueAsset, VenueMarket } from './o2/venueMarket.js';
export {
  SimulatedAccount,
  type AccountBalance,
  type AccountChanges,
  type AccountInstrument,
  type AccountOrder,
  type SimulatedAccountConfig,
} from './accounts/simulatedAccount.js';
export { defaultInstruments, type InstrumentSpec } from './market/instrumentSpec.js';
export type { LevelText, Side as SimulatedSide } from './market/side.js';
export type { TapeCandle } from './market/candleSeries.js';
export type { DayStatistics } from './market/dayStatistics.js';
export type { SimulatedInstrument } from './market/simulatedInstrument.js';
export { simulatedMarket, type SimulatedMarket, type SimulatedMarketConfig } from './market/simulatedMarket.js';
export type { BookChange, SimulatedBook, TrueBook } from './market/simulatedBook.js';
export type { AggregateTrade, Tape, TapeTrade } from './market/tape.js';
export type { Units } from './market/units.js';
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
export type { SimulatedVenueConfig } from './simulatedVenueConfig.js';
export { simulatedTastytrade, type SimulatedTastytrade, type TrueAccount } from './tastytrade/simulatedTastytrade.js';
export type { Words as TastytradeWords } from './tastytrade/words.js';
export type { SimulatedOkxConfig } from './okx/config.js';
export { okxLimits, type OkxLimits } from './okx/limits.js';
export { simulatedOkx } from './okx/simulatedOkx.js';
export type { SimulatedTastytradeConfig } from './tastytrade/config.js';
export { tastytradeLimits, type TastytradeLimits } from './tastytrade/limits.js';
export type { Asset as TplusAsset } from './tplus/assets.js';
export type { VerifySignature } from './tplus/auth.js';
export type { SimulatedTplusConfig } from './tplus/config.js';
export { tplusLimits, type TplusLimits } from './tplus/limits.js';
export { simulatedTplus, type SimulatedTplus, type TrueTplusUser } from './tplus/simulatedTplus.js';
export type { Outcome as TplusOutcome } from './tplus/tradeBroadcasts.js';
export type { UserTrade } from './tplus/userDesk.js';
export { venueNetwork, type Latency, type VenueNetworkConfig } from './venueNetwork.js';
export type { SimulatedTradestationConfig } from './tradestation/config.js';
export { tradestationLimits, type TradestationLimits } from './tradestation/limits.js';
export {
  simulatedTradestation,
  tradestationInstruments,
  type SimulatedTradestation,
  type TrueTradestationAccount,
} from './tradestation/simulatedTradestation.js';
