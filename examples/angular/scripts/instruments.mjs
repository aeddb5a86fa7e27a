/** What the simulated venue trades: each with digits of its own. The last decimal place of a price is the tick, of a size the lot. */
const rows = [
  ['BTC', '60000.00', '0.50000', 20],
  ['ETH', '3000.00', '4.0000', 3],
  ['SOL', '150.00', '30.000', 1],
  ['BNB', '580.00', '3.000', 2],
  ['XRP', '0.5200', '800.0', 1],
  ['DOGE', '0.12000', '4000', 2],
  ['ADA', '0.4500', '1200.0', 1],
  ['AVAX', '28.00', '25.00', 1],
  ['LINK', '14.200', '40.00', 2],
  ['DOT', '6.100', '90.00', 1],
  ['LTC', '72.00', '8.000', 2],
  ['BCH', '410.0', '1.500', 1],
  ['UNI', '9.600', '60.00', 3],
  ['ATOM', '7.800', '70.00', 2],
  ['ETC', '24.50', '20.00', 1],
  ['FIL', '5.400', '100.00', 2],
  ['APT', '8.900', '55.00', 2],
  ['ARB', '0.8100', '600.0', 1],
  ['OP', '1.7200', '300.00', 3],
  ['NEAR', '4.600', '110.0', 1],
  ['SUI', '1.1500', '420.0', 2],
  ['PEPE', '0.00001180', '9000000', 3],
  ['SHIB', '0.00001750', '6000000', 4],
  ['TIA', '5.9000', '75.00', 12],
];

export const instruments = rows.map(([base, price, size, grain]) => ({
  symbol: `${base}USDT`,
  base,
  quote: 'USDT',
  price,
  size,
  grain,
}));

/** So many, for the load: those above, and ones that are called by numbers. */
export const manyInstruments = (count) => [
  ...instruments.slice(0, count),
  ...Array.from({ length: Math.max(0, count - instruments.length) }, (_, index) => ({
    symbol: `T${String(index).padStart(3, '0')}USDT`,
    base: `T${String(index).padStart(3, '0')}`,
    quote: 'USDT',
    price: `${String(10 + index)}.000`,
    size: '20.00',
  })),
];
