import fc from 'fast-check';
import { faultNames, faultsFromSeed } from '../../../lib/simulation/index.js';
import { endOfPlan } from '../../../lib/simulation/faults/plannedFault.js';

describe('faultsFromSeed', () => {
  it('makes the same plan from the same seed', () => {
    expect(faultsFromSeed(7)).toEqual(faultsFromSeed(7));
    expect(faultsFromSeed(7)).not.toEqual(faultsFromSeed(8));
  });

  it('plans within its bounds, in order, and ends in time', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(10_000), fc.integer({ min: 2_000, max: 60_000 }), (seed, from, span) => {
        const until = from + span;
        const plan = faultsFromSeed(seed, { from, until, targets: ['btcusdt'] });

        expect(plan.length).toBeGreaterThan(0);
        expect(plan.map(({ at }) => at)).toEqual(plan.map(({ at }) => at).sort((left, right) => left - right));
        expect(plan.every(({ at }) => at >= from)).toBe(true);
        expect(endOfPlan(plan)).toBeLessThanOrEqual(until);
      }),
    );
  });

  it('comes to every fault that something can survive, and to unknownSymbol only when asked', () => {
    const seen = new Set(
      Array.from({ length: 300 }, (_, seed) => faultsFromSeed(seed)).flatMap((plan) => plan.map(({ fault }) => fault)),
    );

    expect([...seen].sort()).toEqual(faultNames.filter((name) => name !== 'unknownSymbol').sort());
    expect(faultsFromSeed(1, { faults: ['unknownSymbol'], count: 2 }).map(({ fault }) => fault)).toEqual([
      'unknownSymbol',
      'unknownSymbol',
    ]);
    expect(faultsFromSeed(1, { faults: [] })).toEqual([]);
  });
});

describe('endOfPlan', () => {
  it.each([
    [[], 0],
    [[{ fault: 'drop', at: 5 }], 10_005],
    [[{ fault: 'drop', at: 5, for: 7 }], 12],
    [[{ fault: 'closeCleanly', at: 5 }], 1_005],
    [[{ fault: 'drop', at: 10, for: 5, every: 20, until: 51 }], 55],
    [[{ fault: 'drop', at: 10, for: 5, every: 20, until: 50 }], 35],
    [[{ fault: 'drop', at: 10, for: 5, every: 20 }], Number.POSITIVE_INFINITY],
  ] as const)('of %j is %p', (plan, end) => {
    expect(endOfPlan(plan)).toBe(end);
  });
});
