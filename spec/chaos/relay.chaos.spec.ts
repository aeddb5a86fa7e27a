import { unhandledErrors } from '../support/chaosRestless.js';
import { chaosSeeds, failuresOf } from '../support/chaosSeeds.js';
import { RECOVERY, type RelayReport, relayChaos, troubles } from '../support/relayChaos.js';

const { seeds, batches } = chaosSeeds(200);
/** Under so many seeds a rare trouble may not come up. */
const ENOUGH = 200;

describe('chaos between gateways and consumers', () => {
  const reports: RelayReport[] = [];

  const unhandled = unhandledErrors();
  beforeAll(unhandled.begin);
  afterAll(unhandled.end);

  it.each(batches)('every relayed book that says live is the true one, and every loss is mended: %s', (_, batch) => {
    expect(failuresOf('spec/chaos/relay', batch, relayChaos, reports)).toBe('');
  });

  it('left no error unhandled', async () => {
    expect(await unhandled.end()).toEqual([]);
  });

  it('compared books in every run', () => {
    for (const { seed, compared } of reports) expect([seed, compared > 20]).toEqual([seed, true]);
  });

  it('was well again within the bound after every run', () => {
    expect(Math.max(...reports.map(({ recovery }) => recovery))).toBeLessThan(RECOVERY);
  });

  (seeds.length < ENOUGH ? it.skip : it)('made every kind of trouble', () => {
    const made = troubles.map(
      (kind) => [kind, reports.filter((report) => (report.made[kind] ?? 0) > 0).length] as const,
    );
    expect(made.filter(([, count]) => count < 10)).toEqual([]);
  });
});
