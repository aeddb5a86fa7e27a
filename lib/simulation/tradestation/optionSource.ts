import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import type { StreamSource } from './streamSource.js';

/** Options around the price of an underlying, valued by hand. One of them changes at a time. */
export function optionSource(
  instrument: SimulatedInstrument,
  legs: readonly (readonly { readonly symbol: string; readonly ratio: number; readonly strike: number }[])[],
  greeks: boolean,
): StreamSource {
  let turn = 0;
  let toldAt = 0;
  const line = (index: number): string => {
    const spot = Number(instrument.units.priceText(instrument.tape.lastTick));
    const spread = legs[index] ?? [];
    const worth = spread.reduce((sum, { ratio, strike }) => sum + ratio * Math.max(0, spot - strike), 0);
    const delta = spread.reduce((sum, { ratio, strike }) => sum + ratio / (1 + Math.exp((strike - spot) / 5)), 0);
    return JSON.stringify({
      ...(greeks && { Delta: delta.toFixed(4), Theta: '-0.11', Gamma: '0.03', Rho: '0.02', Vega: '0.14' }),
      ...(greeks && { ImpliedVolatility: '0.24', IntrinsicValue: worth.toFixed(2), ExtrinsicValue: '0.30' }),
      ...{ Ask: (worth + 0.35).toFixed(2), Bid: (worth + 0.25).toFixed(2), Mid: (worth + 0.3).toFixed(2) },
      ...{ AskSize: 12, BidSize: 9, Volume: turn, DailyOpenInterest: 1203, Side: 'Call' },
      Strikes: spread.map(({ strike }) => String(strike)),
      Legs: spread.map(({ symbol, ratio, strike }) => ({
        ...{ Symbol: symbol, Ratio: ratio, StrikePrice: String(strike), Expiration: '2026-12-18T00:00:00Z' },
        ...{ OptionType: 'Call', AssetType: 'StockOption' },
      })),
    });
  };
  return {
    begin: () => legs.map((_, index) => line(index)),
    pulse: (now) => {
      if (now - toldAt < 1_000) return [];
      toldAt = now;
      turn += 1;
      return [line(turn % legs.length)];
    },
  };
}
