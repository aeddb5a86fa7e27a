import fc from 'fast-check';
import * as t from 'io-ts';
import { Decimal } from '../../lib/codec/decimal.js';
import { DecimalText } from '../../lib/codec/decimalText.js';
import { frame } from '../../lib/codec/frame.js';
import { U64 } from '../../lib/codec/integers.js';
import { IsoTime } from '../../lib/codec/isoTime.js';
import { keyedRow } from '../../lib/codec/keyedRow.js';
import { levelRecords } from '../../lib/codec/levelRecords.js';
import { Levels } from '../../lib/codec/levels.js';
import { list } from '../../lib/codec/list.js';
import { LooseDecimal } from '../../lib/codec/looseDecimal.js';
import { orNone } from '../../lib/codec/orNone.js';
import { Id, Millis, Sequence, Text } from '../../lib/codec/scalars.js';
import { orUnread } from '../../lib/codec/sparing.js';
import { REFUSED, tryDecodeOf } from '../../lib/codec/fastType.js';

const Row = frame('Row', { i: Id, p: DecimalText, s: Sequence }, { t: IsoTime });
const codecs: readonly t.Mixed[] = [
  Text, Millis, Sequence, Id, Decimal, DecimalText, LooseDecimal, U64, IsoTime, Levels, Row, list(Row), list(Text),
  orNone(Decimal), orUnread(Id), levelRecords({ price: 'p', size: 's' }), t.boolean, t.literal('a'), t.keyof({ a: null, b: null }),
  keyedRow('Keyed', { a: Id, b: Decimal, c: orNone(Text) }), t.tuple([Text, Decimal]), t.tuple([Text, Text]), t.union([Decimal, Row]),
  t.union([frame('A', { type: t.literal('a'), i: Id }), frame('B', { type: t.literal('b'), i: Decimal })]), t.array(Id),
]; // prettier-ignore

const scalar = fc.oneof(
  fc.constantFrom(
    '1',
    '0',
    '-1',
    '1.50',
    '1.',
    '.5',
    '1e5',
    '',
    'a',
    'b',
    '2026-08-12T19:28:44.084Z',
    '18446744073709551615',
  ),
  fc.constantFrom<unknown>(0, 1, -1, 1.5, 1e-9, 2 ** 60, NaN, null, undefined, true),
);
const row = fc.record(
  { i: scalar, p: scalar, s: scalar, t: scalar, type: fc.constantFrom('a', 'b', 'c') },
  { requiredKeys: [] },
);
const value = fc.oneof(scalar, row, fc.array(row, { maxLength: 3 }), fc.array(scalar, { maxLength: 4 }), fc.array(fc.array(scalar, { maxLength: 3 }), { maxLength: 3 }), fc.anything()); // prettier-ignore

describe('tryDecodeOf', () => {
  it('reads what each codec decodes, to the same, and refuses what it refuses', () => {
    fc.assert(
      fc.property(value, fc.constantFrom(...codecs), (u, codec) => {
        const decoded = codec.decode(u);
        const read: unknown = tryDecodeOf(codec)(u);
        if (decoded._tag === 'Right') expect(read).toEqual(decoded.right);
        else expect(read).toBe(REFUSED);
      }),
      { numRuns: 2_000 },
    );
  });
});
