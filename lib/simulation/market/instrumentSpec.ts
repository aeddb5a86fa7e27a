/** What one simulated instrument is like. */
export interface InstrumentSpec {
  /** In upper case. */
  readonly symbol: string;
  /** What is bought and sold. */
  readonly base: string;
  /** What it is paid in. */
  readonly quote: string;
  /** The price the market begins at and comes back to. Its last decimal place is the tick: `60000.00` has cents. */
  readonly price: string;
  /** The usual size of an order. Its last decimal place is the lot. */
  readonly size: string;
  /** How busy it is beside the others. Default: 1. */
  readonly activity?: number;
  /** About how many ticks lie between two levels. Default: 1. */
  readonly grain?: number;
}

/**
 * Three busy instruments; a quiet one, whose book says nothing for many seconds; and one whose prices have 18 decimals
 * and lie so close together that neighbours share a double.
 */
export const defaultInstruments: readonly InstrumentSpec[] = [
  { symbol: 'BTCUSDT', base: 'BTC', quote: 'USDT', price: '60000.00', size: '0.50000', grain: 20 },
  { symbol: 'ETHUSDT', base: 'ETH', quote: 'USDT', price: '3000.00', size: '4.0000', grain: 3 },
  { symbol: 'SOLUSDT', base: 'SOL', quote: 'USDT', price: '150.00', size: '30.000' },
  { symbol: 'QUIETUSDT', base: 'QUIET', quote: 'USDT', price: '1.2345', size: '250.0', activity: 0.01 },
  { symbol: 'FINEUSDT', base: 'FINE', quote: 'USDT', price: '1.000000123456789012', size: '2.000000000000' },
];

/** What is bought and what it is paid in, of a symbol that says where the one ends: `BTC-USDT`, `BTC/USDT`. */
const PARTED = /^([^-/]+)[-/]([^-/]+)$/;

/** The spec of a symbol, however the venue spells it: one of the default ones, or something ordinary under that name. */
export function instrumentOf(symbol: string): InstrumentSpec {
  const [, first, second] = PARTED.exec(symbol) ?? [];
  const plain = first === undefined || second === undefined ? symbol : `${first}${second}`;
  const known = defaultInstruments.find((spec) => spec.symbol === plain);
  if (known !== undefined) return { ...known, symbol };
  const ordinary = { symbol, price: '1000.00', size: '5.000' };
  if (first !== undefined && second !== undefined) return { ...ordinary, base: first, quote: second };
  const quote = ['USDT', 'USDC', 'BTC', 'ETH', 'BNB'].find((end) => symbol.endsWith(end) && symbol !== end) ?? 'USDT';
  return { ...ordinary, base: symbol.endsWith(quote) ? symbol.slice(0, -quote.length) : symbol, quote };
}
