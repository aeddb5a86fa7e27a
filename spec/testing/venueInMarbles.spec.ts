import { map } from 'rxjs';
import { marbles } from '../../lib/testing/marbles.js';
import { venueInMarbles } from '../../lib/testing/venueInMarbles.js';
import { binance } from '../../lib/venues/binance/index.js';

it(
  'makes a venue of marbles, from frames to values and back to what is sent',
  marbles((helpers) => {
    const { exchange, network } = venueInMarbles(helpers, binance, {
      wires: '-o--t',
      values: {
        t: {
          stream: 'btcusdt@trade',
          data: { e: 'trade', E: 5, s: 'BTCUSDT', t: 7, p: '100.10', q: '2', T: 4, m: true, M: true },
        },
      },
    });

    helpers
      .expectObservable(exchange.trades('BTCUSDT').pipe(map(({ exact }) => exact.price)), '^-----!')
      .toBe('----p', { p: '100.10' });
    network.expectSent('-s 1004ms u', {
      s: { method: 'SUBSCRIBE', params: ['btcusdt@trade'], id: 1 },
      u: { method: 'UNSUBSCRIBE', params: ['btcusdt@trade'], id: 2 },
    });
  }),
);
