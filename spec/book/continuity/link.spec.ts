import fc from 'fast-check';
import { linkRule } from '../../../lib/book/continuity/link.js';
import { diff } from '../../../lib/testing/builders.js';

const link = (previousSequence: number, firstSequence: number, lastSequence: number) =>
  diff({ previousSequence, firstSequence, lastSequence });

describe('linkRule', () => {
  it.each([
    ['SUSHIUSDT spans the snapshot', 600859605926, link(600859604824, 600859605926, 600859607423), 'joins'],
    ['AKROUSDT, one older', 600859605486, link(600859590000, 600859595000, 600859599831), 'stale'],
    ['AKROUSDT ends at it', 600859605486, link(600859599831, 600859603597, 600859605486), 'joins'],
    ['AKROUSDT links to it', 600859605486, link(600859605486, 600859609657, 600859609902), 'joins'],
    ['CTKUSDT ends at it', 600859618836, link(600859616469, 600859617271, 600859618836), 'joins'],
    ['CTKUSDT links to it', 600859618836, link(600859618836, 600859623471, 600859623471), 'joins'],
    ['the snapshot lies between the link and the first', 10, link(8, 12, 14), 'joins'],
    ['one links past the snapshot', 10, link(11, 12, 14), 'ahead'],
    ['the event that begins a new listing', -1, link(-1, 12, 14), 'joins'],
    ['a later event of a new listing', -1, link(11, 12, 14), 'ahead'],
    ['a venue begins anew from the snapshot', 15, link(15, 3, 3), 'joins'],
    ['one without a link', 10, diff({ firstSequence: 10, lastSequence: 11 }), 'ahead'],
  ])('joins: %s', (_, sequence, event, expected) => {
    expect(linkRule.join({ sequence }, event)).toBe(expected);
  });

  it.each([
    ['linked, however far', 10, link(10, 500, 510), 'next'],
    ['linked, nothing new (keepalive)', 15, link(15, 15, 15), 'next'],
    ['linked, numbers begin anew', 15, link(15, 3, 3), 'next'],
    ['linked after that', 3, link(3, 5, 5), 'next'],
    ['a repeat', 10, link(5, 8, 10), 'stale'],
    ['overtaken', 10, link(3, 4, 5), 'stale'],
    ['linked to one that was lost', 10, link(12, 14, 16), 'gap'],
    ['linked to an older one', 10, link(8, 9, 12), 'gap'],
    ['without a link', 10, diff({ firstSequence: 11, lastSequence: 11 }), 'gap'],
  ])('continues: %s', (_, sequence, event, expected) => {
    expect(linkRule.next({ sequence }, event)).toBe(expected);
  });

  const stream = fc
    .tuple(fc.nat(1e13), fc.array(fc.tuple(fc.nat(50), fc.nat(5)), { minLength: 2, maxLength: 30 }))
    .map(([start, jumps]) => {
      let last = start;
      return jumps.map(([jump, length]) => {
        const previous = last;
        const first = last + 1 + jump;
        last = first + length;
        return link(previous, first, last);
      });
    });

  it('finds where any snapshot within a stream of jumping numbers joins, and follows from there', () => {
    fc.assert(
      fc.property(stream, fc.nat(2_000), (events, offset) => {
        const start = events[0]?.previousSequence ?? 0;
        const sequence = Math.min(start + offset, events.at(-1)?.lastSequence ?? 0);
        const joining = events.map((event) => linkRule.join({ sequence }, event));
        const from = joining.indexOf('joins');
        expect(joining.slice(0, from)).toEqual(joining.slice(0, from).map(() => 'stale'));
        expect(events[from]?.lastSequence).toBeGreaterThanOrEqual(sequence);
        expect(events[from]?.previousSequence).toBeLessThanOrEqual(sequence);
        events.slice(from + 1).forEach((event, i) => {
          expect(linkRule.next({ sequence: events[from + i]?.lastSequence }, event)).toBe('next');
        });
      }),
    );
  });

  it('sees any loss at the next event, and any repeat as stale', () => {
    fc.assert(
      fc.property(stream, fc.nat(), (events, at) => {
        const lost = events[at % (events.length - 1)] ?? diff();
        const after = events[(at % (events.length - 1)) + 1] ?? diff();
        expect(linkRule.next({ sequence: lost.previousSequence }, after)).toBe('gap');
        expect(linkRule.join({ sequence: lost.previousSequence }, after)).toBe('ahead');
        expect(linkRule.next({ sequence: after.lastSequence }, lost)).toBe('stale');
        expect(linkRule.next({ sequence: after.lastSequence }, after)).toBe('stale');
      }),
    );
  });
});
