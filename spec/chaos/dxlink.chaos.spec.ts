import { meddlingsOfDxLink, dxLinkChaos, faultsOfChaos, type DxLinkChaos } from '../support/chaosDxlink.js';
import { unhandledErrors } from '../support/chaosRestless.js';
import { chaosSeeds, failuresOf, unstruckOf } from '../support/chaosSeeds.js';

const { batches } = chaosSeeds(200);

describe('chaos on dxLink', () => {
  const reports: DxLinkChaos[] = [];
  const unhandled = unhandledErrors();
  beforeAll(unhandled.begin);
  afterAll(unhandled.end);

  it.each(batches)('every book that says live is the true one, and every loss is mended: %s', (_, batch) => {
    expect(failuresOf('spec/chaos/dxlink', batch, dxLinkChaos, reports)).toBe('');
  });

  it('left no error unhandled', async () => {
    expect(await unhandled.end()).toEqual([]);
  });

  it('was chaos: books were compared, and every fault of the plans struck', () => {
    if (reports.length < 200) return;
    expect(reports.reduce((sum, { compared }) => sum + compared, 0)).toBeGreaterThan(50 * reports.length);
    const struck = new Set(reports.flatMap(({ applied }) => Object.keys(applied)));
    expect([...struck].sort()).toEqual([...faultsOfChaos].sort());
    expect(unstruckOf(meddlingsOfDxLink, reports)).toEqual([]);
  });
});
