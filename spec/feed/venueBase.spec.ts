import { VirtualTimeScheduler } from 'rxjs';
import { VenueBase } from '../../lib/feed/venueBase.js';
import { fakeNetwork } from '../../lib/testing/index.js';

const url = 'https://venue.example/depth';

describe('requests of a venue', () => {
  it.each([
    ['wait for its allowance', undefined, 1],
    ['wait for nothing where all was recorded', true, 3],
  ] as const)('%s', (_, isRecorded, sent) => {
    const network = fakeNetwork();
    const outside = isRecorded === undefined ? network : { ...network, isRecorded };
    const base = new VenueBase(
      'venue',
      { network: outside, scheduler: new VirtualTimeScheduler() },
      {
        limits: [{ limit: 1, window: 60_000 }],
      },
    );
    for (let i = 0; i < 3; i += 1) base.requests.send({ method: 'GET', url }).subscribe();

    expect(network.requests).toHaveLength(sent);
  });
});
