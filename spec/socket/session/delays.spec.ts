import * as fc from 'fast-check';
import { timer } from 'rxjs';
import { Delays, QUIET } from '../../../lib/socket/session/delays.js';
import { steady } from '../../../lib/time/steadyScheduler.js';
import { Clock } from '../../support/fakeVenue.js';

const HOUR = 3_600_000;

/** A venue whose clock is ahead of ours, and has been seen to be one. Times are told from now on. */
function rig(ahead = 0) {
  const clock = new Clock();
  const time = steady(clock);
  // One timer is always about, as on a wire that something comes on.
  const tick = (): void => {
    timer(500, time).subscribe(tick);
  };
  tick();
  const delays = new Delays(time, 2_000);
  for (let second = 0; second < 3; second += 1) {
    clock.advance(1_000);
    delays.of(clock.now() + ahead, clock.now());
  }
  const begin = clock.now() + ahead;
  return { clock, delays, of: (sent: number) => delays.of(begin + sent, clock.now()) };
}

describe('Delays', () => {
  it('tells how much later than the soonest each comes, whatever lies between the clocks', () => {
    const { clock, of } = rig(HOUR);
    clock.advance(100);
    expect(of(90)).toBe(10);
    clock.advance(100);
    expect(of(210)).toBe(0);
    expect(of(220)).toBe(0);
    clock.advance(3_000);
    expect(of(230)).toBe(2_990);
  });

  it('says nothing by a time that is not newer than all before, or that is none', () => {
    const { clock, of } = rig();
    clock.advance(50_000);
    expect(of(0)).toBeUndefined();
    expect(of(-1)).toBeUndefined();
    expect(of(NaN)).toBeUndefined();
    expect(of(1)).toBe(49_999);
  });

  it.each([
    ['that count', 100],
    ['of seconds', 1_000],
    ['that go much faster', 0.2],
  ])('says nothing by times %s, which are no clock', (_, slower) => {
    const clock = new Clock();
    const delays = new Delays(steady(clock), 2_000);
    for (let second = 1; second <= 600; second += 1) {
      clock.advance(second % 60 === 0 ? 30_000 : 1_000);
      expect(delays.of(clock.now() / slower, clock.now())).toBeUndefined();
    }
  });

  it('forgets the soonest after one to two minutes, as clocks drift apart', () => {
    const { clock, of } = rig();
    of(0);
    let latest: number | undefined;
    // The venue's clock is slower by 1 in 100: 10 ms a second.
    for (let second = 1; second <= 600; second += 1) {
      clock.advance(1_000);
      latest = of(second * 990);
      expect(latest).toBeLessThan(1_300);
    }
    expect(latest).toBeGreaterThan(500);
  });

  it('keeps the soonest as long as it is told to', () => {
    const { clock, delays, of } = rig();
    of(0);
    delays.keep();
    for (let second = 1; second <= 600; second += 1) {
      clock.advance(1_000);
      expect(of(second * 1_000 - 5_000)).toBe(second < 6 ? undefined : 5_000);
    }
    delays.renew();
    clock.advance(200_000);
    of(700_000);
    clock.advance(100_000);
    expect(of(800_000)).toBeLessThan(100_001);
  });

  it('is late by no setting of our clock, forward or back and to what it was', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.constantFrom(-HOUR, -40_000, 3_000, 40_000, HOUR)), {
          minLength: 1,
          maxLength: 6,
        }),
        (sets) => {
          const { clock, of } = rig();
          let venue = 0;
          const live = (steps: number): void => {
            for (let step = 0; step < steps; step += 1) {
              clock.advance(200);
              venue += 200;
              expect(of(venue) ?? 0).toBeLessThan(1_100);
            }
          };
          live(10);
          for (const [steps, by] of sets) {
            clock.adjust(by);
            live(steps);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is late by no setting of our clock while nothing comes and hardly a timer runs', () => {
    const sets = [-HOUR, -40_000, -15_000, 3_000, 15_000, 40_000, HOUR];
    const silence = fc.record({
      before: fc.integer({ min: 0, max: 60_000 }),
      after: fc.integer({ min: 0, max: 60_000 }),
      by: fc.constantFrom(...sets),
      // Of what else is waited for, if of anything.
      timer: fc.constantFrom(undefined, 1_000, 20_000, 45_000, 90_000),
      steps: fc.integer({ min: 1, max: 400 }),
    });
    fc.assert(
      fc.property(fc.array(silence, { minLength: 1, maxLength: 4 }), (silences) => {
        const clock = new Clock();
        const time = steady(clock);
        const delays = new Delays(time, 2_000);
        let latest = 0;
        const live = (steps: number): void => {
          const ticking = timer(0, 500, time).subscribe();
          for (let step = 0; step < steps; step += 1) {
            clock.advance(200);
            latest = Math.max(latest, delays.of(clock.frame, clock.now()) ?? 0);
          }
          // As `Lag` does for as long as something may come.
          clock.schedule(() => ticking.unsubscribe(), QUIET);
        };
        live(20);
        for (const { before, after, by, timer: ms, steps } of silences) {
          const waiting = ms === undefined ? undefined : timer(ms, time).subscribe();
          clock.advance(before);
          clock.adjust(by);
          clock.advance(after);
          live(steps);
          waiting?.unsubscribe();
        }
        expect(latest).toBeLessThan(2_000);
      }),
      { numRuns: 100 },
    );
  });

  it('finds what is late all the same where our clock was set', () => {
    for (const by of [-HOUR, -40_000, 40_000, HOUR]) {
      const { clock, of } = rig();
      clock.advance(200);
      of(200);
      clock.advance(200);
      clock.adjust(by);
      of(400);
      clock.advance(10_000);
      // Sent 4.6 s ago.
      expect(of(5_800)).toBeGreaterThan(3_500);
    }
  });

  it('is not blinded for longer than a minute or two by a time far ahead', () => {
    const { clock, of } = rig();
    of(0);
    of(HOUR * 1_000);
    let told = 0;
    for (let second = 1; second <= 130; second += 1) {
      clock.advance(1_000);
      if (of(second * 1_000) !== undefined) told += 1;
    }
    expect(told).toBeGreaterThan(5);
  });
});
