import { from } from 'rxjs';
import { marbles } from '../../lib/testing/index.js';
import { closedByNext } from '../../lib/feed/closedByNext.js';
import type { Candle, FaultNotice } from '../../lib/index.js';
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
  exact: { open: '1', high: '1', low: '1', close: String(close), volume: '1' },
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

  describe('whose beginnings begin anew', () => {
    /** What is told of candles by their beginnings and what they close at, `!` where one is closed; and the faults. */
    const told = (...candles: readonly Candle[]) => {
      const faults: FaultNotice[] = [];
      const report = (fault: FaultNotice): number => faults.push(fault);
      const emitted: string[] = [];
      from(candles.map((one) => message(one)))
        .pipe(closedByNext({ channel: 'X', report }))
        .subscribe((one) => {
          if (one !== undefined) emitted.push(`${one.openTime}:${one.close}${one.closed ? '!' : ''}`);
        });
      return { emitted: emitted.join(' '), faults };
    };

    it('are told by the third telling of one behind the newest: it is the present one', () => {
      // By a clock that was ahead for a moment: what lies between was never closed.
      const growing = [candle(20), candle(20, 2), candle(20, 2), candle(20, 3), candle(20, 4)];
      const { emitted, faults } = told(candle(10), candle(60), ...growing, candle(30));

      expect(emitted).toBe('10:1 10:1! 60:1 20:3 20:4 20:4! 30:1');
      expect(faults).toMatchObject([{ type: 'gap', channel: 'X', reason: 'gap', expected: 60, received: 20 }]);
    });

    it('are told where a clock was set back behind all that was told', () => {
      const again = [candle(10, 2), candle(10, 3), candle(10, 4), candle(10, 5)];
      const { emitted, faults } = told(candle(40), candle(50), candle(60), ...again, candle(20));

      expect(emitted).toBe('40:1 40:1! 50:1 50:1! 60:1 10:2! 10:3! 10:4 10:5 10:5! 20:1');
      expect(faults).toHaveLength(1);
    });

    it('are not by a past that is repeated, nor by corrections of the one before', () => {
      const past = [candle(10), candle(20), candle(30), candle(40)];
      const corrections = [candle(40, 2), candle(40, 3), candle(40, 4), candle(40, 5)];
      expect(told(...past, candle(50), ...past, ...past, ...past, candle(50, 2), ...corrections).faults).toEqual([]);
    });
  });
});
