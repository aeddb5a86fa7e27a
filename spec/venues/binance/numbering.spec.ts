import { VirtualTimeScheduler } from 'rxjs';
import type { BookState } from '../../../lib/index.js';
import { parseFaults, simulatedBinance, type TrueBook } from '../../../lib/simulation/index.js';
import { binance, type BinanceMarket } from '../../../lib/venues/binance/index.js';

const exact = (book: TrueBook | undefined): string => JSON.stringify([book?.bids, book?.asks]);

interface Story {
  /** `live`, `stale gap` …, each once while it lasts. */
  readonly told: readonly string[];
  readonly last: BookState | undefined;
  /** Of each live book: whether the venue never had it so. */
  readonly wrong: number;
  readonly struck: object;
}

function follow(market: Exclude<BinanceMarket, 'coinm'>, faults: string): Story {
  const scheduler = new VirtualTimeScheduler(undefined, 40_000);
  const venue = simulatedBinance({ market, scheduler, faults: parseFaults(faults), instruments: ['BTCUSDT'], seed: 3 });
  const exchange = binance({ market, network: venue.network, scheduler, random: () => 0.5 });
  const told: string[] = [];
  let last: BookState | undefined;
  let wrong = 0;
  exchange.book('BTCUSDT').subscribe((state) => {
    last = state;
    const name = state.status === 'stale' ? `stale ${state.reason}` : state.status;
    if (told.at(-1) !== name) told.push(name);
    if (state.status !== 'live') return;
    const truth = venue.market.trueBook('BTCUSDT', state.book.sequence);
    const levels = [state.book.bids, state.book.asks].map((side) =>
      [...side].map((level) => [level.exact.price, level.exact.size]),
    );
    if (truth !== undefined && JSON.stringify(levels) !== exact(truth)) wrong += 1;
  });
  scheduler.flush();
  return { told, last, wrong, struck: venue.faults.applied() };
}

describe.each(['spot', 'usdm'] as const)('a %s book whose', (market) => {
  it.each([
    ['numbers begin anew', 'numbersAnew@10s', ['syncing', 'live', 'stale gap', 'live']],
    ['numbers jump far ahead', 'numbersAhead@10s', ['syncing', 'live', 'stale gap', 'live']],
    ['symbol is listed anew', 'newListing@10s', ['syncing', 'live', 'stale gap', 'live']],
    // It is all a book knows until diffs come that lie behind it.
    ['snapshot is far ahead', 'snapshotAhead@0s', ['syncing', 'live', 'stale gap', 'live']],
    ['snapshots are cached for long', 'staleSnapshot=25s@0s+5s', ['syncing', 'live']],
  ])('%s comes to the truth, and was never wrong', (_, faults, told) => {
    const story = follow(market, faults);

    expect(Object.keys(story.struck)).toEqual([/^\w+/.exec(faults)?.[0]]);
    expect(story.wrong).toBe(0);
    expect(story.last?.status).toBe('live');
    expect(story.told).toEqual(told);
  });

  it('symbol is new joins its snapshot of -1 with the diff that begins the numbers only', () => {
    const whole = follow(market, 'newListing=1s@100ms');
    const cut = follow(market, 'newListing=3s@100ms,drop@0s');

    expect(whole.wrong + cut.wrong).toBe(0);
    expect([whole.last?.status, cut.last?.status]).toEqual(['live', 'live']);
    expect(cut.struck).toMatchObject({ newListing: 1, drop: 1 });
  });
});
