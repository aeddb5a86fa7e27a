import * as t from 'io-ts';
import { frame } from '../../lib/codec/frame.js';
import { list } from '../../lib/codec/list.js';
import { pathOf } from '../../lib/codec/path.js';
import { Id } from '../../lib/codec/scalars.js';

const Rows = list(frame('acme.Row', { id: Id }), 'Rows');
const Frame = frame('acme.Frame', { rows: Rows });

describe('list', () => {
  it('reads as an array does, and encodes', () => {
    const result = Rows.decode([{ id: 1 }, { id: 'b' }]);
    expect(result).toMatchObject({ right: [{ id: '1' }, { id: 'b' }] });
    expect([Rows.is([{ id: 'a' }]), Rows.is([{ id: 1 }]), Rows.is({})]).toEqual([true, false, false]);
    expect(Rows.encode([{ id: 'a' }])).toEqual([{ id: 'a' }]);
  });

  it('refuses what is none, and tells of the first wrong item only, by the same path', () => {
    const array = frame('acme.Frame', { rows: t.readonlyArray(frame('acme.Row', { id: Id }), 'Rows') });
    const bad = { rows: [{ id: 'a' }, {}, {}] };
    const [mine, theirs] = [Frame, array].map((codec) => {
      const result = codec.decode(bad);
      return result._tag === 'Left' ? [pathOf(result.left), result.left.length] : 'read';
    });
    expect(mine).toEqual(['acme.Frame/rows: Rows/1: acme.Row/id: Id', 1]);
    expect(theirs).toEqual(['acme.Frame/rows: Rows/1: acme.Row/id: Id', 2]);
    expect(Frame.decode({ rows: {} })).toMatchObject({ _tag: 'Left' });
  });
});
