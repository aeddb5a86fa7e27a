import type { Fault } from '../../lib/model/fault.js';
import { diff } from '../../lib/testing/builders.js';
import { Clock, FakeVenue, Seen, fakeChannel, fakeHub, fakePlan, told } from '../support/fakeVenue.js';

/** What was told, diffs aside. */
const words = (seen: Seen<Parameters<typeof told>[0]>) =>
  seen.values.filter(({ type }) => type !== 'message').map(told);

function rig(maxLag = 2_000) {
  const clock = new Clock();
  const venue = new FakeVenue(clock, { greets: false });
  const hub = fakeHub(venue, { maxLag });
  const faults = new Seen<Fault>(hub.faults$);
  const a = new Seen(hub.channel(fakeChannel('a')));
  const b = new Seen(hub.channel(fakeChannel('b')));
  clock.advance(100);
  return {
    clock,
    venue,
    hub,
    faults,
    a,
    b,
    /** A diff each tenth of a second, sent so many ms ago. */
    hear: (ms: number, ago: number, key = 'a') => {
      for (let passed = 0; passed < ms; passed += 100) {
        clock.advance(100);
        venue.publish(key, diff({ venueTime: clock.now() - ago }));
      }
    },
  };
}

describe('a wire that brings what is old', () => {
  it('is told to each of its channels ahead of the message that shows it, and as a fault', () => {
    const { hear, a, b, faults } = rig();
    hear(5_000, 50);
    const before = a.values.length;
    hear(4_000, 3_550);
    const since = a.values.slice(before).map(({ type }) => type);
    const first = since.indexOf('late');
    // Those that are no newer than what came before show nothing.
    expect(first).toBeGreaterThan(0);
    expect(since[first + 1]).toBe('message');
    expect(words(a)).toEqual(['begun', 'confirmed', 'late']);
    expect(words(b)).toEqual(['begun', 'confirmed', 'late']);
    expect(faults.values).toEqual([
      { type: 'lag', wire: 'main#1', ms: 3_500, venue: 'fake', at: expect.any(Number), message: expect.any(String) },
    ]);
    hear(4_000, 50);
    expect(words(a)).toEqual(['begun', 'confirmed', 'late', 'in time']);
    expect(words(b)).toEqual(['begun', 'confirmed', 'late', 'in time']);
    expect(faults.values).toHaveLength(1);
  });

  it('is told to whoever comes meanwhile: to a further observer, and to a further channel', () => {
    const { hear, hub, clock } = rig();
    hear(5_000, 50);
    hear(4_000, 3_550);
    expect(words(new Seen(hub.channel(fakeChannel('a'))))).toEqual(['begun', 'confirmed', 'late']);
    const c = new Seen(hub.channel(fakeChannel('c')));
    clock.advance(100);
    expect(words(c)).toEqual(['begun', 'late', 'confirmed']);
    hear(4_000, 50);
    expect(words(new Seen(hub.channel(fakeChannel('a'))))).toEqual(['begun', 'confirmed']);
  });

  it('begins anew in time after its session', () => {
    const { hear, venue, clock, a } = rig();
    hear(5_000, 50);
    hear(4_000, 3_550);
    venue.wires[0]?.break();
    clock.advance(2_000);
    hear(5_000, 3_550);
    expect(words(a)).toEqual(['begun', 'confirmed', 'late', 'lost failed', 'begun', 'confirmed']);
  });

  it('is opened anew after a minute of that, and not more often', () => {
    const { hear, venue, a } = rig();
    hear(5_000, 50);
    hear(75_000, 10_000);
    expect(venue.wires).toHaveLength(2);
    expect(words(a)).toEqual(['begun', 'confirmed', 'late', 'lost lagging', 'begun', 'confirmed']);
  });

  it('may be as late as it likes where nobody minds', () => {
    const { hear, a, faults } = rig(Infinity);
    hear(5_000, 50);
    hear(75_000, 10_000);
    expect(words(a)).toEqual(['begun', 'confirmed']);
    expect(faults.values).toEqual([]);
  });

  it('is not known by times that are of what the messages hold', () => {
    const clock = new Clock();
    const venue = new FakeVenue(clock, { greets: false });
    const hub = fakeHub(venue);
    const a = new Seen(hub.channel({ ...fakeChannel('a'), isTimedByContent: true }));
    clock.advance(100);
    for (let passed = 0; passed < 9_000; passed += 100) {
      clock.advance(100);
      venue.publish('a', diff({ venueTime: clock.now() - (passed < 5_000 ? 0 : 3_500) }));
    }
    expect(words(a)).toEqual(['begun', 'confirmed']);
  });

  it('has only its own channels late, not those of another wire', () => {
    const clock = new Clock();
    const venue = new FakeVenue(clock, { greets: false });
    const hub = fakeHub(venue, { plan: fakePlan({ groups: ['main', 'side'] }) });
    const a = new Seen(hub.channel(fakeChannel('a')));
    const b = new Seen(hub.channel(fakeChannel('b', 'side')));
    clock.advance(100);
    for (let passed = 0; passed < 9_000; passed += 100) {
      clock.advance(100);
      venue.publish('a', diff({ venueTime: clock.now() - (passed < 5_000 ? 0 : 3_500) }));
      venue.publish('b', diff({ venueTime: clock.now() }));
    }
    expect(words(a)).toContain('late');
    expect(words(b)).not.toContain('late');
  });
});
