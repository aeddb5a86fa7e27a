import { unhandledErrors } from '../support/chaosRestless.js';
import { chaosSeeds, failuresOf } from '../support/chaosSeeds.js';
import { accountRecoveryBound, o2AccountChaos, type O2AccountReport } from '../support/o2AccountChaos.js';

const { batches } = chaosSeeds(60);
const reports: O2AccountReport[] = [];

describe('chaos on the accounts of O2', () => {
  const unhandled = unhandledErrors();
  beforeAll(unhandled.begin);
  afterAll(unhandled.end);

  it.each(batches)(
    'open orders, balances and nonce come to the venue’s truth once trouble is over, and stay there: %s',
    (_, batch) => {
      expect(failuresOf('spec/chaos/o2.accounts', batch, o2AccountChaos, reports)).toBe('');
    },
  );

  it('left no error unhandled', async () => {
    expect(await unhandled.end()).toEqual([]);
  });

  it('had trouble in nearly every run, held live states against the truth, and was right within the bound', () => {
    for (const { seed, recovery } of reports) expect([seed, recovery <= accountRecoveryBound]).toEqual([seed, true]);
    expect(reports.reduce((sum, { sampled }) => sum + sampled, 0)).toBeGreaterThan(10 * reports.length);
    expect(reports.filter(({ faults }) => faults > 0).length).toBeGreaterThan(reports.length * 0.9);
  });
});
