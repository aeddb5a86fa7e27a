import fc from 'fast-check';
import { driftOf, reachOf } from '../../lib/book/drift.js';
import { book, level, snapshot, type LevelLike } from '../../lib/testing/builders.js';

const EVERYTHING = { bid: undefined, ask: undefined };

describe('driftOf', () => {
  const known = snapshot({
    bids: [
      ['10', '1'],
      ['9', '2'],
      ['8', '3'],
    ],
    asks: [
      ['11', '1'],
      ['12', '2'],
    ],
  });
  const drift = (
    bids: readonly LevelLike[],
    asks: readonly LevelLike[] = [
      ['11', '1'],
      ['12', '2'],
    ],
  ) => driftOf(book(known), snapshot({ bids, asks }), reachOf(known));

  it.each<[string, readonly LevelLike[], number]>([
    [
      'the same',
      [
        ['10', '1'],
        ['9', '2'],
        ['8', '3'],
      ],
      0,
    ],
    [
      'the same in other words',
      [
        ['10.0', '1.00'],
        ['9.0', '2'],
        ['8', '3.0'],
      ],
      0,
    ],
    [
      'another size',
      [
        ['10', '1'],
        ['9', '2.5'],
        ['8', '3'],
      ],
      1,
    ],
    [
      'a level more',
      [
        ['10', '1'],
        ['9.5', '1'],
        ['9', '2'],
        ['8', '3'],
      ],
      1,
    ],
    [
      'a level less',
      [
        ['10', '1'],
        ['8', '3'],
      ],
      1,
    ],
    [
      'a level at another price',
      [
        ['10', '1'],
        ['9.1', '2'],
        ['8', '3'],
      ],
      2,
    ],
    [
      'a snapshot that reaches less far',
      [
        ['10', '1'],
        ['9', '2'],
      ],
      0,
    ],
    [
      'levels the book never knew of',
      [
        ['10', '1'],
        ['9', '2'],
        ['8', '3'],
        ['7', '4'],
      ],
      0,
    ],
    [
      'a level gone at the end of the reach',
      [
        ['10', '1'],
        ['9', '2'],
        ['7', '4'],
      ],
      1,
    ],
    ['an empty side', [], 3],
  ])('%s', (_, bids, expected) => {
    expect(drift(bids)).toBe(expected);
  });

  it('compares asks likewise', () => {
    expect(
      drift(
        [...known.bids],
        [
          ['11', '2'],
          ['11.5', '1'],
          ['12', '2'],
        ],
      ),
    ).toBe(2);
    expect(
      drift(
        [...known.bids],
        [
          ['11', '1'],
          ['12', '2'],
          ['13', '2'],
        ],
      ),
    ).toBe(0);
  });

  it('counts the levels that two books differ in, where everything is known', () => {
    const side = fc.dictionary(fc.integer({ min: 1, max: 30 }).map(String), fc.integer({ min: 1, max: 3 }).map(String));
    fc.assert(
      fc.property(side, side, (ours, theirs) => {
        const theirBids = Object.entries(theirs);
        fc.pre(theirBids.length > 0);
        const worst = Math.min(...theirBids.map(([price]) => Number(price)));
        const prices = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].filter((p) => Number(p) >= worst);
        const expected = prices.filter((price) => ours[price] !== theirs[price]).length;
        expect(driftOf(book({ bids: Object.entries(ours) }), snapshot({ bids: theirBids }), EVERYTHING)).toBe(expected);
      }),
    );
  });
});

describe('reachOf', () => {
  it('is the worst price of each side, in whatever order they stand', () => {
    const told = snapshot({
      bids: [
        ['8', '1'],
        ['10', '1'],
      ],
      asks: [
        ['11', '1'],
        ['13', '1'],
        ['12', '1'],
      ],
    });
    expect(reachOf(told)).toEqual({ bid: level('8', '1'), ask: level('13', '1') });
    expect(reachOf(snapshot())).toEqual({ bid: undefined, ask: undefined });
  });
});
