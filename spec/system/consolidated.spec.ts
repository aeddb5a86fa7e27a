import { VirtualTimeScheduler } from 'rxjs';
import { type ConsolidatedBook, consolidate } from '../../lib/index.js';
import { parseFaults, simulatedCoinbase, simulatedKraken, simulatedOkx } from '../../lib/simulation/index.js';
import { coinbaseAdvanced } from '../../lib/venues/coinbase/index.js';
import { kraken } from '../../lib/venues/kraken/index.js';
import { okx } from '../../lib/venues/okx/index.js';

describe('consolidate over Kraken, OKX and Coinbase', () => {
  it('has the levels of all that are live, each by its own texts, and of none that is not', () => {
    const scheduler = new VirtualTimeScheduler(undefined, 20_000);
    const market = { scheduler, seed: 1, instruments: ['BTCUSDT'] };
    const faults = parseFaults('terminate@8s');
    const told: ConsolidatedBook[] = [];

    consolidate({
      kraken: kraken({ scheduler, network: simulatedKraken({ ...market, faults }).network }).book('BTC/USDT'),
      okx: okx({ scheduler, network: simulatedOkx(market).network }).book('BTC-USDT'),
      coinbase: coinbaseAdvanced({ scheduler, network: simulatedCoinbase(market).network }).book('BTC-USDT'),
    }).subscribe((book) => told.push(book));
    scheduler.flush();

    expect(statusesOf('kraken', told)).toEqual(['syncing', 'live', 'stale', 'live']);
    expect(statusesOf('okx', told)).toEqual(['syncing', 'live']);
    expect(statusesOf('coinbase', told)).toEqual(['syncing', 'live']);
    for (const { bids, asks, venues } of told) {
      const live = Object.keys(venues).filter((venue) => venues[venue] === 'live');
      expect(venuesOf(bids)).toEqual(live.sort());
      expect(venuesOf(asks)).toEqual(live);
    }
  });
});

/** How a venue stood, one after the other. */
const statusesOf = (venue: string, told: readonly ConsolidatedBook[]): readonly (string | undefined)[] =>
  told.map(({ venues }) => venues[venue]).filter((status, at, all) => status !== all[at - 1]);

const venuesOf = (side: ConsolidatedBook['bids']): readonly string[] =>
  [...new Set(side.flatMap(({ venues }) => venues.map(({ venue }) => venue)))].sort();
