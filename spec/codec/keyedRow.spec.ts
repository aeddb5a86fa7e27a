import fc from 'fast-check';
import { frame } from '../../lib/codec/frame.js';
import { keyedRow } from '../../lib/codec/keyedRow.js';
import { LooseDecimal } from '../../lib/codec/looseDecimal.js';
import { orNone } from '../../lib/codec/orNone.js';
import { pathOf } from '../../lib/codec/path.js';
import { Id, Text } from '../../lib/codec/scalars.js';

const fields = { id: Id, price: LooseDecimal, note: orNone(Text) };

describe('keyedRow', () => {
  it('reads a row as the codec of a frame reads the object of its values', () => {
    const [row, whole] = [keyedRow('row', fields), frame('row', fields)];
    const cell = fc.constantFrom<unknown>('1.5', '', 'a', 1.5, 17, 2 ** 60, NaN, null, undefined, [], {});
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 4 }), (cells) => {
        const [id, price, note] = cells;
        const [read, expected] = [row.decode(cells), whole.decode({ id, price, note })];

        expect(read._tag).toBe(expected._tag);
        if (read._tag === 'Right' && expected._tag === 'Right') expect(read.right).toEqual(expected.right);
        if (read._tag === 'Left' && expected._tag === 'Left') expect(pathOf(read.left)).toBe(pathOf(expected.left));
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([undefined, null, {}, 'row'])('refuses %p, which is no row', (u) => {
    expect(keyedRow('row', fields).is(u)).toBe(false);
    expect(keyedRow('row', fields).decode(u)._tag).toBe('Left');
  });
});
