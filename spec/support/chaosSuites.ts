import { bitfinexOfChaos } from './chaosBitfinex.js';
import { bitstampOfChaos } from './chaosBitstamp.js';
import { bybitOfChaos } from './chaosBybit.js';
import { coinbaseOfChaos } from './chaosCoinbase.js';
import { depthChaos } from './chaosDepth.js';
import { deribitOfChaos } from './chaosDeribit.js';
import { dxLinkChaos } from './chaosDxlink.js';
import { hyperliquidOfChaos } from './chaosHyperliquid.js';
import { krakenOfChaos } from './chaosKraken.js';
import { kucoinOfChaos } from './chaosKucoin.js';
import { okxOfChaos } from './chaosOkx.js';
import { chaos } from './chaosRun.js';
import { accountChaos } from './chaosTastytrade.js';
import { tradestationChaos } from './chaosTradestation.js';
import { o2AccountChaos } from './o2AccountChaos.js';
import { o2Chaos } from './o2Chaos.js';
import { relayAccountChaos } from './relayAccountChaos.js';
import { relayChaos } from './relayChaos.js';
import { tplusChaos } from './tplusChaos.js';

/** Runs one seed, and says what went wrong: nothing, when all was well. */
export type ChaosSuite = (seed: number) => { readonly problems: readonly string[] };

/** All of `spec/chaos`, by the name of the spec, or of a kind of them. */
export const chaosSuites: Readonly<Record<string, ChaosSuite>> = {
  // Spot by even seeds, USD-M by odd ones.
  binance: chaos,
  bitfinex: (seed) => depthChaos(seed, bitfinexOfChaos),
  bitstamp: (seed) => depthChaos(seed, bitstampOfChaos),
  bybit: (seed) => depthChaos(seed, bybitOfChaos),
  coinbase: (seed) => depthChaos(seed, coinbaseOfChaos),
  deribit: (seed) => depthChaos(seed, deribitOfChaos),
  dxlink: dxLinkChaos,
  hyperliquid: (seed) => depthChaos(seed, hyperliquidOfChaos),
  kraken: (seed) => depthChaos(seed, krakenOfChaos),
  kucoin: (seed) => depthChaos(seed, kucoinOfChaos),
  'o2.absolute': (seed) => o2Chaos(seed, 'absolute', seed % 6 === 0),
  'o2.accounts': o2AccountChaos,
  'o2.signed': (seed) => o2Chaos(seed, 'signed-change', seed % 6 === 0),
  okx: (seed) => depthChaos(seed, okxOfChaos),
  'relay.accounts': relayAccountChaos,
  relay: relayChaos,
  tastytrade: accountChaos,
  tplus: tplusChaos,
  tradestation: tradestationChaos,
};
