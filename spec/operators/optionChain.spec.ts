import { of } from 'rxjs';
import { optionChain, type OptionChain, type OptionLeg, type OptionTerms } from '../../lib/operators/optionChain.js';
import { runDiagram } from '../support/diagram.js';
import { marbles } from '../../lib/testing/marbles.js';
import { keepsTheContract } from './contract.js';

interface Quote {
  readonly instrument: string;
}
interface Greeks extends Quote {
  readonly delta: number;
}

const contractOf = (instrument: string): OptionTerms | undefined =>
  /^[CP]\d+$/.test(instrument)
    ? { expiration: '250117', strike: Number(instrument.slice(1)), side: instrument.startsWith('C') ? 'call' : 'put' }
    : undefined;
const toValue = (label: string): Quote | Greeks => {
  const [kind = '', instrument = ''] = label.split(' ');
  return kind === 'g' ? { instrument, delta: 0.5 } : { instrument };
};
const showLeg = (leg: OptionLeg<Quote, Greeks> | undefined): string =>
  `${leg?.quote === undefined ? '' : 'q'}${leg?.greeks === undefined ? '' : 'g'}`;
const show = (chain: OptionChain<Quote, Greeks>): string =>
  chain.map(({ strike, call, put }) => `${String(strike)} ${showLeg(call)}/${showLeg(put)}`).join(', ');

describe('optionChain', () => {
  it('joins quotes and greeks by strike and side', () => {
    runDiagram('optionChain.txt', ({ hot, expect }) => {
      const chain$ = hot('quotes and greeks', toValue).pipe(optionChain<Quote, Greeks>({ contractOf }));
      expect('chain', chain$, show);
    });
  });

  it('sorts by expiration, then strike; keeps rows in which nothing changed; passes over what is no option', () => {
    const chains: OptionChain<Quote, Greeks>[] = [];
    const terms: Record<string, OptionTerms> = {
      a: { expiration: '250221', strike: 90, side: 'call' },
      b: { expiration: '250117', strike: 110, side: 'put' },
      c: { expiration: '250117', strike: 100, side: 'put' },
    };
    of<Quote[]>({ instrument: 'a' }, { instrument: 'b' }, { instrument: 'AAPL' }, { instrument: 'c' })
      .pipe(optionChain<Quote, Greeks>({ contractOf: (instrument) => terms[instrument] }))
      .subscribe((chain) => chains.push(chain));

    expect(chains).toHaveLength(3);
    expect(chains[2]?.map(({ expiration, strike }) => [expiration, strike])).toEqual([
      ['250117', 100],
      ['250117', 110],
      ['250221', 90],
    ]);
    expect(chains[2]?.[1]).toBe(chains[1]?.[0]);
  });

  it(
    'errors with what contractOf throws',
    marbles(({ cold, expectObservable }) => {
      const throwing = (): never => {
        throw new Error('terms');
      };
      expectObservable(cold('-a', { a: toValue('q C1') }).pipe(optionChain({ contractOf: throwing }))).toBe(
        '-#',
        {},
        new Error('terms'),
      );
    }),
  );

  const quote: Quote = { instrument: 'C100' };
  const call = { instrument: 'C100', quote, greeks: undefined };
  keepsTheContract<Quote | Greeks, OptionChain<Quote, Greeks>>(() => optionChain({ contractOf }), quote, [
    { expiration: '250117', strike: 100, call, put: undefined },
  ]);
});
