import fc from 'fast-check';
import { excerptOf } from '../../lib/codec/excerpt.js';

describe('excerptOf', () => {
  it('is the beginning of the JSON of a value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        expect(excerptOf(value)).toBe(JSON.stringify(value).slice(0, 200));
      }),
    );
  });

  it.each([
    ['lists within lists', '['],
    ['objects within objects', '{"a":'],
  ])('has room for 100,000 %s', (_, opening) => {
    const closing = opening === '[' ? ']' : '}';
    const value: unknown = JSON.parse(`${opening.repeat(100_000)}1${closing.repeat(100_000)}`);

    expect(excerptOf(value)).toBe(opening.repeat(200).slice(0, 200));
  });

  it('asks a value for its own JSON, and has a word for what JSON has none for', () => {
    expect(excerptOf({ a: { toJSON: () => [1] }, b: undefined, c: 2n })).toBe('{"a":[1],"b":null,"c":2}');
    expect(excerptOf(undefined)).toBe('null');
  });
});
