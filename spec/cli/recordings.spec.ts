import { summarise } from '../../lib/cli/summary/summarise.js';
import { summaryText } from '../../lib/cli/summary/summaryText.js';
import { binanceVenue } from '../../lib/cli/venues/binance.js';
import { bitfinexVenue } from '../../lib/cli/venues/bitfinex.js';
import { bitstampVenue } from '../../lib/cli/venues/bitstamp.js';
import type { CliVenue } from '../../lib/cli/venues/cliVenue.js';
import { coinbaseVenue } from '../../lib/cli/venues/coinbase.js';
import { deribitVenue } from '../../lib/cli/venues/deribit.js';
import { krakenVenue } from '../../lib/cli/venues/kraken.js';
import { kucoinVenue } from '../../lib/cli/venues/kucoin.js';
import { okxVenue } from '../../lib/cli/venues/okx.js';
import { expectedOf, loadRecording, NO_RECORDINGS, recordingsOf } from '../support/recordings.js';

const venues: readonly (readonly [prefix: string, venue: CliVenue])[] = [
  ['binance-', binanceVenue],
  ['coinbase-', coinbaseVenue],
  ['bitfinex-', bitfinexVenue],
  ['bitstamp-', bitstampVenue],
  ['deribit-', deribitVenue],
  ['kraken-', krakenVenue],
  ['kucoin-', kucoinVenue],
  ['okx-', okxVenue],
];
const recordings = venues.flatMap(([prefix, venue]) => recordingsOf(prefix).map((name) => [name, venue] as const));

if (recordings.length === 0) {
  it.skip(`a recording of real traffic (${NO_RECORDINGS})`, () => undefined);
} else {
  describe('a recording of real traffic', () => {
    it.each(recordings)('of %s comes to exactly what is expected of it, in every field', async (name, venue) => {
      const expected = expectedOf(name);

      const summary = await summarise(loadRecording(name), venue, { name });

      expect(summary).toEqual(JSON.parse(expected));
      expect(summaryText(summary)).toBe(expected.trimEnd());
    });
  });
}
