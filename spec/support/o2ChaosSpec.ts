import { faultNames, ownFaultNames, type FaultName } from '../../lib/simulation/index.js';
import { o2Chaos, type O2ChaosReport, recoveryBound } from './o2Chaos.js';

const BATCH = 50;
/** Under so many seeds a rare fault may not come up. */
const ENOUGH = 150;
/** Let through only where books are refreshed on a schedule; or never. */
const unnoticed: readonly FaultName[] = ['drop', 'duplicate', 'reorder', 'staleSnapshot', 'unknownSymbol'];

/**
 * The chaos property of O2 for one meaning of sizes, so that two workers share the seeds. `SEEDS=2000` runs more,
 * `SEED=123` one alone.
 */
export function o2ChaosSpec(sizes: 'signed-change' | 'absolute'): void {
  const alone = process.env['SEED'];
  const most = Number(process.env['SEEDS'] ?? 150);
  const seeds = (count: number): readonly number[] =>
    alone === undefined ? Array.from({ length: count }, (_, index) => index + 1) : [Number(alone)];
  const batches = (all: readonly number[]): readonly [string, readonly number[]][] =>
    Array.from({ length: Math.ceil(all.length / BATCH) }, (_, index) => {
      const batch = all.slice(index * BATCH, (index + 1) * BATCH);
      return [`${String(batch[0])} to ${String(batch.at(-1))}`, batch];
    });
  const run = (batch: readonly number[], lossy: boolean, reports: O2ChaosReport[]): string => {
    const failed = batch.flatMap((seed) => {
      const report = o2Chaos(seed, sizes, lossy);
      reports.push(report);
      return report.problems.length === 0
        ? []
        : [[`SEED=${seed} npx jest spec/chaos/o2`, ...report.problems].join('\n    ')];
    });
    return failed.join('\n');
  };

  describe(`chaos on O2, sizes as ${sizes}`, () => {
    const reports: O2ChaosReport[] = [];

    it.each(batches(seeds(most)))(
      'live books are true, accounts lose and double nothing between resets: seeds %s',
      (_, batch) => {
        expect(run(batch, false, reports)).toBe('');
      },
      120_000,
    );

    it('compared books in every run, and was well again within the bound', () => {
      for (const { seed, compared, recovery } of reports) {
        expect([seed, compared > 0, recovery <= recoveryBound()]).toEqual([seed, true, true]);
      }
      expect(reports.reduce((sum, { events }) => sum + events, 0)).toBeGreaterThan(seeds(most).length);
    });

    (seeds(most).length < ENOUGH ? it.skip : it)('saw each fault strike that can be noticed', () => {
      const names = [...faultNames, ...ownFaultNames.o2].filter((name) => !unnoticed.includes(name));
      const counts = names.map(
        (name) => [name, reports.reduce((sum, { applied }) => sum + (applied[name] ?? 0), 0)] as const,
      );
      expect(counts.filter(([, count]) => count === 0)).toEqual([]);
    });
  });

  describe(`chaos on O2 with losses that nothing tells of, sizes as ${sizes}`, () => {
    it.each(batches(seeds(Math.ceil(most / 5))))(
      'no book is wrong for longer than its refresh allows, and accounts end right: seeds %s',
      (_, batch) => {
        const reports: O2ChaosReport[] = [];
        expect(run(batch, true, reports)).toBe('');
      },
      120_000,
    );
  });
}
