import { dxLinkChaos, faultsOfChaos, type DxLinkChaos } from '../support/chaosDxlink.js';

const SEEDS = 300;
const BATCH = 50;
const first = Number(process.env['SEED'] ?? 1);
const last = process.env['SEED'] === undefined ? Number(process.env['SEEDS'] ?? SEEDS) : first;
const starts = Array.from({ length: Math.ceil((last - first + 1) / BATCH) }, (_, index) => first + index * BATCH);

describe('chaos on dxLink', () => {
  const reports: DxLinkChaos[] = [];

  it.each(starts)(
    'every book that says live is the true one, and every loss is mended: from seed %d',
    (start) => {
      const failed: string[] = [];
      for (let seed = start; seed < start + BATCH && seed <= last; seed += 1) {
        const report = dxLinkChaos(seed);
        reports.push(report);
        if (report.problems.length > 0)
          failed.push(`SEED=${String(seed)}: ${report.problems.slice(0, 4).join('\n  ')}`);
      }
      expect(failed).toEqual([]);
    },
    120_000,
  );

  it('was chaos: books were compared, and every fault of the plans struck', () => {
    if (reports.length < 200) return;
    expect(reports.reduce((sum, { compared }) => sum + compared, 0)).toBeGreaterThan(50 * reports.length);
    const struck = new Set(reports.flatMap(({ applied }) => Object.keys(applied)));
    expect([...struck].sort()).toEqual([...faultsOfChaos].sort());
  });
});
