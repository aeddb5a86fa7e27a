import { type TradestationChaos, tradestationChaos } from '../support/chaosTradestation.js';

const SEEDS = 300;
const BATCH = 50;
const first = Number(process.env['SEED'] ?? 1);
const last = process.env['SEED'] === undefined ? Number(process.env['SEEDS'] ?? SEEDS) : first;
const starts = Array.from({ length: Math.ceil((last - first + 1) / BATCH) }, (_, index) => first + index * BATCH);

describe('chaos on TradeStation, over HTTP and over a WebSocket', () => {
  const reports: TradestationChaos[] = [];

  it.each(starts)(
    'every live book is a true one, no fill is lost or doubled, and every loss is mended: from seed %d',
    (start) => {
      const failed: string[] = [];
      for (let seed = start; seed < start + BATCH && seed <= last; seed += 1) {
        const report = tradestationChaos(seed);
        reports.push(report);
        if (report.problems.length > 0) failed.push(`SEED=${seed}: ${report.problems.slice(0, 4).join('\n  ')}`);
      }
      expect(failed).toEqual([]);
    },
    120_000,
  );

  it('was chaos: books were compared, accounts traded, and every fault of the plans struck', () => {
    if (reports.length < 200) return;
    const struck = new Set(reports.flatMap(({ applied }) => Object.keys(applied)));
    expect([...struck].sort()).toEqual(
      [
        ...['acceptAndClose', 'burst', 'closeCleanly', 'corruptJson', 'crossedBook', 'dualLogon', 'failingSnapshot'],
        ...['goAway', 'halfLine', 'halfOpen', 'missingOrders', 'refuseConnections', 'silentStream', 'slowSnapshot'],
        ...['terminate', 'tooMany', 'wrongTypes'],
      ].sort(),
    );
    expect(reports.reduce((sum, { compared }) => sum + compared, 0)).toBeGreaterThan(20_000);
    expect(reports.reduce((sum, { fills }) => sum + fills, 0)).toBeGreaterThan(5_000);
  });
});
