import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { FLAGS, quoteFields } from './quoteFields.js';
import { changes, type StreamSource } from './streamSource.js';

/** Quotes of several symbols: each whole at first, then what has changed. Symbols that don't exist are told so. */
export function quoteSource(
  symbols: readonly string[],
  instrumentOf: (symbol: string) => SimulatedInstrument | undefined,
): StreamSource {
  const known = symbols.flatMap((symbol) => {
    const instrument = instrumentOf(symbol);
    return instrument === undefined ? [] : [{ symbol, instrument, emitted: {} }];
  });
  return {
    begin: (now) => [
      ...symbols
        .filter((symbol) => instrumentOf(symbol) === undefined)
        .map((Symbol) => JSON.stringify({ Symbol, Error: 'FAILED, INVALID SYMBOL' })),
      ...known.map((one) => {
        one.emitted = quoteFields(one.instrument, now);
        return JSON.stringify({ Symbol: one.symbol, ...one.emitted, MarketFlags: FLAGS });
      }),
    ],
    pulse: (now) =>
      known.flatMap((one) => {
        const fields = quoteFields(one.instrument, now);
        const changed = changes(one.emitted, fields);
        one.emitted = fields;
        return Object.keys(changed).length === 0 ? [] : [JSON.stringify({ Symbol: one.symbol, ...changed })];
      }),
  };
}
