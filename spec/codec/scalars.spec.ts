import { isLeft } from 'fp-ts/lib/Either.js';
import type { Type } from 'io-ts';
import { Id, Millis, Sequence, SequenceOrNone, Text } from '../../lib/codec/scalars.js';

const BEYOND = 2 ** 53;

describe.each<readonly [Type<number> | Type<string>, readonly unknown[], readonly unknown[]]>([
  [Sequence, [0, 17, 600859599090, BEYOND - 1], [-1, 1.5, BEYOND, NaN, Infinity, '17', null, undefined]],
  [SequenceOrNone, [-1, 0, 17], [-2, -0.5, BEYOND, '1']],
  [Millis, [0, 1626992741037, 1626992741037.25], [-1, NaN, Infinity, '1', null]],
  [Text, ['', 'BTCUSDT'], [1, null, undefined, ['a']]],
])('%p', (codec, good, bad) => {
  it.each(good)('reads %p', (value) => expect(codec.decode(value)).toEqual({ _tag: 'Right', right: value }));
  it.each(bad)('refuses %p', (value) => expect(isLeft(codec.decode(value))).toBe(true));
});

describe('Id', () => {
  it('is text, also where the venue sends a number', () => {
    expect(['a', '18446744073709551615', 17, -3].map((id) => Id.decode(id))).toEqual(
      ['a', '18446744073709551615', '17', '-3'].map((right) => ({ _tag: 'Right', right })),
    );
  });

  it.each([BEYOND, 2 ** 64, 1.5, NaN, '', null, undefined, {}])('refuses %p', (value) => {
    expect(isLeft(Id.decode(value))).toBe(true);
  });
});
