import { defer, tap } from 'rxjs';
import { SubscriptionRefusedError } from '../../lib/errors/subscriptionRefusedError.js';
import { retryRefused } from '../../lib/operators/retryRefused.js';
import { marbles } from '../../lib/testing/marbles.js';
import { runDiagram } from '../support/diagram.js';
import { keepsTheContract, refuses } from './contract.js';

const refusal = new SubscriptionRefusedError('binance', 'btcusdt@trade', 'no such symbol');

describe('retryRefused', () => {
  it('asks again after pauses that grow', () => {
    runDiagram('retryRefused.txt', ({ cold, expect, scheduler }) => {
      const [refused, listed] = [cold('refused', String, refusal), cold('listed', String)];
      let asked = 0;
      const channel = defer(() => (++asked <= 2 ? refused : listed));
      expect('told', channel.pipe(retryRefused({ first: 3, scheduler })), String);
    });
  });

  it(
    'waits no longer than told, and says for how long',
    marbles(({ cold, expectObservable, expectSubscriptions, flush }) => {
      const source = cold('#', undefined, refusal);
      const pauses: number[] = [];
      const told = source.pipe(
        retryRefused({ first: 2, longest: 5, limit: 3, onRefused: (_, pause) => pauses.push(pause) }),
      );

      expectObservable(told).toBe('-----------#', undefined, refusal);
      expectSubscriptions(source.subscriptions).toBe(['(^!)', '--(^!)', '------(^!)', '-----------(^!)']);
      flush();
      expect(pauses).toEqual([2, 4, 5]);
    }),
  );

  it(
    'begins with the first pause again after a value',
    marbles(({ cold, expectObservable }) => {
      let asked = 0;
      const channel = defer(() => {
        asked += 1;
        return asked === 2 ? cold('a#', undefined, refusal) : cold('#', undefined, refusal);
      });
      const seen: number[] = [];
      const told = channel.pipe(
        retryRefused({ first: 2, onRefused: (_, pause) => seen.push(pause) }),
        tap({ finalize: () => expect(seen).toEqual([2, 2, 4]) }),
      );

      expectObservable(told, '^------!').toBe('--a');
    }),
  );

  it(
    'meets no other error',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-#', undefined, new Error('lost'));

      expectObservable(source.pipe(retryRefused())).toBe('-#', undefined, new Error('lost'));
      expectSubscriptions(source.subscriptions).toBe('^!');
    }),
  );

  it('refuses pauses and limits that are none', () => {
    refuses('first', () => retryRefused({ first: 0 }));
    refuses('longest', () => retryRefused({ longest: NaN }));
    refuses('limit', () => retryRefused({ limit: 0.5 }));
  });

  keepsTheContract(() => retryRefused(), 'a', 'a');
});
