import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { decimalText } from '../market/units.js';
import { assetOf } from './asset.js';
import type { Fields } from './streamSource.js';

/** What the venue tells of a symbol by its name. Source: its OpenAPI document, "Get Symbol Details", read 2026-11-29. */
export function symbolDetails({ spec, units }: SimulatedInstrument): Fields {
  const { type, root, expiration, pointValue } = assetOf(spec.symbol);
  const future = expiration === undefined ? {} : { FutureType: 'Electronic', ExpirationDate: expiration };
  const lot = decimalText(1, units.sizeDecimals, 0);
  return {
    AssetType: type,
    Country: 'United States',
    Currency: 'USD',
    Description: `${root} that exists only here`,
    Exchange: type === 'FUTURE' ? 'CME' : 'NASDAQ',
    ...future,
    PriceFormat: {
      Format: 'Decimal',
      Decimals: String(units.priceDecimals),
      IncrementStyle: 'Simple',
      Increment: decimalText(1, units.priceDecimals, 0),
      PointValue: String(pointValue),
    },
    QuantityFormat: {
      Format: 'Decimal',
      Decimals: String(units.sizeDecimals),
      IncrementStyle: 'Simple',
      Increment: lot,
      MinimumTradeQuantity: lot,
    },
    Root: root,
    Symbol: spec.symbol,
  };
}
