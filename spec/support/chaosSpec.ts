import { faultNames } from '../../lib/simulation/index.js';
import type { BinanceMarket } from '../../lib/venues/binance/index.js';
import { unhandledErrors } from './chaosRestless.js';
import { chaos, marketOf, recoveryBound, type ChaosReport } from './chaosRun.js';
import { meddlingsOfBinance } from './chaosBinanceWay.js';
import { chaosSeeds, failuresOf, strikesOf, unstruckOf } from './chaosSeeds.js';

/** Under so many seeds of a market a rare fault may not come up. */
const ENOUGH = 400;

/** The chaos property over the seeds of one market, so that two workers share all seeds. */
export function chaosSpec(market: BinanceMarket): void {
  const { seeds, batches } = chaosSeeds(200, (seed) => marketOf(seed) === market);
  const reports: ChaosReport[] = [];

  const unhandled = unhandledErrors();

  describe(`chaos on ${market}`, () => {
    beforeAll(unhandled.begin);
    afterAll(unhandled.end);

    if (seeds.length === 0) {
      it.skip('the seed belongs to the other market', () => undefined);
      return;
    }

    it.each(batches)(
      'every book that says live is the true one, and every loss is mended: %s',
      (_, batch) => {
        expect(failuresOf('spec/chaos/binance', batch, chaos, reports)).toBe('');
      },
      300_000,
    );

    it('left no error unhandled', async () => {
      expect(await unhandled.end()).toEqual([]);
    });

    it('compared books in every run', () => {
      for (const { seed, compared } of reports) expect([seed, compared > 0]).toEqual([seed, true]);
    });

    it('was well again within the bound after every run', () => {
      expect(Math.max(...reports.map(({ recovery }) => recovery))).toBeLessThanOrEqual(recoveryBound());
    });

    (seeds.length < ENOUGH ? it.skip : it)('saw each fault strike', () => {
      expect(strikesOf(faultNames, reports).filter(([, count]) => count < 10)).toEqual([]);
      expect(unstruckOf(meddlingsOfBinance, reports)).toEqual([]);
    });
  });
}
