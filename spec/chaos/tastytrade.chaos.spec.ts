import { RECOVERY_BOUND, accountChaos, type AccountChaos } from '../support/chaosTastytrade.js';

const SEEDS = 300;
const BATCH = 50;
const first = Number(process.env['SEED'] ?? 1);
const last = process.env['SEED'] === undefined ? Number(process.env['SEEDS'] ?? SEEDS) : first;
const starts = Array.from({ length: Math.ceil((last - first + 1) / BATCH) }, (_, index) => first + index * BATCH);

describe('chaos on accounts of tastytrade', () => {
  const reports: AccountChaos[] = [];

  it.each(starts)(
    'every account that says live is the true one, and every loss is mended: from seed %d',
    (start) => {
      const failed: string[] = [];
      for (let seed = start; seed < start + BATCH && seed <= last; seed += 1) {
        const report = accountChaos(seed);
        reports.push(report);
        if (report.problems.length > 0) failed.push(`SEED=${seed}: ${report.problems.slice(0, 4).join('\n  ')}`);
      }
      expect(failed).toEqual([]);
    },
    120_000,
  );

  it('was chaos: accounts traded, and every fault of the plans struck', () => {
    if (reports.length < SEEDS) return;
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
    expect(Math.max(...reports.map(({ recovery }) => recovery))).toBeLessThan(RECOVERY_BOUND);
  });
});
