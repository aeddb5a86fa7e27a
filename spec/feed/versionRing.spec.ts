import { VersionRing } from '../../lib/feed/versionRing.js';
import { book, diff, liveState, snapshot, staleState } from '../../lib/testing/builders.js';

const version = (sequence: number) => book({ sequence });
const begins = (sequence: number) => ({
  state: liveState(version(sequence)),
  events: [snapshot({ sequence, bids: [['9', '1']], asks: [['11', '1']] })],
});
const goesOn = (sequence: number) => ({ state: liveState(version(sequence)), events: [diff()] });

describe('VersionRing', () => {
  it('remembers the last versions and the snapshot before them', () => {
    const ring = new VersionRing(3);
    [begins(1), goesOn(2), goesOn(3), goesOn(4)].forEach((update) => ring.note(update));
    expect([1, 2, 3, 4, 5].map((n) => ring.at(n)?.sequence)).toEqual([undefined, 2, 3, 4, undefined]);
    expect(ring.newest?.sequence).toBe(4);
    expect(ring.oldest?.sequence).toBe(2);
    expect(ring.begun).toEqual(begins(1).events[0]);
  });

  it('forgets all of it when the book is not live, or begins anew', () => {
    const ring = new VersionRing(3);
    ring.note(begins(1));
    ring.note({ state: staleState(version(1)), events: [] });
    expect([ring.at(1), ring.newest, ring.oldest, ring.begun]).toEqual([undefined, undefined, undefined, undefined]);
    ring.note(begins(5));
    ring.note(begins(7));
    expect([ring.at(5), ring.at(7)?.sequence]).toEqual([undefined, 7]);
  });

  it('keeps it through a silence', () => {
    const ring = new VersionRing(3);
    ring.note(begins(1));
    ring.note({ state: staleState(version(1), { reason: 'silent' }), events: [] });
    ring.note(goesOn(2));
    expect([ring.at(1)?.sequence, ring.begun]).toEqual([1, begins(1).events[0]]);
  });
});
