import { faultNames, ownFaultNames } from '../../lib/simulation/index.js';
import { unhandledErrors } from '../support/chaosRestless.js';
import { chaosSeeds, failuresOf, strikesOf, unstruckOf } from '../support/chaosSeeds.js';
import { meddlingsOfTplus, RECOVERY_BOUND, tplusChaos, type TplusReport } from '../support/tplusChaos.js';

/** Under so many seeds a rare fault may not strike. */
const ENOUGH = 300;
const { seeds, batches } = chaosSeeds(ENOUGH);

describe('chaos on T+', () => {
  const reports: TplusReport[] = [];
  const unhandled = unhandledErrors();
  beforeAll(unhandled.begin);
  afterAll(unhandled.end);

  it.each(batches)(
    'live books are true, accounts lose and double nothing between resets, no secret is told: %s',
    (_, batch) => {
      expect(failuresOf('spec/chaos/tplus', batch, tplusChaos, reports)).toBe('');
    },
  );

  it('left no error unhandled', async () => {
    expect(await unhandled.end()).toEqual([]);
  });

  it('compared books and events in every run, and was well again within the bound', () => {
    for (const { seed, compared, events, sampled, recovery } of reports) {
      expect([seed, compared > 0, events > 0, sampled > 100]).toEqual([seed, true, true, true]);
      expect([seed, recovery <= RECOVERY_BOUND]).toEqual([seed, true]);
    }
  });

  (seeds.length < ENOUGH ? it.skip : it)('saw each fault strike', () => {
    const names = [...faultNames.filter((name) => name !== 'unknownSymbol'), ...ownFaultNames.tplus];

    expect(strikesOf(names, reports).filter(([, count]) => count < 5)).toEqual([]);
    expect(unstruckOf(meddlingsOfTplus, reports)).toEqual([]);
  });
});
