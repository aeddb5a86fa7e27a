import fc from 'fast-check';
import * as t from 'io-ts';
import { changeFrame } from '../../lib/codec/changeFrame.js';
import { Decimal } from '../../lib/codec/decimal.js';
import { tryDecodeOf } from '../../lib/codec/fastType.js';
import { frame } from '../../lib/codec/frame.js';
import { orNone } from '../../lib/codec/orNone.js';
import { pathOf } from '../../lib/codec/path.js';
import { Millis, Text } from '../../lib/codec/scalars.js';
import { orUnread } from '../../lib/codec/sparing.js';

const fields = { s: Text };
const optional = {
  T: orUnread(Millis),
  p: orUnread(Decimal),
  n: orNone(Text),
  any: orUnread(t.unknown),
  none: orNone(t.null),
  inner: orUnread(frame('acme.Inner', { p: Decimal }, { s: orNone(Text) })),
};
const Changes = changeFrame('acme.Changes', fields, optional);
const Frame = frame('acme.Changes', fields, optional);

const member = fc.oneof(
  fc.constantFrom<unknown>('1.5', 'x', null, -1, 7, '', undefined, [], {}),
  fc.record({ p: fc.constantFrom('1', null, 2), s: fc.constantFrom('a', null, 1) }),
);
const keys = ['s', 'T', 'p', 'n', 'any', 'none', 'inner', 'more', '__proto__', 'toString'];
const value = fc.oneof(
  { weight: 9, arbitrary: fc.dictionary(fc.constantFrom(...keys), member).map((made) => ({ s: 'BTC', ...made })) },
  { weight: 1, arbitrary: fc.anything() },
);
const said = (codec: t.Decoder<unknown, unknown>, u: unknown): unknown => {
  const result = codec.decode(u);
  return result._tag === 'Left' ? pathOf(result.left) : [result.right, result.right === u];
};

describe('changeFrame', () => {
  it('decodes and refuses as frame does, whatever is there', () => {
    const [one, other] = [tryDecodeOf(Changes), tryDecodeOf(Frame)];
    let read = 0;
    fc.assert(
      fc.property(value, (u) => {
        const expected = said(Frame, u);
        if (Array.isArray(expected)) read += 1;

        expect(said(Changes, u)).toEqual(expected);
        expect(one(u)).toEqual(other(u));
      }),
      { numRuns: 2_000 },
    );
    expect(read).toBeGreaterThan(200);
  });

  it('takes null for nothing, where a codec would know it, too', () => {
    const told = { s: 'BTC', any: null, none: null, n: null };

    expect(said(Changes, told)).toEqual([{ s: 'BTC', any: undefined, none: undefined, n: undefined }, false]);
  });
});
