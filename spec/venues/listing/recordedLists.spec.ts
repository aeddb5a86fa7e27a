import { firstValueFrom } from 'rxjs';
import type { Listing } from '../../../lib/feed/instruments.js';
import type { ExchangeOptions } from '../../../lib/index.js';
import type { RecordedResponse } from '../../../lib/recording/format.js';
import { fakeNetwork } from '../../../lib/testing/index.js';
import { binance } from '../../../lib/venues/binance/index.js';
import { bitstamp } from '../../../lib/venues/bitstamp/index.js';
import { coinbaseExchange } from '../../../lib/venues/coinbase/index.js';
import { deribit } from '../../../lib/venues/deribit/index.js';
import { kraken } from '../../../lib/venues/kraken/index.js';
import { kucoin } from '../../../lib/venues/kucoin/index.js';
import { okx } from '../../../lib/venues/okx/index.js';
import { NO_RECORDINGS, recordedLines, recordingsOf } from '../../support/recordings.js';

/** Lists as venues sent them, and at the least how many instruments are in each. */
const venues: readonly (readonly [prefix: string, make: (options: ExchangeOptions) => Listing, least: number])[] = [
  ['binance-2', binance, 1_000],
  ['binance-futures-2', (options) => binance({ ...options, market: 'usdm' }), 100],
  ['binance-us-1', (options) => binance({ ...options, url: 'wss://stream.binance.us:9443' }), 100],
  ['bitstamp-1', bitstamp, 100],
  ['coinbase-1', coinbaseExchange, 100],
  ['deribit-2', deribit, 300],
  ['kraken-1', kraken, 200],
  ['kucoin-2', kucoin, 500],
  ['okx-2', okx, 500],
];
const lists = venues.flatMap(([prefix, make, least]) =>
  recordingsOf(`${prefix}.`).map((name) => [name, make, least] as const),
);

/** Each so manyeth of a list is looked up: to look up all would take seconds. */
const STEP = 23;

/** Lists alone, and of several that which a request names most of. */
const isList = (line: string): boolean => line.includes('"kind":"http"') && !/depth\?|order_?book/.test(line);
const likeness = (asked: URL, { url }: RecordedResponse): number =>
  url.includes(asked.pathname.split('/').at(-1) ?? '')
    ? 1 + [...asked.searchParams.values()].filter((value) => url.includes(value)).length
    : 0;

function listing(name: string, make: (options: ExchangeOptions) => Listing): Listing {
  const answers = recordedLines(name)
    .filter(isList)
    .map((line) => JSON.parse(line) as RecordedResponse);
  const network = fakeNetwork({
    onRequested: (one) => {
      const asked = new URL(one.request.url);
      const [best] = [...answers].sort((a, b) => likeness(asked, b) - likeness(asked, a));
      one.respond(best?.body ?? '');
      return undefined;
    },
  });
  return make({ network });
}

if (lists.length === 0) {
  it.skip(`lists of real venues (${NO_RECORDINGS})`, () => undefined);
} else {
  it.each(lists)('every instrument of %s has one name that leads back to it', async (name, make, least) => {
    const exchange = listing(name, make);
    const list = await firstValueFrom(exchange.instruments());
    expect(list.length).toBeGreaterThan(least);

    const named = list.filter(({ kind }, i) => kind !== 'other' && i % STEP === 0);
    for (const one of named) {
      for (const word of [one.unified, one.name, one.unified.toLowerCase()]) {
        expect([word, await firstValueFrom(exchange.instrument(word))]).toEqual([word, one]);
      }
    }
  });
}
