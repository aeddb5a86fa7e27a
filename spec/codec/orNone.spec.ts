import * as t from 'io-ts';
import { frame } from '../../lib/codec/frame.js';
import { LooseDecimal } from '../../lib/codec/looseDecimal.js';
import { orNone } from '../../lib/codec/orNone.js';
import { pathOf } from '../../lib/codec/path.js';

const Row = frame('acme.Row', { id: t.string }, { fee: orNone(LooseDecimal) });

describe('orNone', () => {
  it.each([
    [{ id: 'a' }, undefined],
    [{ id: 'a', fee: null }, undefined],
    [{ id: 'a', fee: undefined }, undefined],
    [{ id: 'a', fee: 0.5 }, '0.5'],
  ])('%j has the fee %p', (row, fee) => {
    const result = Row.decode(row);
    expect(result._tag === 'Right' && result.right.fee).toBe(fee);
  });

  it('is told by the name of what it holds', () => {
    const result = Row.decode({ id: 'a', fee: 'none' });
    expect(result._tag === 'Left' && pathOf(result.left)).toBe('acme.Row/fee: LooseDecimal');
  });

  it('encodes nothing as nothing', () => {
    expect([orNone(t.string).encode(undefined), orNone(t.string).encode('a')]).toEqual([undefined, 'a']);
    expect([orNone(t.string).is(undefined), orNone(t.string).is(null)]).toEqual([true, false]);
  });
});
