import { isLeft } from 'fp-ts/lib/Either.js';
import { LooseDecimal } from '../../lib/codec/looseDecimal.js';
import { pathOf } from '../../lib/codec/path.js';

describe('LooseDecimal', () => {
  it.each([
    ['0.10', '0.10'],
    ['-12.500', '-12.500'],
    ['123456789012345678.000000000000000001', '123456789012345678.000000000000000001'],
    [12.5, '12.5'],
    [-3, '-3'],
    [1e-7, '0.0000001'],
    [1e21, '1000000000000000000000'],
  ])('reads %p as %p', (value, right) => {
    expect(LooseDecimal.decode(value)).toEqual({ _tag: 'Right', right });
  });

  it.each(['', '1e5', '.5', 'NaN', NaN, Infinity, null, undefined, [], {}])('refuses %p', (value) => {
    const result = LooseDecimal.decode(value);
    expect(isLeft(result) && pathOf(result.left)).toBe('LooseDecimal');
  });
});
