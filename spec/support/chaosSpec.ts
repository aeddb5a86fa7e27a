import { faultNames, type FaultName } from '../../lib/simulation/index.js';
import type { BinanceMarket } from '../../lib/venues/binance/index.js';
import { chaos, marketOf, recoveryBound, type ChaosReport } from './chaosRun.js';

const BATCH = 50;
/** Under so many seeds of a market a rare fault may not come up. */
const ENOUGH = 400;

/**
 * The chaos property over the seeds of one market, so that two workers share all seeds. `SEEDS=10000` runs more,
 * `SEED=123` one alone.
 */
export function chaosSpec(market: BinanceMarket): void {
  const alone = numberFrom('SEED');
  const seeds = (alone === undefined ? range(1, numberFrom('SEEDS') ?? 1_000) : [alone]).filter(
    (seed) => marketOf(seed) === market,
  );
  const reports: ChaosReport[] = [];

  describe(`chaos on ${market}`, () => {
    if (seeds.length === 0) {
      it.skip(`SEED=${String(alone)} belongs to the other market`, () => undefined);
      return;
    }

    it.each(batches(seeds))(
      'every book that says live is the true one, and every loss is mended: %s',
      (_, batch) => {
        const failed: string[] = [];
        for (const seed of batch) {
          const report = chaos(seed);
          reports.push(report);
          if (report.problems.length > 0) {
            failed.push([`SEED=${seed} npx jest spec/chaos`, ...report.problems].join('\n    '));
          }
        }

        expect(failed.join('\n')).toBe('');
      },
      300_000,
    );

    it('compared books in every run', () => {
      for (const { seed, compared } of reports) expect([seed, compared > 0]).toEqual([seed, true]);
    });

    it('was well again within the bound after every run', () => {
      expect(Math.max(...reports.map(({ recovery }) => recovery))).toBeLessThanOrEqual(recoveryBound());
    });

    (seeds.length < ENOUGH ? it.skip : it)('saw each fault strike', () => {
      const struck = (fault: FaultName): number => reports.reduce((sum, { applied }) => sum + (applied[fault] ?? 0), 0);
      const counts = Object.fromEntries(faultNames.map((fault) => [fault, struck(fault)]));

      expect(Object.entries(counts).filter(([, count]) => count < 10)).toEqual([]);
    });
  });
}

function numberFrom(name: string): number | undefined {
  const text = process.env[name];
  if (text === undefined || text === '') return undefined;
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new RangeError(`${name} is ${text}, expected a whole number above 0`);
}

const range = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

function batches(seeds: readonly number[]): readonly [string, readonly number[]][] {
  const starts = range(0, Math.ceil(seeds.length / BATCH) - 1);
  return starts.map((index) => {
    const batch = seeds.slice(index * BATCH, (index + 1) * BATCH);
    const [first, last] = [batch[0], batch.at(-1)];
    return [first === last ? `seed ${String(first)}` : `seeds ${String(first)} to ${String(last)}`, batch];
  });
}
