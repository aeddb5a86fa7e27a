import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { join } from 'node:path';
import { summarise } from '../../lib/cli/summary/summarise.js';
import { summaryText } from '../../lib/cli/summary/summaryText.js';
import { binanceVenue } from '../../lib/cli/venues/binance.js';
import { parseRecording } from '../../lib/recording/parseRecording.js';

const FOLDER = join(process.cwd(), '../shared/recordings');
const names = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => /^binance-.*\.ndjson\.gz$/.test(name)) : [];

if (names.length === 0) {
  it.skip('recordings: ../shared/recordings is not there', () => undefined);
} else {
  describe('a recording of real traffic', () => {
    it.each(names)(
      'of %s comes to exactly what is expected of it, in every field',
      async (name) => {
        const recording = parseRecording(
          gunzipSync(readFileSync(join(FOLDER, name)))
            .toString()
            .split('\n'),
        );
        const expected = readFileSync(join(FOLDER, name.replace('.ndjson.gz', '.expected.json')), 'utf8');

        const summary = await summarise(recording, binanceVenue, { name });

        expect(summary).toEqual(JSON.parse(expected));
        expect(summaryText(summary)).toBe(expected.trimEnd());
      },
      30_000,
    );
  });
}
