import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import type { Fields, StreamSource } from './streamSource.js';

interface Leg {
  /** `MSFT 261218C305`: the underlying, when it ends, call or put, the strike. */
  readonly symbol: string;
  readonly ratio: number;
}

const OPTION = /(\d\d)(\d\d)(\d\d)([CP])([\d.]+)$/;

/** What an option is by its symbol. */
function optionOf({ symbol, ratio }: Leg) {
  const [, year = '26', month = '12', day = '18', letter = 'C', strike = '0'] = OPTION.exec(symbol) ?? [];
  const type = letter === 'C' ? 'Call' : 'Put';
  return { symbol, ratio, type, strike: Number(strike), expiration: `20${year}-${month}-${day}T00:00:00Z` } as const;
}

/** Options around the price of an underlying, valued by hand. One of them changes at a time. */
export function optionSource(
  instrument: SimulatedInstrument,
  spreads: readonly (readonly Leg[])[],
  greeks: boolean,
): StreamSource {
  const all = spreads.map((legs) => legs.map(optionOf));
  let turn = 0;
  let emittedAt = 0;
  const line = (index: number): string => {
    const spot = Number(instrument.units.priceText(instrument.tape.lastTick));
    const legs = all[index] ?? [];
    const sign = (type: string): number => (type === 'Call' ? 1 : -1);
    const sum = (of: (leg: (typeof legs)[number]) => number): number => legs.reduce((total, leg) => total + of(leg), 0);
    const worth = sum(({ ratio, strike, type }) => ratio * Math.max(0, sign(type) * (spot - strike)));
    const delta = sum(
      ({ ratio, strike, type }) => (ratio * sign(type)) / (1 + Math.exp((sign(type) * (strike - spot)) / 5)),
    );
    const types = new Set(legs.map(({ type }) => type));
    return JSON.stringify({
      ...(greeks && greeksOf(worth, delta)),
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
      if (now - emittedAt < 1_000) return [];
      emittedAt = now;
      turn += 1;
      return [line(turn % all.length)];
    },
  };
}

const greeksOf = (worth: number, delta: number): Fields => {
  const chance = Math.min(1, Math.abs(delta));
  const [inside, outside] = [chance.toFixed(4), (1 - chance).toFixed(4)];
  return {
    Delta: delta.toFixed(4),
    Theta: '-0.11',
    Gamma: '0.03',
    Rho: '0.02',
    Vega: '0.14',
    ImpliedVolatility: '0.24',
    IntrinsicValue: worth.toFixed(2),
    ExtrinsicValue: '0.30',
    TheoreticalValue: (worth + 0.29).toFixed(4),
    ProbabilityITM: inside,
    ProbabilityOTM: outside,
    ProbabilityBE: inside,
    ProbabilityITM_IV: inside,
    ProbabilityOTM_IV: outside,
    ProbabilityBE_IV: inside,
    TheoreticalValue_IV: (worth + 0.3).toFixed(4),
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
