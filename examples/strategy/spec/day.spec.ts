import { LIMIT, simulatedDay } from '../simulatedDay.js';

describe('a simulated day', () => {
  it.each([1, 2, 3])(
    'of seed %d leads to no order on a book that is not live, nor to a position beyond the limit',
    (seed) => {
      const { fills, spells, blind, largest, ledger } = simulatedDay({ seed, lasts: 1_200_000 });

      expect(spells).toBeGreaterThan(0);
      expect(blind).toBe(0);
      expect(fills).toBeGreaterThan(0);
      expect(largest).toBeLessThanOrEqual(LIMIT);
      expect([...ledger.keys()]).toEqual(['BTCUSDT']);
    },
  );

  it('comes to the same, whenever it is run', () => {
    const [one, other] = [simulatedDay({ seed: 5, lasts: 300_000 }), simulatedDay({ seed: 5, lasts: 300_000 })];
    expect(other).toEqual(one);
  });
});
