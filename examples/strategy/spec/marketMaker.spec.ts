import { map } from 'rxjs';
import { type OrderCommand, type OrderReport, bookStates, marbles } from 'millrace/testing';
import { marketMaker } from '../marketMaker.js';

const config = { tick: '1', size: '1', edge: 2, skew: 1, limit: 2, perSecond: 100 };
const show = (command: OrderCommand): string =>
  command.type === 'place' ? `${command.side} ${command.price ?? ''}` : `cancel ${command.id}`;

const accepted = (id: string): OrderReport => ({ type: 'accepted', id, at: 0 });
const cancelled = (id: string): OrderReport => ({ type: 'cancelled', id, at: 0, reason: 'asked', remaining: '1' });
const filled = (id: string, side: 'buy' | 'sell'): OrderReport => ({
  type: 'fill',
  id,
  at: 0,
  instrument: 'BTCUSDT',
  side,
  price: 98,
  size: 1,
  liquidity: 'maker',
  exact: { price: '98', size: '1', fee: '0', remaining: '0' },
});

describe('the market maker', () => {
  it(
    'quotes both sides while the book is live, and takes all back in the step in which it is not',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const book$ = bookStates(hot, '  s-a----g----b-', { s: 'syncing', a: '99 | 101', g: 'gap', b: '89 | 91' });
      const reports$ = hot<OrderReport>('----(ab)---(cd)', {
        a: accepted('1'),
        b: accepted('2'),
        c: cancelled('1'),
        d: cancelled('2'),
      });

      expectObservable(marketMaker({ ...config, book$, reports$ }).pipe(map(show)), '^--------------!').toBe(
        '--(bs)-(xy)-(zw)',
        { b: 'buy 98', s: 'sell 102', x: 'cancel 1', y: 'cancel 2', z: 'buy 88', w: 'sell 92' },
      );
      expectSubscriptions(reports$.subscriptions).toBe('^--------------!');
    }),
  );

  it(
    'leans against what it holds, and stops at its limit',
    marbles(({ hot, expectObservable }) => {
      const book$ = bookStates(hot, '  a---------', { a: '99 | 101' });
      const reports$ = hot<OrderReport>('-----f--c-', { f: filled('1', 'buy'), c: cancelled('2') });
      const commands$ = marketMaker({ ...config, limit: 1, book$, reports$ });

      // It holds 1: no more is bought, and selling has become cheaper.
      expectObservable(commands$.pipe(map(show)), '^---------!').toBe('(bs)-x--y', {
        b: 'buy 98',
        s: 'sell 102',
        x: 'cancel 2',
        y: 'sell 101',
      });
    }),
  );

  it(
    'sends no more than its budget, and keeps a message for each order to take it back',
    marbles(({ hot, expectObservable }) => {
      const book$ = bookStates(hot, '  a----b----g 989ms c-----d', {
        a: '99 | 101',
        b: '79 | 81',
        g: 'gap',
        c: '79 | 81',
        d: '79x2 | 81x2',
      });
      const reports$ = hot<OrderReport>('-------(cd)', { c: cancelled('1'), d: cancelled('2') });
      const commands$ = marketMaker({ ...config, perSecond: 5, book$, reports$ });

      // Four are sent within a second, and a fifth would leave none to take it back with; until the first are a second old.
      expectObservable(commands$.pipe(map(show)), '^ 1500ms !').toBe('(bs)-(xy) 991ms z-----w', {
        b: 'buy 98',
        s: 'sell 102',
        x: 'cancel 1',
        y: 'cancel 2',
        z: 'buy 78',
        w: 'sell 82',
      });
    }),
  );
});
