import { unhandledErrors } from '../support/chaosRestless.js';
import { chaosSeeds, failuresOf } from '../support/chaosSeeds.js';
import { RECOVERY, type RelayAccountReport, relayAccountChaos, troubles } from '../support/relayAccountChaos.js';

const { seeds, batches } = chaosSeeds(30);
/** Under so many seeds a rare trouble may not come up. */
const ENOUGH = 100;

describe('chaos between gateways and consumers of an account', () => {
  const reports: RelayAccountReport[] = [];

  const unhandled = unhandledErrors();
  beforeAll(unhandled.begin);
  afterAll(unhandled.end);

  it.each(batches)(
    'every relayed account that says live is what a gateway is sure of, and every loss is mended: %s',
    (_, batch) => {
      expect(failuresOf('spec/chaos/relay.accounts', batch, relayAccountChaos, reports)).toBe('');
    },
  );

  it('left no error unhandled', async () => {
    expect(await unhandled.end()).toEqual([]);
  });

  it('compared states in every run', () => {
    for (const { seed, compared } of reports) expect([seed, compared > 10]).toEqual([seed, true]);
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
