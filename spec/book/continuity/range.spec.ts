import fc from 'fast-check';
import { rangeRule } from '../../../lib/book/continuity/range.js';
import { diff } from '../../../lib/testing/builders.js';

const range = (firstSequence: number, lastSequence: number) => diff({ firstSequence, lastSequence });

describe('rangeRule', () => {
  it.each([
    ['NKNUSDT, the event that ends at the snapshot', 499869752, range(499869750, 499869752), 'stale'],
    ['NKNUSDT, the event after it', 499869752, range(499869753, 499869754), 'joins'],
    ['LRCBTC, the event that ends at the snapshot', 259345543, range(259345540, 259345543), 'stale'],
    ['LRCBTC, the event after it', 259345543, range(259345544, 259345545), 'joins'],
    ['one that spans the snapshot', 10, range(8, 12), 'joins'],
    ['one that begins right behind it', 10, range(11, 11), 'joins'],
    ['one that leaves a change out', 10, range(12, 14), 'ahead'],
    ['the event that begins a new listing', -1, range(1, 3), 'joins'],
    ['a later event of a new listing', -1, range(500, 510), 'ahead'],
    ['one without numbers', 10, diff(), 'ahead'],
  ])('joins: %s', (_, sequence, event, expected) => {
    expect(rangeRule.join({ sequence }, event)).toBe(expected);
  });

  it.each([
    ['the one after', 10, range(11, 12), 'next'],
    ['an overlap that brings something new', 10, range(9, 11), 'next'],
    ['a repeat', 10, range(9, 10), 'stale'],
    ['one that was overtaken', 10, range(3, 4), 'stale'],
    ['one too far', 10, range(12, 12), 'gap'],
    ['one without numbers', 10, diff(), 'gap'],
  ])('continues: %s', (_, sequence, event, expected) => {
    expect(rangeRule.next({ sequence }, event)).toBe(expected);
  });

  it('joins nothing to a snapshot without a sequence', () => {
    expect(rangeRule.join({}, range(1, 2))).toBe('ahead');
  });

  const stream = fc
    .tuple(fc.nat(1e13), fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 30 }))
    .map(([start, lengths]) => {
      let last = start;
      return lengths.map((length) => range(last + 1, (last += length)));
    });

  it('splits any stream at any snapshot within it into the stale, the one that joins, and what follows', () => {
    fc.assert(
      fc.property(stream, fc.nat(200), (events, offset) => {
        const first = events[0]?.firstSequence ?? 0;
        const sequence = Math.min(first - 1 + offset, events.at(-1)?.lastSequence ?? 0);
        const joining = events.map((event) => rangeRule.join({ sequence }, event));
        const from = events.filter(({ lastSequence = 0 }) => lastSequence <= sequence).length;
        expect(joining.slice(0, from)).toEqual(events.slice(0, from).map(() => 'stale'));
        if (from < events.length) expect(joining[from]).toBe('joins');
        events.slice(from + 1).forEach((event, i) => {
          expect(rangeRule.next({ sequence: events[from + i]?.lastSequence }, event)).toBe('next');
        });
      }),
    );
  });

  it('sees any loss at the next event, and any repeat as stale', () => {
    fc.assert(
      fc.property(stream, fc.nat(), (events, at) => {
        const lost = at % (events.length - 1);
        const before = events[lost]?.firstSequence ?? 0;
        const after = events[lost + 1] ?? diff();
        expect(rangeRule.next({ sequence: before - 1 }, after)).toBe('gap');
        expect(rangeRule.join({ sequence: before - 1 }, after)).toBe('ahead');
        expect(rangeRule.next({ sequence: after.lastSequence }, events[lost] ?? diff())).toBe('stale');
        expect(rangeRule.next({ sequence: after.lastSequence }, after)).toBe('stale');
      }),
    );
  });
});
