import { asyncScheduler, interval, take, timer } from 'rxjs';
import { SteadyScheduler, steady } from '../../lib/time/steadyScheduler.js';
import { Clock } from '../support/fakeVenue.js';

const HOUR = 3_600_000;

describe('SteadyScheduler', () => {
  it.each([-HOUR, -30_000, 30_000, HOUR])(
    'knows what has passed though the clock is set by %d ms while it waits',
    (by) => {
      const clock = new Clock();
      const time = steady(clock);
      const begun = time.elapsed();
      timer(40_000, time).subscribe();
      clock.advance(20_000);
      clock.adjust(by);
      clock.advance(20_000);

      expect(time.elapsed() - begun).toBe(40_000);
      expect(time.now()).toBe(40_000 + by);
    },
  );

  it('knows by the steady clock of a platform that it was held up, and that its clock was set', () => {
    const clock = new Clock();
    let vouched = 0;
    const time = new SteadyScheduler(clock, () => clock.frame + vouched);
    timer(500, time).subscribe();
    clock.advance(100);
    const begun = time.elapsed();
    clock.adjust(20_000);
    vouched += 20_000;
    expect(time.elapsed() - begun).toBe(20_000);
    clock.adjust(20_000);
    expect(time.elapsed() - begun).toBe(20_000);
    clock.adjust(-HOUR);
    clock.advance(100);
    expect(time.elapsed() - begun).toBeLessThanOrEqual(20_100);
  });

  it.each([-365 * 24 * HOUR, -HOUR, -30_000, -500, 500, 2_000, 30_000, HOUR, 365 * 24 * HOUR])(
    'knows by the steady clock of a platform what has passed where nobody waits and the clock is set by %d ms',
    (by) => {
      const clock = new Clock();
      const time = new SteadyScheduler(clock, () => clock.frame);
      const begun = time.elapsed();
      clock.advance(20_000);
      clock.adjust(by);
      clock.advance(20_000);
      expect(time.elapsed() - begun).toBe(40_000);
    },
  );

  it.each([0.05, 0.3, 0.7, 1, 3.3])(
    'counts no time twice where the clock tells whole ms and the steady clock parts of them, read every %d ms',
    (every) => {
      const clock = new Clock();
      let passed = 0;
      jest.spyOn(clock, 'now').mockImplementation(() => Math.floor(passed));
      const time = new SteadyScheduler(clock, () => passed);
      for (let read = 0; read < 10_000; read += 1) {
        passed += every;
        expect(time.elapsed()).toBeCloseTo(passed, 6);
      }
    },
  );

  it('never goes back, and goes on where the clock was set back with no timer about', () => {
    const clock = new Clock();
    const time = steady(clock);
    clock.advance(1_000);
    const before = time.elapsed();
    clock.adjust(-HOUR);
    expect(time.elapsed()).toBe(before);
    clock.advance(500);
    expect(time.elapsed()).toBe(before + 500);
  });

  it('keeps a wait whole that is longer than the longest timer of a platform, and never ends an endless one', () => {
    const clock = new Clock();
    const time = steady(clock);
    const longest: number[] = [];
    const schedule = clock.schedule.bind(clock);
    jest.spyOn(clock, 'schedule').mockImplementation((work, delay, state) => {
      longest.push(delay ?? 0);
      return schedule(work, delay, state as never);
    });
    const told: number[] = [];
    timer(5 * 2 ** 31, time).subscribe(() => told.push(clock.now()));
    timer(Infinity, time).subscribe(() => told.push(NaN));
    clock.advance(5 * 2 ** 31 - 1);
    expect(told).toEqual([]);
    clock.advance(1);
    expect(told).toEqual([5 * 2 ** 31]);
    expect(Math.max(...longest)).toBeLessThan(2 ** 31);
    expect(clock.timers).toBe(0);
  });

  // As a wait that somebody else's error or random number asks for.
  it.each([NaN, -1, -Infinity, 0])('waits for nothing where a wait is %d, and goes on counting', (wait) => {
    const clock = new Clock();
    const time = steady(clock);
    const seen: number[] = [];
    timer(wait, time).subscribe(() => seen.push(time.elapsed()));
    clock.advance(1);
    timer(50, time).subscribe(() => seen.push(time.elapsed()));
    clock.advance(100);

    expect(seen).toEqual([0, 51]);
  });

  it('leaves no timer behind, and none of a long wait', () => {
    const clock = new Clock();
    const time = steady(clock);
    const waits = [timer(10, time), timer(2 ** 40, time), interval(2 ** 28, time)].map((source) => source.subscribe());
    clock.advance(2 ** 32);
    for (const wait of waits) wait.unsubscribe();
    expect(clock.timers).toBe(0);
  });

  it('repeats as the scheduler it stands for does', () => {
    const clock = new Clock();
    const told: number[] = [];
    interval(10, steady(clock))
      .pipe(take(3))
      .subscribe(() => told.push(clock.now()));
    clock.advance(100);
    expect(told).toEqual([10, 20, 30]);
    expect(clock.timers).toBe(0);
  });

  it('is one for all who are given it', () => {
    const time = steady(asyncScheduler);
    expect(steady(time)).toBe(time);
  });
});
