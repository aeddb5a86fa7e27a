import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { summarise } from '../../lib/cli/summary/summarise.js';
import { binanceVenue } from '../../lib/cli/venues/binance.js';
import { readRecording } from '../../lib/node/readRecording.js';
import { RECORDINGS } from '../support/recordings.js';

/** Made on demand by the recordings' `make-load.py`; too big to be kept. */
const LOAD = process.env['LOAD_RECORDING'] ?? join(RECORDINGS, 'load-binance.ndjson.gz');
const EXPECTED = join(RECORDINGS, 'load-binance.expected.json');

(existsSync(LOAD) && existsSync(EXPECTED) ? it : it.skip)(
  'the load recording comes to exactly what is expected of it (made by make-load.py; LOAD_RECORDING names it)',
  async () => {
    const expected: unknown = JSON.parse(readFileSync(EXPECTED, 'utf8'));

    const summary = await summarise(await readRecording(LOAD), binanceVenue, { name: 'load-binance.ndjson.gz' });

    expect(JSON.parse(JSON.stringify(summary))).toEqual(expected);
  },
  300_000,
);
