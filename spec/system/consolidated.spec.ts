import { VirtualTimeScheduler } from 'rxjs';
import { type ConsolidatedBook, consolidate } from '../../lib/index.js';
import { simulatedCoinbase, simulatedKraken, simulatedOkx } from '../../lib/simulation/index.js';
import { coinbaseAdvanced } from '../../lib/venues/coinbase/index.js';
import { kraken } from '../../lib/venues/kraken/index.js';
import { okx } from '../../lib/venues/okx/index.js';

describe('consolidate over Kraken, OKX and Coinbase', () => {
  it('has the levels of all three, each by its own texts', () => {
    const scheduler = new VirtualTimeScheduler(undefined, 20_000);
    const market = { scheduler, seed: 1, instruments: ['BTCUSDT'] };
    const told: ConsolidatedBook[] = [];

    consolidate({
      kraken: kraken({ scheduler, network: simulatedKraken(market).network }).book('BTC/USDT'),
      okx: okx({ scheduler, network: simulatedOkx(market).network }).book('BTC-USDT'),
      coinbase: coinbaseAdvanced({ scheduler, network: simulatedCoinbase(market).network }).book('BTC-USDT'),
    }).subscribe((book) => told.push(book));
    scheduler.flush();

    const last = told.at(-1);
    expect(last?.venues).toEqual({ kraken: 'live', okx: 'live', coinbase: 'live' });
    const seen = new Set(last?.bids.flatMap(({ venues }) => venues.map(({ venue }) => venue)));
    expect([...seen].sort()).toEqual(['coinbase', 'kraken', 'okx']);
  });
});
