import type { InstrumentSpec } from '../market/instrumentSpec.js';

/** What v2 of the API knows as money of states. */
const FIAT = ['USD', 'EUR', 'GBP'];

/**
 * What v2 of the API says of currencies, by the path: clients ask for them before the products of Advanced Trade. Prices of one
 * in another are not simulated: there are no rates.
 */
export function currencies(path: string, specs: readonly InstrumentSpec[], of: string): object | undefined {
  const names = [...new Set(specs.flatMap(({ base, quote }) => [base, quote]))];
  switch (path) {
    case 'currencies':
      return names.filter((id) => FIAT.includes(id)).map((id) => ({ id, name: id, min_size: '0.01' }));
    case 'currencies/crypto':
      return names
        .filter((code) => !FIAT.includes(code))
        .map((code, index) => ({ code, name: code, type: 'crypto', exponent: 8, sort_index: 100 + index }));
    case 'exchange-rates':
      return { currency: of, rates: {} };
    default:
      return undefined;
  }
}
