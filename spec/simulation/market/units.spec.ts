import fc from 'fast-check';
import { instrumentOf } from '../../../lib/simulation/market/instrumentSpec.js';
import { decimalText, Units } from '../../../lib/simulation/market/units.js';

describe('decimalText', () => {
  it.each([
    [0, 0, 0, '0'],
    [0, 5, 0, '0.00000'],
    [7, 2, 0, '0.07'],
    [1234, 2, 8, '12.34000000'],
    [42, 0, 0, '42'],
    [42, 0, 2, '42.00'],
    [-5, 2, 0, '-0.05'],
    [-1200, 2, 4, '-12.0000'],
  ])('writes %p units of the %p-th place with %p decimals at least as %p', (units, decimals, padding, text) => {
    expect(decimalText(units, decimals, padding)).toBe(text);
  });

  it('loses no digit of any whole number', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.nat(20), fc.nat(20), (units, decimals, padding) => {
        const [whole = '', fraction = ''] = decimalText(units, decimals, padding).split('.');
        expect(fraction).toHaveLength(Math.max(decimals, padding));
        expect(BigInt(whole + fraction.slice(0, decimals))).toBe(units);
        expect(/^0*$/.test(fraction.slice(decimals))).toBe(true);
      }),
    );
  });
});

describe('Units', () => {
  it('tells neighbours of 18 decimals apart that share a double', () => {
    const units = new Units(instrumentOf('FINEUSDT'), 8);
    const [left, right] = [units.priceText(0), units.priceText(1)];

    expect([left, right]).toEqual(['1.000000123456789012', '1.000000123456789013']);
    expect(Number(left)).toBe(Number(right));
  });

  it('gives the same text again after it has forgotten it', () => {
    const units = new Units(instrumentOf('SOLUSDT'), 0);
    const before = units.priceText(5);
    for (let tick = 0; tick < 50_000; tick += 1) units.priceText(tick);

    expect(units.priceText(5)).toBe(before);
    expect(before).toBe('150.05');
  });

  it('multiplies prices and sizes exactly', () => {
    const units = new Units(instrumentOf('BTCUSDT'), 0);

    expect(units.quoteText(units.quote(1, 3))).toBe('1.8000003');
  });
});
