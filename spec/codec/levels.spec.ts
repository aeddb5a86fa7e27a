import { isLeft } from 'fp-ts/lib/Either.js';
import type * as t from 'io-ts';
import { levelOf } from '../../lib/book/level.js';
import { frame } from '../../lib/codec/frame.js';
import { Levels } from '../../lib/codec/levels.js';
import { pathOf } from '../../lib/codec/path.js';

const Frame = frame('acme.DepthUpdate', { b: Levels });
const pathFor = (codec: t.Decoder<unknown, unknown>, value: unknown): string => {
  const result = codec.decode(value);
  return isLeft(result) ? pathOf(result.left) : 'accepted';
};

describe('Levels', () => {
  it('makes the levels that levelOf makes, in the order of the frame', () => {
    const pairs = [['7.5040', '813'], ['7.6090', '0.000'], ['0.1', '0.30000000000000004']] as const; // prettier-ignore

    expect(Levels.decode(pairs)).toEqual({ _tag: 'Right', right: pairs.map(([price, size]) => levelOf(price, size)) });
    expect(Levels.decode([])).toEqual({ _tag: 'Right', right: [] });
  });

  it('encodes to the very texts', () => {
    const pairs = [['7.5040', '813'], ['7.60', '0.000']] as const; // prettier-ignore

    expect(Levels.encode(pairs.map(([price, size]) => levelOf(price, size)))).toEqual(pairs);
  });

  it('tells the first wrong level only: a list of nothings costs no more than that', () => {
    const errorsOf = (levels: readonly unknown[]): number => {
      const result = Levels.decode(levels);
      return result._tag === 'Left' ? result.left.length : 0;
    };
    expect(errorsOf(Array.from({ length: 20_000 }, () => []))).toBe(errorsOf([[]]));
  });

  it('knows levels', () => {
    expect(Levels.is([levelOf('1', '2')])).toBe(true);
    expect(Levels.is([['1', '2']])).toBe(false);
    expect(Levels.is('x')).toBe(false);
  });

  it.each<readonly [unknown, string]>([
    ['x', ''],
    [{ 0: ['1', '2'], length: 1 }, ''],
    [[['1', 'x']], '/0/1: Size'],
    [[['1', '2'], ['1.', '2']], '/1/0: DecimalText'], // prettier-ignore
    [[['1', '2'], [1, '2']], '/1/0: DecimalText'], // prettier-ignore
    [[['1']], '/0/1: Size'],
    [[['1', '-2']], '/0/1: Size'],
    [['12'], '/0'],
    [[null], '/0'],
  ])('%j is refused at acme.DepthUpdate/b: Levels%s', (b, path) => {
    expect(pathFor(Frame, { b })).toBe(`acme.DepthUpdate/b: Levels${path}`);
  });

  it('passes over what follows a pair', () => {
    const more = [['1', '2', 7], ['3', '4']]; // prettier-ignore

    expect(Levels.decode(more)).toMatchObject({ right: [levelOf('1', '2'), levelOf('3', '4')] });
    expect(pathFor(Levels, [['1', 2, 3]])).toBe('Levels/0/1: Size');
  });
});
