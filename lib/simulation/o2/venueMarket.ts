import type { AccountInstrument } from '../accounts/simulatedAccount.js';
import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { random, seedFor } from '../random.js';

/** A token of the simulated O2. */
export interface VenueAsset {
  readonly id: string;
  readonly symbol: string;
  readonly decimals: number;
}

/** One market of the simulated O2: an instrument in the venue's ids and smallest units. */
export interface VenueMarket extends AccountInstrument {
  readonly id: string;
  readonly contractId: string;
  readonly pair: string;
  readonly baseAsset: VenueAsset;
  readonly quoteAsset: VenueAsset;
  /** A decimal text of the market as a whole number of smallest units. */
  priceUnits(text: string): bigint;
  /** A size as a whole number of the smallest units of the base. */
  sizeUnits(text: string): bigint;
}

const HEX = '0123456789abcdef';

/** `0x` and 64 hex digits, the same for the same text. */
export function hexId(text: string): string {
  const draw = random(seedFor(64, text));
  let id = '0x';
  for (let left = 64; left > 0; left -= 1) id += HEX.charAt(Math.floor(draw() * 16));
  return id;
}

/** What tokens usually have. */
const USUAL = 9;
/** What those have that are traded in fractions: their smallest units go beyond 2^53. */
const FINE = 18;

export function venueMarket(instrument: SimulatedInstrument): VenueMarket {
  const { spec, units } = instrument;
  const { sizeDecimals, priceDecimals } = units;
  // Quantities are of 64 bits: large orders leave no room for many decimals.
  const baseDecimals = Number(spec.size) < 1 ? FINE : Math.max(USUAL, sizeDecimals);
  const baseAsset = assetOf(spec.base, baseDecimals);
  const quoteAsset = assetOf(spec.quote, Math.max(USUAL, priceDecimals));
  const sizeUnits = (text: string): bigint => unitsOf(text, baseAsset.decimals);
  const priceUnits = (text: string): bigint => unitsOf(text, quoteAsset.decimals);
  const [unitsOfOne, lotsOfOne] = [10n ** BigInt(baseAsset.decimals), 10n ** BigInt(sizeDecimals)];
  const perTick = 10n ** BigInt(quoteAsset.decimals - priceDecimals);
  const baseUnits = (lots: number): bigint => (BigInt(lots) * unitsOfOne) / lotsOfOne;
  return {
    id: hexId(`market ${spec.symbol}`),
    contractId: hexId(`contract ${spec.symbol}`),
    pair: `${spec.base}/${spec.quote}`,
    instrument,
    baseAsset,
    quoteAsset,
    base: baseAsset.id,
    quote: quoteAsset.id,
    priceUnits,
    sizeUnits,
    baseUnits,
    quoteUnits: (tick, lots) => totalOf(units.price(tick) * perTick, baseUnits(lots), baseAsset),
  };
}

/** Price × quantity in quote units, rounded down. */
export const totalOf = (price: bigint, quantity: bigint, { decimals }: VenueAsset): bigint =>
  (price * quantity) / 10n ** BigInt(decimals);

function assetOf(symbol: string, decimals: number): VenueAsset {
  return { symbol, decimals, id: hexId(`asset ${symbol} ${decimals}`) };
}

function unitsOf(text: string, decimals: number): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(decimals, '0').slice(0, decimals));
}
