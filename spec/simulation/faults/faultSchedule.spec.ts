import type { AppliedFault } from '../../../lib/simulation/index.js';
import { FaultSchedule } from '../../../lib/simulation/faults/faultSchedule.js';
import type { FaultPlan } from '../../../lib/simulation/index.js';

function scheduled(plan: FaultPlan): { readonly faults: FaultSchedule; at(time: number): void } {
  let now = 1_000;
  const faults = new FaultSchedule(plan, () => now);
  return {
    faults,
    at: (time) => {
      now = 1_000 + time;
    },
  };
}

describe('FaultSchedule', () => {
  it('strikes once without a duration, and waits ten seconds for the chance', () => {
    const { faults, at } = scheduled([{ fault: 'drop', at: 100 }]);
    const strikes = (): boolean => faults.take('drop', 'a') !== undefined;

    expect(strikes()).toBe(false);
    at(99);
    expect(strikes()).toBe(false);
    at(10_099);
    expect([strikes(), strikes()]).toEqual([true, false]);

    const late = scheduled([{ fault: 'drop', at: 100 }]);
    late.at(10_100);
    expect(late.faults.take('drop', 'a')).toBeUndefined();
  });

  it('strikes all that fits while it lasts, up to its count', () => {
    const { faults, at } = scheduled([{ fault: 'drop', at: 0, for: 50, target: 'ETH', count: 2 }]);
    const strikes = (on: string): boolean => faults.take('drop', on) !== undefined;

    expect(['btcusdt', 'ethusdt', 'ethusdt', 'ethusdt'].map(strikes)).toEqual([false, true, true, false]);
    at(50);
    expect(strikes('ethusdt')).toBe(false);
  });

  it('begins anew with each repetition, until there is none', () => {
    const { faults, at } = scheduled([{ fault: 'drop', at: 100, every: 1_000, until: 2_100 }]);
    const hits = [0, 100, 150, 1_100, 1_150, 2_100].map((time) => {
      at(time);
      return faults.take('drop', 'a') !== undefined;
    });

    expect(hits).toEqual([false, true, false, true, false, false]);
  });

  it('tells the onset of a moment once, and not a second too late', () => {
    const { faults, at } = scheduled([
      { fault: 'closeCleanly', at: 100, every: 5_000 },
      { fault: 'silent', at: 100, for: 400 },
    ]);
    at(150);
    expect(faults.onsets('closeCleanly')).toHaveLength(1);
    expect(faults.onsets('closeCleanly')).toHaveLength(0);
    expect(faults.onsets('silent').map(({ ends }) => ends)).toEqual([1_500]);
    at(5_100);
    expect(faults.onsets('closeCleanly')).toHaveLength(1);
    at(11_500);
    expect(faults.onsets('closeCleanly')).toHaveLength(0);
  });

  it('begins what is injected at once, tells what struck, and stops when it is cleared', () => {
    const { faults, at } = scheduled([]);
    const told: AppliedFault[] = [];
    faults.applied$.subscribe((applied) => told.push(applied));
    expect(faults.idle).toBe(true);

    at(700);
    faults.inject('drop', { count: 2 });
    faults.take('drop', 'btcusdt@depth');
    faults.clear();

    expect(faults.take('drop', 'btcusdt@depth')).toBeUndefined();
    expect(told).toEqual([{ fault: 'drop', at: 1_700, on: 'btcusdt@depth' }]);
    expect(faults.applied()).toEqual({ drop: 1 });
    expect(faults.plan).toEqual([]);
  });

  it.each([
    [{ code: 1005 }, 'code: expected a close code: 1000 to 1003, 1007 to 1014, or 3000 to 4999, got 1005'],
    [{ code: 999 }, 'code: expected a close code: 1000 to 1003, 1007 to 1014, or 3000 to 4999, got 999'],
    [{ status: 0 }, 'status: expected an HTTP status from 200 to 599, got 0'],
    [{ status: 1_000 }, 'status: expected an HTTP status from 200 to 599, got 1000'],
  ])('refuses at the call what no server can send: %p', (details, message) => {
    const { faults } = scheduled([]);
    expect(() => faults.inject('closeCleanly', details)).toThrow(message);
    expect(() => scheduled([{ fault: 'closeCleanly', at: 0, ...details }])).toThrow(message);
  });

  it('forgets what is over when more is injected', () => {
    const { faults, at } = scheduled([{ fault: 'drop', at: 0 }]);
    at(20_000);
    faults.inject('burst');

    expect(faults.plan.map(({ fault }) => fault)).toEqual(['burst']);
  });
});
