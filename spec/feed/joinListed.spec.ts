import * as fc from 'fast-check';
import { Subject, VirtualTimeScheduler } from 'rxjs';
import { type CandleListEvent, joinListed } from '../../lib/feed/joinListed.js';
import type { Candle } from '../../lib/model/candle.js';
import { candle } from '../../lib/testing/index.js';
import { steady } from '../../lib/time/steadyScheduler.js';

const base = { scheduler: steady(new VirtualTimeScheduler()), random: () => 0, report: () => undefined };
const at = (openTime: number, volume: number): Candle => candle({ openTime, volume: String(volume), closed: false });
const shown = ({ openTime, exact, closed }: Candle): string => `${openTime}x${exact.volume}${closed ? '.' : ''}`;

function listen(count: number): { readonly tell: (event: CandleListEvent) => void; readonly heard: Candle[] } {
  const list$ = new Subject<CandleListEvent>();
  const heard: Candle[] = [];
  list$.pipe(joinListed(base, 'list', count)).subscribe((one) => heard.push(one));
  return {
    heard,
    tell: (event) => {
      list$.next(event);
    },
  };
}

describe('joinListed', () => {
  it('begins with the last ones of a list, and closes each before the next', () => {
    const { heard, tell } = listen(2);
    tell({ type: 'whole', all: () => [at(1, 5), at(2, 6), at(3, 1)] });
    tell({ type: 'changed', candles: [at(3, 2)], all: () => [] });
    tell({ type: 'changed', candles: [at(4, 1)], all: () => [] });
    expect(heard.map(shown)).toEqual(['2x6.', '3x1', '3x2', '3x2.', '4x1']);
  });

  it('goes on after a loss from the last one, with what came meanwhile', () => {
    const { heard, tell } = listen(5);
    tell({ type: 'whole', all: () => [at(1, 1), at(2, 1)] });
    tell({ type: 'lost', reason: 'closed', at: 0 });
    tell({ type: 'whole', all: () => [at(1, 1), at(2, 9), at(3, 7), at(4, 1)] });
    expect(heard.map(shown)).toEqual(['1x1.', '2x1', '2x9.', '3x7.', '4x1']);
  });

  it('begins with what comes where the list is empty', () => {
    const { heard, tell } = listen(2);
    tell({ type: 'whole', all: () => [] });
    tell({ type: 'changed', candles: [at(1, 1)], all: () => [at(1, 1)] });
    tell({ type: 'changed', candles: [at(2, 1)], all: () => [at(1, 3), at(2, 1)] });
    expect(heard.map(shown)).toEqual(['1x1', '1x1.', '2x1']);
  });

  it('refuses a number of candles that can not be meant', () => {
    expect(() => joinListed(base, 'list', 0)).toThrow(expect.objectContaining({ field: 'history' }));
  });

  it('tells every candle of the list once closed, as it was in the end, whatever is lost', () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constant('grow'), by: fc.integer({ min: 1, max: 3 }) }) },
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('next'), by: fc.integer({ min: 1, max: 3 }) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('lose'), by: fc.nat(5) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 5 }), (steps, count) => {
        const { heard, tell } = listen(count);
        const list = new Map([1, 2, 3].map((time) => [time, at(time, 1)]));
        const all = (): readonly Candle[] => [...list.values()];
        let last = 3;
        let away = 0;
        const change = (time: number, volume: number): void => {
          list.set(time, at(time, volume));
          last = time;
          if (away === 0) tell({ type: 'changed', candles: [at(time, volume)], all });
          else if ((away -= 1) === 0) tell({ type: 'whole', all });
        };
        tell({ type: 'whole', all });
        for (const { kind, by } of steps) {
          if (kind === 'grow') change(last, Number(list.get(last)?.exact.volume) + by);
          else if (kind === 'next') change(last + by, 1);
          else if (away === 0) {
            tell({ type: 'lost', reason: 'closed', at: 0 });
            away = by + 1;
          }
        }
        if (away > 0) tell({ type: 'whole', all });
        const closed = heard.filter((one) => one.closed).map(shown);
        const truth = all().map((one) => `${shown(one)}.`);
        expect(closed).toEqual(truth.slice(3 - Math.min(3, count), -1));
        expect(heard.at(-1)?.openTime).toBe(last);
      }),
    );
  });
});
