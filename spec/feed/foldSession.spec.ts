import { NEVER } from 'rxjs';
import { foldSession } from '../../lib/feed/foldSession.js';
import type { ChannelEvent } from '../../lib/socket/channelEvent.js';
import { marbles } from '../../lib/testing/marbles.js';

const CHANNEL: Readonly<Record<string, ChannelEvent<string>>> = {
  b: { type: 'begun', at: 0 },
  c: { type: 'confirmed', at: 0 },
  l: { type: 'lost', reason: 'closed', at: 0 },
  m: { type: 'missed', at: 0 },
  1: { type: 'message', value: '1' },
  2: { type: 'message', value: '2' },
  3: { type: 'message', value: '3' },
  // A message of which nothing is emitted, and one of which two things are.
  0: { type: 'message', value: '' },
  8: { type: 'message', value: '88' },
};
const told = { u: undefined, a: '1', b: '12', c: '3', d: '31', e: '8', f: '88' };

/** What is known is all that the session told. */
const fold = {
  begin: () => '',
  message: (known: string, value: string) => ({
    known: known + value,
    emitted: Array.from(value, (_, i) => known + value.slice(0, i + 1)),
  }),
};

describe('foldSession', () => {
  it.each([
    ['with the session goes what was known', '-bc1-2--l--b-3-', '---a-b--u----c-', undefined],
    ['takes back nothing where nothing was told', '-b--l--bc--0--l', '---------------', undefined],
    ['begins anew also where no loss was told', '-b-1--b-3', '---a--u-c', undefined],
    ['tells all that a message comes to', '-b-8----', '---(ef)-', undefined],
    ['goes on from what it knew after a missing message', '-b-1-m-2', '---a---b', undefined],
    ['forgets at a missing message where it is to', '-b-1-m-3-m-m', '---a-u-c-u--', 'discard' as const],
  ])('%s', (_, channel, expected, missed) => {
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const events$ = hot(channel, CHANNEL);

      const folded$ = events$.pipe(foldSession({ ...fold, missed }));

      expectObservable(folded$).toBe(expected, told);
      expectSubscriptions(events$.subscriptions).toBe('^');
    })();
  });

  it(
    'has done what is to be done about a missing message, and keeps what it knew meanwhile',
    marbles(({ hot, expectObservable, flush }) => {
      let asked = 0;
      const missed = (): void => {
        asked += 1;
      };
      expectObservable(hot('-b-1-m-m-2', CHANNEL).pipe(foldSession({ ...fold, missed }))).toBe('---a-----b', told);
      flush();
      expect(asked).toBe(2);
    }),
  );

  it(
    'ends with the channel, and with what the fold throws',
    marbles(({ hot, expectObservable }) => {
      const broken = (): never => {
        throw new TypeError('broken');
      };
      expectObservable(hot('-b-1-|', CHANNEL).pipe(foldSession(fold))).toBe('---a-|', told);
      expectObservable(hot('-b-1-#', CHANNEL).pipe(foldSession(fold))).toBe('---a-#', told);
      expectObservable(hot('-b-1--', CHANNEL).pipe(foldSession({ ...fold, message: broken }))).toBe(
        '---#',
        told,
        new TypeError('broken'),
      );
      expectObservable(NEVER.pipe(foldSession(fold))).toBe('-');
    }),
  );

  it(
    'shares nothing between its observers',
    marbles(({ hot, expectObservable }) => {
      const folded$ = hot('-b-1-2', CHANNEL).pipe(foldSession(fold));

      expectObservable(folded$).toBe('---a-b', told);
      expectObservable(folded$, '----^-').toBe('-----g', { g: '2' });
    }),
  );
});
