import { simulatedBinance } from '../../lib/simulation/index.js';
import type { Network } from '../../lib/network/network.js';

/** Stands in for the live network while the docs are run: Binance simulated in the same process, both markets. */
export function docsNetwork(): Network {
  const spot = simulatedBinance({ market: 'spot', seed: 1 }).network;
  const usdm = simulatedBinance({ market: 'usdm', seed: 1 }).network;
  const networkOf = (url: string): Network => (/\/\/(fstream|fapi)\b/.test(url) ? usdm : spot);
  return {
    open: (endpoint) => networkOf(endpoint.url).open(endpoint),
    request: (request) => networkOf(request.url).request(request),
  };
}
