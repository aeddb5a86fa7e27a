import {
  depthChaos,
  type DepthChaos,
  type DepthExchange,
  type DepthVenue,
  faultsOf,
  meddlingsOf,
} from './chaosDepth.js';
import { unhandledErrors } from './chaosRestless.js';
import { chaosSeeds, failuresOf, strikesOf, unstruckOf } from './chaosSeeds.js';

/** Under so many seeds a rare fault may not come up. */
const ENOUGH = 200;

/** The chaos property of a venue whose every loss in a book is told by something. */
export function depthChaosSpec<E extends DepthExchange>(venue: DepthVenue<E>): void {
  const { seeds = 300 } = venue;
  const { batches } = chaosSeeds(seeds);
  const reports: DepthChaos[] = [];
  const unhandled = unhandledErrors();

  describe(`chaos on ${venue.name}`, () => {
    beforeAll(unhandled.begin);
    afterAll(unhandled.end);

    it.each(batches)('every book that says live is the true one, and every loss is mended: %s', (_, batch) => {
      const run = (seed: number): DepthChaos => depthChaos(seed, venue);
      expect(failuresOf(`spec/chaos/${venue.name}`, batch, run, reports)).toBe('');
    });

    it('left no error unhandled', async () => {
      expect(await unhandled.end()).toEqual([]);
    });

    it('was chaos: books were compared in every run, and everything struck', () => {
      for (const { seed, compared } of reports) expect([seed, compared > 0]).toEqual([seed, true]);
      if (reports.length < Math.min(seeds, ENOUGH)) return;
      expect(strikesOf(faultsOf(venue), reports).filter(([, count]) => count === 0)).toEqual([]);
      expect(unstruckOf(meddlingsOf(venue), reports)).toEqual([]);
    });
  });
}
