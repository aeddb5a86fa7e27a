import { Subscription } from 'rxjs';
import { LifeSigns } from '../../../lib/socket/session/lifeSigns.js';
import { Clock } from '../../support/fakeVenue.js';

/** Signs of a wire whose other side answers a ping so many ms later; at once within the sending of it; or never. */
function watched(answersAfter: number | 'at once' | 'never' | 'cannot be asked') {
  const clock = new Clock();
  const timers = new Subscription();
  const told: string[] = [];
  let asked = 0;
  const signs: LifeSigns = new LifeSigns({
    silence: () => 1_000,
    probeWithin: 500,
    scheduler: clock,
    timers,
    ping: () => {
      if (answersAfter === 'cannot be asked') return false;
      asked += 1;
      if (answersAfter === 'at once') signs.hear();
      else if (answersAfter !== 'never') clock.schedule(() => signs.hear(), answersAfter);
      return true;
    },
    silent: (text) => {
      told.push(`${clock.now()} ${text}`);
      timers.unsubscribe();
    },
  });
  signs.watch();
  return { clock, signs, told, timers, asked: () => asked };
}

describe('LifeSigns', () => {
  it.each([
    ['at once', [], 6],
    [1, [], 3],
    [499, [], 3],
    [501, ['1500 no pong within 500 ms'], 1],
    ['never', ['1500 no pong within 500 ms'], 1],
    ['cannot be asked', ['1000 nothing within 1000 ms'], 0],
  ] as const)('of a side that answers %s', (answersAfter, expected, least) => {
    const { clock, told, asked } = watched(answersAfter);
    clock.advanceTo(10_000);
    expect(told).toEqual(expected);
    expect(asked()).toBeGreaterThanOrEqual(least);
  });

  it('holds a wire to one ping at a time, by hand too', () => {
    const { clock, signs, told, asked } = watched('never');
    clock.advanceTo(100);
    expect(signs.probe()).toBe(true);
    expect(signs.probe()).toBe(true);
    expect(asked()).toBe(1);
    clock.advanceTo(599);
    expect(told).toEqual([]);
    clock.advanceTo(600);
    expect(told).toEqual(['600 no pong within 500 ms']);
    expect(clock.timers).toBe(0);
  });

  it('asks nothing of a wire that is never silent', () => {
    const { clock, signs, asked } = watched('never');
    for (let time = 900; time <= 9_000; time += 900) {
      clock.advanceTo(time);
      signs.hear();
    }
    expect(asked()).toBe(0);
    expect(signs.heardAt).toBe(9_000);
  });
});
