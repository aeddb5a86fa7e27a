import { throttleBySymbol } from '../../lib/operators/throttleBySymbol.js';
import { marbles } from '../../lib/testing/marbles.js';
import { runDiagram } from '../support/diagram.js';
import { keepsTheContract, refuses } from './contract.js';

const toValue = (label: string) => {
  const [instrument = '', value = ''] = label.split(' ');
  return { instrument, value };
};
const show = ({ instrument, value }: ReturnType<typeof toValue>): string => `${instrument} ${value}`;

describe('throttleBySymbol', () => {
  it('tells the first of each symbol at once and its latest at each window’s end', () => {
    runDiagram('throttleBySymbol.txt', ({ hot, expect, scheduler }) => {
      expect('throttled', hot('source', toValue).pipe(throttleBySymbol({ perSecond: 200, scheduler })), show);
    });
  });

  it(
    'never loses the latest, also of a symbol that was quiet for long, and leaves no timer',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const values = { a: toValue('A 1'), b: toValue('A 2'), c: toValue('A 3'), d: toValue('A 4') };
      const source = cold('ab 100ms cd 100ms |', values);

      expectObservable(source.pipe(throttleBySymbol({ perSecond: 250 }))).toBe('a---b 97ms c---d 97ms |', values);
      expectSubscriptions(source.subscriptions).toBe('^ 203ms !');
    }),
  );

  it(
    'errors with what symbolOf throws, and leaves its source',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-a-');
      const symbolOf = (): string => {
        throw new Error('symbol');
      };

      expectObservable(source.pipe(throttleBySymbol<string>({ perSecond: 1, symbolOf }))).toBe(
        '-#',
        {},
        new Error('symbol'),
      );
      expectSubscriptions(source.subscriptions).toBe('^!');
    }),
  );

  it.each([0, -1, NaN, Infinity])('refuses %s values a second', (perSecond) => {
    refuses('perSecond', () => throttleBySymbol({ perSecond }));
  });

  const value = { instrument: 'A' };
  keepsTheContract(() => throttleBySymbol({ perSecond: 1_000 }), value, value);
});
