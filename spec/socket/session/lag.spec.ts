import { Subscription } from 'rxjs';
import { Lag } from '../../../lib/socket/session/lag.js';
import { SteadyScheduler } from '../../../lib/time/steadyScheduler.js';
import { Clock } from '../../support/fakeVenue.js';

/** A wire on which something comes every so often; and a platform that may be held up. */
function rig(maxLag = 2_000) {
  const clock = new Clock();
  let heldUp = 0;
  // Held up for a while: both clocks of the platform go on, no timer fires.
  const time = new SteadyScheduler(clock, () => clock.frame + heldUp);
  const told: string[] = [];
  const timers = new Subscription();
  const lag = new Lag({
    maxLag,
    scheduler: time,
    timers,
    changed: (ms) => {
      told.push(ms === undefined ? 'in time' : `late ${ms}`);
    },
    tooLong: (ms) => {
      told.push(`too long ${ms}`);
    },
  });
  return {
    clock,
    told,
    timers,
    lag,
    holdUp: (ms: number) => {
      heldUp += ms;
      clock.adjust(ms);
    },
    /** A frame a tenth of a second. */
    hear: (ms: number, sent?: (at: number) => number) => {
      for (let passed = 0; passed < ms; passed += 100) {
        clock.advance(100);
        lag.hear(clock.now());
        if (sent !== undefined) lag.sent(sent(clock.now()), clock.now());
      }
    },
  };
}

describe('Lag', () => {
  it('tells once that messages come late, and once that they come in time again', () => {
    const { hear, told } = rig();
    hear(5_000, (at) => at - 50);
    hear(4_000, (at) => at - 3_050);
    expect(told).toEqual(['late 3000']);
    hear(3_000, (at) => at - 1_500);
    expect(told).toEqual(['late 3000']);
    hear(200, (at) => at - 1_050);
    expect(told).toEqual(['late 3000', 'in time']);
  });

  it('stays late however long that is, until what waits on the wire is given up after a minute', () => {
    const { hear, told } = rig();
    hear(5_000, (at) => at);
    // Those of the first five seconds are no news.
    hear(64_000, (at) => at - 5_000);
    expect(told).toEqual(['late 5000']);
    hear(3_000, (at) => at - 5_000);
    expect(told[1]).toBe('too long 5000');
  });

  it('is in time again where nothing comes any more for ten seconds', () => {
    const { hear, clock, told } = rig();
    hear(5_000, (at) => at);
    hear(500, (at) => at - 5_000 + 400);
    clock.advance(9_000);
    expect(told).toHaveLength(0);
    hear(6_000, (at) => at - 5_000);
    expect(told).toEqual(['late 5000']);
    clock.advance(12_000);
    expect(told).toEqual(['late 5000', 'in time']);
    expect(clock.timers).toBe(0);
  });

  it('tells that the process was held up, before anything that waited is read', () => {
    const { hear, holdUp, lag, clock, told } = rig();
    hear(1_000);
    holdUp(5_000);
    lag.hear(clock.now());
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^late 4[5-9]\d\d$/);
    // What waited is read until a timer is in time.
    hear(200);
    expect(told).toHaveLength(1);
    hear(1_000);
    expect(told[1]).toBe('in time');
  });

  it('tells so by the timer where nothing waited, and by the times of messages whether it has caught up', () => {
    const { hear, holdUp, lag, clock, told } = rig();
    hear(3_000, (at) => at);
    holdUp(5_000);
    clock.advance(500);
    expect(told).toHaveLength(1);
    lag.hear(clock.now());
    lag.sent(clock.now() - 4_000, clock.now());
    clock.advance(3_000);
    expect(told).toHaveLength(1);
    hear(100, (at) => at);
    expect(told[1]).toBe('in time');
  });

  it.each([-3_600_000, -5_000, 5_000, 3_600_000])('is late by no clock that is set by %d ms', (by) => {
    for (const sent of [undefined, (at: number) => at]) {
      const { hear, clock, told } = rig();
      let apart = 0;
      const truly = sent && ((at: number) => at - apart);
      hear(2_000, truly);
      clock.adjust(by);
      apart += by;
      hear(10_000, truly);
      clock.adjust(-by);
      apart -= by;
      hear(10_000, truly);
      expect(told).toEqual([]);
    }
  });

  it('is late by no times of a venue that are coarse, stand still, go back or are far off', () => {
    const wrong: ((at: number) => number)[] = [
      (at) => Math.floor(at / 1_000) * 1_000,
      () => 1,
      (at) => -at,
      (at) => at * 2,
      (at) => at * 5,
      (at) => at / 1_000,
      // As of one who counts where others tell the time, and counts on after a pause.
      (at) => (at < 100_000 ? 1e12 + at / 100 : 1e12 + 60_000 + at / 100),
      (at) => (at % 700 === 0 ? at + 1e12 : at),
      (at) => (at % 300 === 0 ? at - 60_000 : at),
    ];
    for (const sent of wrong) {
      const { hear, told } = rig();
      hear(200_000, sent);
      expect(told).toEqual([]);
    }
  });

  it('has a wire opened anew whose venue set its clock back, rather than be late for ever', () => {
    const { hear, told } = rig();
    hear(5_000, (at) => at);
    hear(200_000, (at) => at - 10_000);
    expect(told.slice(0, 2)).toEqual(['late 10000', 'too long 10000']);
  });

  it('looks at nothing where it may be as late as it likes', () => {
    const { hear, holdUp, told, clock } = rig(Infinity);
    hear(5_000, (at) => at);
    holdUp(1e9);
    hear(5_000, (at) => at - 1e8);
    expect(told).toEqual([]);
    expect(clock.timers).toBe(0);
  });

  it('leaves no timer behind', () => {
    const { hear, timers, clock } = rig();
    hear(5_000);
    expect(clock.timers).toBe(1);
    timers.unsubscribe();
    expect(clock.timers).toBe(0);
  });
});
