import { VirtualTimeScheduler, of } from 'rxjs';
import { VenueBase } from '../../../lib/feed/venueBase.js';
import { fakeNetwork } from '../../../lib/testing/index.js';
import { historyOf } from '../../../lib/venues/tplus/history.js';

const DAY = 86_400_000;

describe('the past of T+', () => {
  // Source: the `interval` of `GET /klines`, client v0.4.
  it.each([
    [1_000, '1S'],
    [60_000, '1'],
    [43_200_000, '720'],
    [DAY, '1D'],
    [7 * DAY, '1W'],
    [28 * DAY, '1M'],
    [29 * DAY, '1M'],
    [30 * DAY, '1M'],
    [31 * DAY, '1M'],
    [7_000, null],
  ])('of bars that last %d ms is asked for by the name %s', (width, name) => {
    const asked: (string | null)[] = [];
    const network = fakeNetwork({
      onRequested: ({ request }) => {
        asked.push(new URL(request.url).searchParams.get('interval'));
        return undefined;
      },
    });
    const base = new VenueBase('tplus', { network, scheduler: new VirtualTimeScheduler() });
    historyOf(base, { requests: base.requests, url: 'https://rest', asset: '7' }, of(width))
      .page(10, undefined)
      .subscribe();
    expect(asked).toEqual([name]);
  });
});
