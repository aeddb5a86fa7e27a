import type { SimulatedMarket } from '../market/simulatedMarket.js';
import { decimalText } from '../market/units.js';
import type { BinanceLimits } from './limits.js';
import type { BinanceMarket } from './streamName.js';

/** The body of `exchangeInfo`, as far as a market data client reads it. */
export function exchangeInfo(
  market: BinanceMarket,
  source: SimulatedMarket,
  limits: BinanceLimits,
  symbols: readonly string[],
): string {
  const padding = market === 'spot' ? 8 : 0;
  return JSON.stringify({
    timezone: 'UTC',
    serverTime: source.now(),
    rateLimits: [
      { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: limits.weightPerMinute },
    ],
    exchangeFilters: [],
    symbols: symbols.flatMap((symbol) => {
      const instrument = source.instrument(symbol);
      if (instrument === undefined) return [];
      const { spec, units } = instrument;
      const step = (decimals: number): string => decimalText(1, decimals, padding);
      const tickSize = step(units.priceDecimals);
      const stepSize = step(units.sizeDecimals);
      return [
        {
          symbol,
          status: 'TRADING',
          baseAsset: spec.base,
          quoteAsset: spec.quote,
          ...(market === 'usdm' ? { contractType: 'PERPETUAL', pair: symbol } : {}),
          pricePrecision: units.priceDecimals,
          quantityPrecision: units.sizeDecimals,
          filters: [
            { filterType: 'PRICE_FILTER', minPrice: tickSize, maxPrice: '1000000.00000000', tickSize },
            { filterType: 'LOT_SIZE', minQty: stepSize, maxQty: '9000000.00000000', stepSize },
          ],
        },
      ];
    }),
  });
}
