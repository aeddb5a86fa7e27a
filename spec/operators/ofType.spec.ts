import { of } from 'rxjs';
import { ofType } from '../../lib/operators/ofType.js';
import { runDiagram } from '../support/diagram.js';
import { keepsTheContract } from './contract.js';

type Event = { readonly event: 'Quote' | 'Greeks' } | { readonly event: 'Trade'; readonly price: number };

const toEvent = (label: string): Event =>
  label === 'Trade' ? { event: 'Trade', price: 1 } : { event: label === 'Quote' ? 'Quote' : 'Greeks' };

describe('ofType', () => {
  it('passes events of the type', () => {
    runDiagram('ofType.txt', ({ hot, expect }) => {
      expect('trades', hot('events', toEvent).pipe(ofType('Trade')), ({ event }) => event);
    });
  });

  it('goes by `type` where there is no `event`, and takes several', () => {
    type Value = { readonly type: 'a'; readonly a: number } | { readonly type: 'b' } | { readonly type: 'c' };
    const seen: string[] = [];
    of<Value[]>({ type: 'a', a: 1 }, { type: 'b' }, { type: 'c' })
      .pipe(ofType('a', 'c'))
      .subscribe((value) => seen.push(value.type === 'a' ? `a${String(value.a)}` : value.type));

    expect(seen).toEqual(['a1', 'c']);
  });

  it('does not take an event’s own `type` for what it is', () => {
    const seen: unknown[] = [];
    of({ event: 'TimeAndSale' as const, type: 'NEW' })
      .pipe(ofType('TimeAndSale'))
      .subscribe((value) => seen.push(value));

    expect(seen).toEqual([{ event: 'TimeAndSale', type: 'NEW' }]);
  });

  const trade = { event: 'Trade' } as const;
  keepsTheContract(() => ofType<typeof trade, 'Trade'>('Trade'), trade, trade);
});
