import {
  simulatedBinance,
  simulatedCoinbase,
  simulatedDxLink,
  simulatedKraken,
  simulatedO2,
  simulatedOkx,
  simulatedTastytrade,
  simulatedTplus,
  simulatedTradestation,
} from '../../lib/simulation/index.js';
import type { Network } from '../../lib/network/network.js';

/** Stands in for the live network while the docs are run: every venue simulated in the same process, by its hosts. */
export function docsNetwork(): Network {
  const venues: readonly (readonly [RegExp, Network])[] = [
    [/\/\/(fstream|fapi)\b/, simulatedBinance({ market: 'usdm', seed: 1 }).network],
    [/tastyworks\.com/, simulatedTastytrade({ clientSecret: 'yours', refreshToken: 'yours' }).network],
    [/dxfeed\.com|dxlink\.invalid/, simulatedDxLink().network],
    [/\bo2\.app/, simulatedO2({ seed: 1 }).network],
    [/tplus\.cx/, simulatedTplus({ seed: 1 }).network],
    [/kraken\.com/, simulatedKraken({ seed: 1 }).network],
    [/\bokx\.com/, simulatedOkx({ seed: 1 }).network],
    [/coinbase\.com/, simulatedCoinbase({ seed: 1 }).network],
    [/tradestation\.com/, simulatedTradestation({ refreshToken: 'yours', accounts: ['123456782'] }).network],
  ];
  const spot = simulatedBinance({ market: 'spot', seed: 1 }).network;
  const networkOf = (url: string): Network => venues.find(([hosts]) => hosts.test(url))?.[1] ?? spot;
  return {
    open: (endpoint) => networkOf(endpoint.url).open(endpoint),
    request: (request) => networkOf(request.url).request(request),
  };
}
