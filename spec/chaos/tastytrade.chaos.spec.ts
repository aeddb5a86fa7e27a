import { unhandledErrors } from '../support/chaosRestless.js';
import { chaosSeeds, failuresOf, unstruckOf } from '../support/chaosSeeds.js';
import { meddlingsOfTastytrade, RECOVERY_BOUND, accountChaos, type AccountChaos } from '../support/chaosTastytrade.js';

/** Under so many a rare fault may not strike. */
const ENOUGH = 300;
const { batches } = chaosSeeds(300);

describe('chaos on accounts of tastytrade', () => {
  const reports: AccountChaos[] = [];
  const unhandled = unhandledErrors();
  beforeAll(unhandled.begin);
  afterAll(unhandled.end);

  it.each(batches)('every account that says live is the true one, and every loss is mended: %s', (_, batch) => {
    expect(failuresOf('spec/chaos/tastytrade', batch, accountChaos, reports)).toBe('');
  });

  it('left no error unhandled', async () => {
    expect(await unhandled.end()).toEqual([]);
  });

  it('was chaos: accounts traded, and every fault of the plans struck', () => {
    if (reports.length < ENOUGH) return;
    const struck = new Set(reports.flatMap(({ applied }) => Object.keys(applied)));
    expect([...struck].sort()).toEqual(
      [
        ...['ackNever', 'acceptAndClose', 'anonymousError', 'batch', 'burst', 'closeCleanly', 'corruptJson', 'drop'],
        ...[
          'duplicate',
          'failingSnapshot',
          'failingToken',
          'fewerFills',
          'halfOpen',
          'lostHeartbeat',
          'refuseConnections',
        ],
        ...['reorder', 'repeatedFills', 'shortToken', 'silent', 'slowSnapshot', 'terminate', 'wrongTypes'],
      ].sort(),
    );
    expect(reports.reduce((sum, { notices }) => sum + notices, 0)).toBeGreaterThan(10_000);
    expect(unstruckOf(meddlingsOfTastytrade, reports)).toEqual([]);
    expect(Math.max(...reports.map(({ recovery }) => recovery))).toBeLessThan(RECOVERY_BOUND);
  });
});
