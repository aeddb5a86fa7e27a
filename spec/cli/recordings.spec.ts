import { summarise } from '../../lib/cli/summary/summarise.js';
import { summaryText } from '../../lib/cli/summary/summaryText.js';
import { binanceVenue } from '../../lib/cli/venues/binance.js';
import { expectedOf, loadRecording, NO_RECORDINGS, recordingsOf } from '../support/recordings.js';

const names = recordingsOf('binance-');

if (names.length === 0) {
  it.skip(`a recording of real traffic (${NO_RECORDINGS})`, () => undefined);
} else {
  describe('a recording of real traffic', () => {
    it.each(names)(
      'of %s comes to exactly what is expected of it, in every field',
      async (name) => {
        const expected = expectedOf(name);

        const summary = await summarise(loadRecording(name), binanceVenue, { name });

        expect(summary).toEqual(JSON.parse(expected));
        expect(summaryText(summary)).toBe(expected.trimEnd());
      },
      30_000,
    );
  });
}
