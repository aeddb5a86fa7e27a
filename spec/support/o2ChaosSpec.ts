import { faultNames, ownFaultNames, type FaultName } from '../../lib/simulation/index.js';
import { unhandledErrors } from './chaosRestless.js';
import { chaosSeeds, failuresOf, firstOf, strikesOf, unstruckOf } from './chaosSeeds.js';
import { HUNG } from './chaosWay.js';
import { meddlingsOfO2, o2Chaos, type O2ChaosReport, recoveryBound } from './o2Chaos.js';

/** Under so many seeds a rare fault may not come up. */
const ENOUGH = 150;
/** Let through only where books are refreshed on a schedule; or never. */
const unnoticed: readonly FaultName[] = ['drop', 'duplicate', 'reorder', 'staleSnapshot', 'unknownSymbol'];

/** The chaos property of O2 for one meaning of sizes, so that two workers share the seeds. */
export function o2ChaosSpec(sizes: 'signed-change' | 'absolute'): void {
  const all = chaosSeeds(60);
  const failures = (batch: readonly number[], lossy: boolean, reports: O2ChaosReport[]): string =>
    failuresOf('spec/chaos/o2', batch, (seed) => o2Chaos(seed, sizes, lossy), reports);

  const unhandled = unhandledErrors();
  beforeAll(unhandled.begin);
  afterAll(unhandled.end);

  describe(`chaos on O2, sizes as ${sizes}`, () => {
    const reports: O2ChaosReport[] = [];

    it.each(all.batches)('live books are true, accounts lose and double nothing between resets: %s', (_, batch) => {
      expect(failures(batch, false, reports)).toBe('');
    });

    it('compared books in every run, and was well again within the bound', () => {
      for (const { seed, compared, recovery } of reports) {
        expect([seed, compared > 0, recovery <= recoveryBound() + HUNG]).toEqual([seed, true, true]);
      }
      expect(reports.reduce((sum, { events }) => sum + events, 0)).toBeGreaterThan(all.seeds.length);
      expect(reports.reduce((sum, { sampled }) => sum + sampled, 0)).toBeGreaterThan(100 * all.seeds.length);
    });

    (all.seeds.length < ENOUGH ? it.skip : it)('saw each fault strike that can be noticed', () => {
      const names = [...faultNames, ...ownFaultNames.o2].filter((name) => !unnoticed.includes(name));
      expect(strikesOf(names, reports).filter(([, count]) => count === 0)).toEqual([]);
      expect(unstruckOf(meddlingsOfO2, reports)).toEqual([]);
    });
  });

  describe(`chaos on O2 with losses that nothing tells of, sizes as ${sizes}`, () => {
    it.each(firstOf(all, 1 / 5).batches)(
      'no book is wrong for longer than its refresh allows, and accounts end right: %s',
      (_, batch) => {
        expect(failures(batch, true, [])).toBe('');
      },
    );
  });
  it('left no error unhandled', async () => {
    expect(await unhandled.end()).toEqual([]);
  });
}
