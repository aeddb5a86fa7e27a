import fc from 'fast-check';
import { isLeft } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { copierOf } from '../../lib/codec/copier.js';
import { Decimal } from '../../lib/codec/decimal.js';
import { frame } from '../../lib/codec/frame.js';
import { Levels } from '../../lib/codec/levels.js';
import { pathOf } from '../../lib/codec/path.js';
import { Id, Millis, Sequence, Text } from '../../lib/codec/scalars.js';

const fields = { e: t.literal('depth'), T: Millis, s: Text, u: Sequence, i: Id, p: Decimal, b: Levels, n: t.union([t.null, t.undefined]) }; // prettier-ignore
const Inner = frame('acme.Inner', { p: Decimal });
const Frame = frame('acme.Frame', fields);
const Reference = t.type(fields, 'acme.Frame');

const perhaps = <T>(good: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { arbitrary: good, weight: 12 },
    { arbitrary: fc.constantFrom(undefined, null, 'x', -1, [[]], {}), weight: 1 },
  );
const value = fc.record(
  {
    e: perhaps(fc.constant('depth')),
    T: perhaps(fc.nat()),
    s: perhaps(fc.string()),
    u: perhaps(fc.nat()),
    i: perhaps(fc.oneof(fc.nat(), fc.constant('a'))),
    p: perhaps(fc.constantFrom('1.5', '-3')),
    b: perhaps(fc.array(fc.tuple(fc.constantFrom('1', '2.50'), perhaps(fc.constantFrom('0', '7'))))),
    n: fc.constantFrom(null, undefined),
    extra: fc.anything(),
  },
  { requiredKeys: ['e', 'T', 's', 'u', 'i', 'p', 'b'] },
);
const pathFor = (codec: t.Decoder<unknown, unknown>, u: unknown): string => {
  const result = codec.decode(u);
  return isLeft(result) ? pathOf(result.left) : 'accepted';
};

const pathsOf = ({ left }: { readonly left: t.Errors }): readonly string[] => left.map((error) => pathOf([error]));

describe('frame', () => {
  it('decodes and refuses as t.type does, and tells the path of the first error', () => {
    fc.assert(
      fc.property(fc.oneof({ arbitrary: value, weight: 9 }, { arbitrary: fc.anything(), weight: 1 }), (u) => {
        const [actual, expected] = [Frame.decode(u), Reference.decode(u)];
        if (isLeft(actual)) {
          expect(pathsOf(actual)[0]).toEqual(isLeft(expected) ? pathsOf(expected)[0] : 'accepted');
        } else {
          expect(actual).toEqual(expected);
          expect(Frame.is(actual.right)).toBe(Reference.is(actual.right));
          expect(Frame.encode(actual.right)).toEqual(Reference.encode(actual.right));
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('changes nothing in what it is given, and returns it where nothing changes', () => {
    const raw = Object.freeze({ p: '1.5', more: 1 });

    expect(Inner.decode(raw)).toEqual({ _tag: 'Right', right: { p: 1.5, more: 1 } });
    expect(raw).toEqual({ p: '1.5', more: 1 });
    const plain = { s: 'x' };
    expect(frame('acme.Plain', { s: Text }).decode(plain)).toMatchObject({ right: plain });
  });

  it('lets optional fields be absent, but not wrong', () => {
    const codec = frame('acme.Quote', { p: Decimal }, { E: Millis, q: Decimal });

    expect(codec.decode({ p: '1' })).toEqual({ _tag: 'Right', right: { p: 1 } });
    expect(codec.decode({ p: '1', E: 5, q: '2' })).toEqual({ _tag: 'Right', right: { p: 1, E: 5, q: 2 } });
    expect(pathFor(codec, { p: '1', E: '5' })).toBe('acme.Quote/E: Millis');
    expect(pathFor(codec, { E: 5 })).toBe('acme.Quote/p: Decimal');
    expect([codec.is({ p: 1 }), codec.is({ p: 1, q: 'x' }), codec.is({ q: 1 }), codec.is(null)]).toEqual([true, false, false, false]); // prettier-ignore
    expect(codec.encode({ p: 1, q: 2 })).toEqual({ p: '1', q: '2' });
    // As a compiler sees it: present, absent, or undefined.
    const decoded: t.TypeOf<typeof codec> = { p: 1 };
    expect(decoded.q?.toFixed(1)).toBeUndefined();
  });

  it.each<readonly [unknown, string]>([
    [null, 'acme.Outer'],
    ['text', 'acme.Outer'],
    [[], 'acme.Outer'],
    [{}, 'acme.Outer/k: acme.Inner'],
    [{ k: { p: 1 } }, 'acme.Outer/k: acme.Inner/p: Decimal'],
  ])('%j is refused at %s', (u, path) => {
    expect(pathFor(frame('acme.Outer', { k: Inner }), u)).toBe(path);
  });

  it('refuses what only a prototype has', () => {
    expect(pathFor(frame('acme.F', { s: t.string }), Object.create({ s: 1 }))).toBe('acme.F/s: string');
  });
});

describe('copierOf', () => {
  it('copies whatever an object has, for the same keys at the same place', () => {
    const one: object = { p: '1', q: [2], more: { r: 3 } };
    const copied = copierOf(['p', 'q'])(one);

    expect(copied).toStrictEqual(one);
    expect(copied).not.toBe(one);
    expect(copierOf(['p', 'q'])).toBe(copierOf(['p', 'q']));
  });

  it('has a place of its own for most of those that a program reads', () => {
    const places = Array.from({ length: 40 }, (_, i) => copierOf(['e', 'E', 's', `field${i}`]));

    expect(new Set(places).size).toBeGreaterThan(20);
  });
});

describe('pathOf', () => {
  it('is bounded, and keeps both ends', () => {
    const result = t.type({ a: t.record(t.string, Decimal) }, 'acme.Long').decode({ a: { ['k'.repeat(1_000)]: 'x' } });
    const path = isLeft(result) ? pathOf(result.left) : '';

    expect(path).toHaveLength(199);
    expect(path).toMatch(/^acme\.Long\/a: .*…k+: Decimal$/);
  });

  it('is empty without an error', () => expect(pathOf([])).toBe(''));
});
