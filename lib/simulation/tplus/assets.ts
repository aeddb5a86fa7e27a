import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import type { SimulatedMarket } from '../market/simulatedMarket.js';

/** An address, padded with zeros at its right end, and a chain. */
const CHAINED = '82af49447d8a07e3bd95bd0d56f35241523fbab1000000000000000000000000@00000000000000a4b1';
const FIRST_INDEX = 200;

/** One asset of the simulated T+, and the numbers its book goes by. */
export interface Asset {
  readonly id: string;
  readonly instrument: SimulatedInstrument;
  /** Decimals of the whole numbers that its orders are told in. */
  readonly priceDecimals: number;
  readonly quantityDecimals: number;
}

/** As the venue's own markets have them. */
const USUAL_DECIMALS = 8;

/**
 * The assets of a market: indices from 200 on in the order of the instruments, and the last one by address and chain, so
 * that both forms of a name are met.
 */
export function assetsOf(market: SimulatedMarket): ReadonlyMap<string, Asset> {
  const assets = new Map<string, Asset>();
  market.symbols.forEach((symbol, index) => {
    const instrument = market.instrument(symbol);
    if (instrument === undefined) return;
    const isLast = index > 0 && index === market.symbols.length - 1;
    const id = isLast ? CHAINED : String(FIRST_INDEX + index);
    const { priceDecimals, sizeDecimals } = instrument.units;
    assets.set(id, {
      id,
      instrument,
      priceDecimals: Math.max(USUAL_DECIMALS, priceDecimals),
      quantityDecimals: Math.max(USUAL_DECIMALS, sizeDecimals),
    });
  });
  return assets;
}

/** A price as a whole number of the asset's last decimal. */
export const scaledPrice = ({ instrument, priceDecimals }: Asset, tick: number): bigint =>
  instrument.units.price(tick) * 10n ** BigInt(priceDecimals - instrument.units.priceDecimals);

export const scaledQuantity = ({ instrument, quantityDecimals }: Asset, lots: number): bigint =>
  BigInt(lots) * 10n ** BigInt(quantityDecimals - instrument.units.sizeDecimals);

/** ns since 1970 as the venue writes them; the last digits are the caller's. */
export const nanosOf = (ms: number, digits = 0): string => String(BigInt(Math.floor(ms)) * 1_000_000n + BigInt(digits));
