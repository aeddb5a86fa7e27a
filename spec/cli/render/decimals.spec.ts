import { decimalsOf, plainDecimal, withDecimals } from '../../../lib/cli/render/decimals.js';

describe('plainDecimal', () => {
  it.each([
    ['58005.11000000', '58005.11'],
    ['0.00006550', '0.0000655'],
    ['100', '100'],
    ['100.000', '100'],
    ['0.00000000', '0'],
    ['4.0', '4'],
    ['1e-7', '0.0000001'],
    ['1.20E+3', '1200'],
    ['123456789012345678.123456789012345678', '123456789012345678.123456789012345678'],
  ])('spells %s as %s', (text, plain) => {
    expect(plainDecimal(text)).toBe(plain);
  });
});

describe('withDecimals', () => {
  it.each([
    ['1.50', 3, '1.500'],
    ['1', 2, '1.00'],
    ['1', 0, '1'],
    ['1.2345', 2, '1.2345'],
  ])('fills %s up to %i decimals and rounds nothing', (text, decimals, filled) => {
    expect(withDecimals(text, decimals)).toBe(filled);
  });

  it('counts decimals without the zeros at the end', () => {
    expect([decimalsOf('1.10'), decimalsOf('10'), decimalsOf('1.0'), decimalsOf('1e-3')]).toEqual([1, 0, 0, 3]);
  });
});
