import { marbles } from '../../lib/testing/index.js';
import { closedByNext } from '../../lib/feed/closedByNext.js';
import type { Candle } from '../../lib/index.js';
import type { ChannelEvent } from '../../lib/socket/channelEvent.js';

const candle = (openTime: number, close = 1): Candle => ({
  instrument: 'X',
  interval: '1m',
  openTime,
  closeTime: openTime + 9,
  open: 1,
  high: 1,
  low: 1,
  close,
  volume: 1,
  exact: { open: '1', high: '1', low: '1', close: '1', volume: '1' },
  closed: false,
  receivedTime: 0,
});
const message = (...value: readonly Candle[]): ChannelEvent<readonly Candle[]> => ({ type: 'message', value });
const closed = (one: Candle): Candle => ({ ...one, closed: true });

describe('candles that the next one closes', () => {
  it(
    'are told as they grow, and once more closed; after a loss the one before is not',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const [a, changed, b, c] = [candle(10), candle(10, 2), candle(20), candle(30)];
      const channel = hot('  -b-a-x--n---l---c-|', {
        b: { type: 'begun', at: 0 },
        a: message(a),
        x: message(changed),
        n: message(b),
        l: { type: 'lost', reason: 'closed', at: 0 },
        c: message(c),
      } as const);
      const expected = '     ---a-x--(Ab)0---c-|';
      const subs = '         ^-----------------!';

      const candles$ = channel.pipe(closedByNext());

      expectObservable(candles$).toBe(expected, { a, x: changed, A: closed(changed), b, 0: undefined, c });
      expectSubscriptions(channel.subscriptions).toBe(subs);
    }),
  );

  it(
    'of a message of several are all closed but the last; an older one that comes again is closed',
    marbles(({ hot, expectObservable }) => {
      const [a, b, c] = [candle(10), candle(20), candle(30)];
      const again = candle(20, 5);
      const channel = hot('  -m-------s----n-|', { m: message(a, b, c), s: message(again), n: message() });
      const expected = '     -(ABc)---S------|';

      expectObservable(channel.pipe(closedByNext())).toBe(expected, {
        A: closed(a),
        B: closed(b),
        c,
        S: closed(again),
      });
    }),
  );
});
