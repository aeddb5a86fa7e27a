import fc from 'fast-check';
import { VirtualTimeScheduler, interval, take, timer } from 'rxjs';
import { PacedClock } from '../../lib/recording/pacedClock.js';
import { VirtualClock } from '../../lib/recording/virtualClock.js';

describe('VirtualClock', () => {
  const clock = (start = 0): VirtualClock => new VirtualClock(start, () => undefined);

  it('moves only when told, and runs what is due in order', () => {
    const time = clock(1_000.5);
    const seen: unknown[] = [];
    for (const ms of [30, 10, 20, 10]) time.schedule(() => seen.push([ms, time.now()]), ms);
    expect(seen).toEqual([]);
    time.runUntil(1_020.5);
    expect(seen).toEqual([
      [10, 1_010.5],
      [10, 1_010.5],
      [20, 1_020.5],
    ]);
    expect([time.now(), time.size, time.due]).toEqual([1_020.5, 1, 1_030.5]);
  });

  it('runs what is scheduled while it runs, if that is due too', () => {
    const time = clock();
    const seen: string[] = [];
    time.schedule(() => {
      seen.push('first');
      time.schedule(() => seen.push('second'));
      time.schedule(() => seen.push('late'), 11);
    }, 5);
    time.runUntil(10);
    expect(seen).toEqual(['first', 'second']);
  });

  it('serves timers and intervals of RxJS', () => {
    const time = clock(100);
    const seen: unknown[] = [];
    interval(10, time)
      .pipe(take(3))
      .subscribe((n) => seen.push([n, time.now()]));
    timer(5, 20, time)
      .pipe(take(2))
      .subscribe((n) => seen.push([`t${n}`, time.now()]));
    time.runUntil(1_000);
    expect(seen).toEqual([
      ['t0', 105],
      [0, 110],
      [1, 120],
      ['t1', 125],
      [2, 130],
    ]);
    expect(time.size).toBe(0);
  });

  it('never runs what is cancelled or endless, and forgets it', () => {
    const time = clock();
    const seen: string[] = [];
    time.schedule(() => seen.push('endless'), Infinity);
    time.schedule(() => seen.push('cancelled'), 5).unsubscribe();
    expect(time.size).toBe(0);
    time.runUntil(10);
    expect(seen).toEqual([]);
  });

  it('runs like the one of RxJS, whatever is scheduled and cancelled', () => {
    const step = fc.record({ delay: fc.nat(50), cancel: fc.option(fc.nat(200)), again: fc.option(fc.nat(50)) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const run = (time: VirtualClock | VirtualTimeScheduler, flush: () => void): unknown[] => {
          const seen: unknown[] = [];
          const tasks = steps.map(({ delay, again }, n) =>
            time.schedule<string>(
              function (name) {
                seen.push([name, time.now()]);
                if (again !== null && name === `${n}`) this.schedule(`${n} again`, again);
              },
              delay,
              `${n}`,
            ),
          );
          for (const { cancel } of steps) if (cancel !== null) tasks[cancel]?.unsubscribe();
          flush();
          return seen;
        };
        const ours = clock();
        const theirs = new VirtualTimeScheduler();
        expect(run(ours, () => ours.runUntil(1_000))).toEqual(run(theirs, () => theirs.flush()));
      }),
    );
  });

  it('keeps no trace of timers that are replaced again and again', () => {
    const time = clock();
    let timerOf = time.schedule(() => undefined, 60_000);
    for (let n = 0; n < 10_000; n++) {
      timerOf.unsubscribe();
      timerOf = time.schedule(() => undefined, 60_000);
    }
    expect(Reflect.get(time, 'heap')).toHaveProperty('length', expect.any(Number));
    expect((Reflect.get(time, 'heap') as unknown[]).length).toBeLessThan(200);
  });
});

describe('PacedClock', () => {
  it('shows its own time at its own pace, and stands while paused', () => {
    const host = new VirtualTimeScheduler();
    const clock = new PacedClock(5_000, 10, host);
    const seen: unknown[] = [];
    host.schedule(() => clock.begin(), 100);
    host.schedule(() => seen.push(clock.now()), 99);
    host.schedule(() => seen.push(clock.now()), 150);
    host.schedule(() => clock.pause(), 200);
    host.schedule(() => seen.push(clock.now()), 300);
    host.schedule(() => clock.begin(), 400);
    host.schedule(() => seen.push(clock.now()), 410);
    host.flush();
    expect(seen).toEqual([5_000, 5_500, 6_000, 6_100]);
  });

  it('scales timers and their repetitions', () => {
    const host = new VirtualTimeScheduler();
    const clock = new PacedClock(0, 4, host);
    const seen: number[] = [];
    interval(40, clock)
      .pipe(take(3))
      .subscribe(() => seen.push(host.now()));
    host.flush();
    expect(seen).toEqual([10, 20, 30]);
  });
});
