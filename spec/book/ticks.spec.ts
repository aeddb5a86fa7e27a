import fc from 'fast-check';
import { formatPrice, plainDecimal, roundToTick, unifiedName } from '../../lib/book/ticks.js';

describe('roundToTick', () => {
  it.each([
    ['100.126', '0.01', '100.12', '100.13', '100.13'],
    ['100.125', '0.01', '100.12', '100.13', '100.13'],
    ['100.124', '0.01', '100.12', '100.13', '100.12'],
    ['100.12', '0.01', '100.12', '100.12', '100.12'],
    ['101', '0.5', '101.0', '101.0', '101.0'],
    ['-0.3', '0.25', '-0.50', '-0.25', '-0.25'],
    ['7', '5', '5', '10', '5'],
  ])('of %s to ticks of %s is %s below, %s above, %s next to it', (price, tick, down, up, nearest) => {
    expect(roundToTick(price, { tick }, 'down')).toBe(down);
    expect(roundToTick(price, { tick }, 'up')).toBe(up);
    expect(roundToTick(price, { tick })).toBe(nearest);
  });

  it.each([
    // Of Hyperliquid's: five digits count, whole numbers are exempt, and there are at most so many decimals.
    ['1234.56', '0.01', 5, '1234.5', '1234.6'],
    ['0.00123456', '0.000001', 5, '0.001234', '0.001235'],
    ['0.0012345678', '0.0000000001', 5, '0.0012345', '0.0012346'],
    ['123456.7', '0.1', 5, '123456', '123457'],
    ['12345.6', '0.1', 5, '12345', '12346'],
    ['-1234.56', '0.01', 5, '-1234.6', '-1234.5'],
    ['99999.5', '0.01', 5, '99999', '100000'],
    ['7', '0.01', 5, '7.00', '7.00'],
    ['1234.5', '5', 5, '1230', '1235'],
  ])('of %s to ticks of %s, of which %s digits count, is %s below, %s above', (price, tick, priceDigits, down, up) => {
    expect(roundToTick(price, { tick, priceDigits }, 'down')).toBe(down);
    expect(roundToTick(price, { tick, priceDigits }, 'up')).toBe(up);
  });

  it('takes doubles as they are written, and leaves what is on a tick where it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 9), max: 10 ** 9 }), (cents) => {
        const price = cents / 100;
        for (const rounding of ['down', 'up', 'nearest'] as const) {
          expect(Number(roundToTick(price, { tick: '0.01' }, rounding))).toBe(price);
        }
      }),
    );
  });

  it.each(['', 'x', NaN])('refuses %p for a price', (price) => {
    expect(() => roundToTick(price, { tick: '1' })).toThrow(RangeError);
  });
});

it('formatPrice writes as many decimals as the tick has', () => {
  expect(formatPrice(7.1, { tick: '0.001' })).toBe('7.100');
});

it.each([
  ['0.01000000', '0.01'],
  ['10.0', '10'],
  ['100', '100'],
  ['0.000', '0'],
])('plainDecimal of %s is %s', (text, plain) => {
  expect(plainDecimal(text)).toBe(plain);
});

it.each([
  [{ base: 'BTC', quote: 'USDT' }, 'BTC/USDT'],
  [{ base: 'BTC', quote: 'USDT', settle: 'USDT' }, 'BTC/USDT:USDT'],
  [{ base: 'BTC', quote: 'USD', settle: 'BTC', expiry: Date.UTC(2026, 11, 25, 8) }, 'BTC/USD:BTC-261225'],
])('unifiedName of %j is %s', (instrument, name) => {
  expect(unifiedName(instrument)).toBe(name);
});
