import { isLeft } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { Decimal } from '../../lib/codec/decimal.js';
import { frame } from '../../lib/codec/frame.js';
import { pathOf } from '../../lib/codec/path.js';
import { Text } from '../../lib/codec/scalars.js';

const pathFor = (codec: t.Mixed, value: unknown): string => {
  const result = codec.decode(value);
  return isLeft(result) ? pathOf(result.left) : 'accepted';
};

const Synced = t.type({ synced: t.literal(true) }, 'Synced');
const Position = frame('acme.Position', { id: Text, size: Decimal }, { profit: Decimal, symbol: Text });
const Message = t.union([Synced, Position], 'acme.Message');

const Fill = frame('acme.Fill', { price: Decimal, size: Decimal });
const Tagged = t.union(
  [t.strict({ Opened: Fill }), t.strict({ Filled: Fill }), t.strict({ Closed: Fill })],
  'acme.Tagged',
);
const Kind = t.union([Text, frame('acme.Limit', { Limit: t.tuple([Decimal, Decimal]) })], 'Kind');
const Order = frame('acme.Order', { kind: Kind, id: Text });
const Listed = t.union([Synced, t.array(Tagged, 'Events')], 'acme.Listed');

describe('pathOf a union', () => {
  it.each<readonly [string, t.Mixed, unknown, string]>([
    ['a value that is wrong', Message, { id: '1', size: 'NaN' }, 'acme.Message/1: acme.Position/size: Decimal'],
    ['an optional one', Message, { id: '1', size: '1', profit: 'x' }, 'acme.Message/1: acme.Position/profit: Decimal'],
    ['one that is missing', Message, { size: '1', symbol: 'A' }, 'acme.Message/1: acme.Position/id: Text'],
    ['the first branch', Message, { synced: false }, 'acme.Message/0: Synced/synced: true'],
    ['a tag', Tagged, { Filled: { price: '1', size: 'x' } }, 'acme.Tagged/1: {| Filled: acme.Fill |}/Filled: acme.Fill/size: Decimal'], // prettier-ignore
    ['a tag at the end', Tagged, { Closed: { price: '1' } }, 'acme.Tagged/2: {| Closed: acme.Fill |}/Closed: acme.Fill/size: Decimal'], // prettier-ignore
    ['one within', Order, { id: '1', kind: { Limit: ['1', 'x'] } }, 'acme.Order/kind: Kind/1: acme.Limit/Limit: [Decimal, Decimal]/1: Decimal'], // prettier-ignore
    ['unions within one', Listed, [{ Opened: { price: 'x', size: '1' } }], 'acme.Listed/1: Events/0: acme.Tagged/0: {| Opened: acme.Fill |}/Opened: acme.Fill/price: Decimal'], // prettier-ignore
  ])('names the branch that was meant and the field: %s', (_, codec, value, path) => {
    expect(pathFor(codec, value)).toBe(path);
  });

  it.each([null, 5, 'text'])('tells of %j, which no branch can mean, what the first one says', (value) => {
    expect(pathFor(Message, value)).toBe('acme.Message/0: Synced');
  });

  it('knows the keys of intersections and refinements', () => {
    const One = t.intersection([t.type({ a: Text, b: Text }), t.partial({ c: Text })], 'One');
    const Other = t.exact(t.type({ a: Text, z: Text }), 'Other');

    expect(pathFor(t.union([Other, One], 'Both'), { a: 'x', b: 5, c: 'x' })).toBe(
      'Both/1: One/0: { a: Text, b: Text }/b: Text',
    );
    expect(pathFor(t.union([One, Other], 'Both'), { a: 'x', z: 5 })).toBe('Both/1: Other/z: Text');
  });
});
