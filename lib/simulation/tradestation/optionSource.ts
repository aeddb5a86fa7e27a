import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { type Leg, optionOf, worthOf } from './option.js';
import type { Fields, StreamSource } from './streamSource.js';
import type { Pricing } from './wantedChain.js';

/** Options around the price of an underlying, valued by hand. One of them changes at a time. */
export function optionSource(
  instrument: SimulatedInstrument,
  spreads: readonly (readonly Leg[])[],
  pricing: Pricing,
): StreamSource {
  const all = spreads.map((legs) => legs.flatMap((leg) => optionOf(leg) ?? []));
  let turn = 0;
  let emittedAt = 0;
  const line = (index: number): string => {
    const spot = Number(instrument.units.priceText(instrument.tape.lastTick));
    const legs = all[index] ?? [];
    const sign = (type: string): number => (type === 'Call' ? 1 : -1);
    const worth = worthOf(legs, spot);
    const delta = legs.reduce((sum, { ratio, strike, type }) => {
      return sum + (ratio * sign(type)) / (1 + Math.exp((sign(type) * (strike - spot)) / 5));
    }, 0);
    const types = new Set(legs.map(({ type }) => type));
    return JSON.stringify({
      ...(pricing.greeks && greeksOf(worth, delta, pricing.rate)),
      ...pricesOf(worth),
      AskSize: 12,
      BidSize: 9,
      Volume: turn,
      DailyOpenInterest: 1203,
      Side: types.size === 1 ? legs[0]?.type : 'Both',
      Strikes: legs.map(({ strike }) => String(strike)),
      Legs: legs.map(({ symbol, ratio, strike, expiration, type }) => ({
        Symbol: symbol,
        Ratio: ratio,
        StrikePrice: String(strike),
        Expiration: expiration,
        OptionType: type,
        AssetType: 'StockOption',
      })),
    });
  };
  return {
    begin: () => all.map((_, index) => line(index)),
    pulse: (now) => {
      if (now - emittedAt < 1_000 || all.length === 0) return [];
      emittedAt = now;
      turn += 1;
      return [line(turn % all.length)];
    },
  };
}

const greeksOf = (worth: number, delta: number, rate: number): Fields => {
  const model = worth + 0.27 + rate;
  const chance = Math.min(1, Math.abs(delta));
  const [inside, outside] = [chance.toFixed(4), (1 - chance).toFixed(4)];
  return {
    Delta: delta.toFixed(4),
    Theta: '-0.11',
    Gamma: '0.03',
    Rho: String(rate),
    Vega: '0.14',
    ImpliedVolatility: '0.24',
    IntrinsicValue: worth.toFixed(2),
    ExtrinsicValue: '0.30',
    TheoreticalValue: model.toFixed(4),
    ProbabilityITM: inside,
    ProbabilityOTM: outside,
    ProbabilityBE: inside,
    ProbabilityITM_IV: inside,
    ProbabilityOTM_IV: outside,
    ProbabilityBE_IV: inside,
    TheoreticalValue_IV: (model + 0.01).toFixed(4),
    StandardDeviation: '0.0245',
  };
};

const pricesOf = (worth: number): Fields => {
  const at = (above: number): string => (worth + above).toFixed(2);
  return {
    Ask: at(0.35),
    Bid: at(0.25),
    Mid: at(0.3),
    Close: at(0.28),
    High: at(0.6),
    Last: at(0.28),
    Low: at(0.1),
    NetChange: '-0.02',
    NetChangePct: '-0.0667',
    Open: at(0.31),
    PreviousClose: at(0.3),
  };
};
