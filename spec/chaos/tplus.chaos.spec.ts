import { faultNames, ownFaultNames } from '../../lib/simulation/index.js';
import { RECOVERY_BOUND, tplusChaos, type TplusReport } from '../support/tplusChaos.js';

// `SEEDS=2000` runs more, `SEED=123` one alone.
const SEEDS = Number(process.env['SEEDS'] ?? 300);
const alone = process.env['SEED'];
const seeds = alone === undefined ? Array.from({ length: SEEDS }, (_, index) => index + 1) : [Number(alone)];
const BATCH = 50;
const batches = Array.from({ length: Math.ceil(seeds.length / BATCH) }, (_, index) =>
  seeds.slice(index * BATCH, (index + 1) * BATCH),
);

describe('chaos on T+', () => {
  const reports: TplusReport[] = [];

  it.each(
    batches.map((batch): [string, readonly number[]] => [`${String(batch[0])} to ${String(batch.at(-1))}`, batch]),
  )(
    'live books are true, accounts lose and double nothing between resets, no secret is told: seeds %s',
    (_, batch) => {
      const failed: string[] = [];
      for (const seed of batch) {
        const report = tplusChaos(seed);
        reports.push(report);
        if (report.problems.length > 0)
          failed.push([`SEED=${seed} npx jest spec/chaos/tplus`, ...report.problems].join('\n    '));
      }

      expect(failed.join('\n')).toBe('');
    },
    120_000,
  );

  it('compared books and events in every run, and was well again within the bound', () => {
    for (const { seed, compared, events, recovery } of reports) {
      expect([seed, compared > 0, events > 0, recovery <= RECOVERY_BOUND]).toEqual([seed, true, true, true]);
    }
  });

  (seeds.length < 300 ? it.skip : it)('saw each fault strike', () => {
    const names = [...faultNames.filter((name) => name !== 'unknownSymbol'), ...ownFaultNames.tplus];
    const counts = names.map(
      (name) => [name, reports.reduce((sum, { applied }) => sum + (applied[name] ?? 0), 0)] as const,
    );

    expect(counts.filter(([, count]) => count < 5)).toEqual([]);
  });
});
