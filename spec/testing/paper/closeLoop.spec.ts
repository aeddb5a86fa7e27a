import { Subject, concatMap, filter, map, of, startWith, take, throwError, type OperatorFunction } from 'rxjs';
import type { BookState } from '../../../lib/model/bookState.js';
import { liveState } from '../../../lib/testing/builders.js';
import { marbles } from '../../../lib/testing/marbles.js';
import { closeLoop } from '../../../lib/testing/paper/closeLoop.js';
import type { OrderCommand, OrderReport } from '../../../lib/testing/paper/order.js';
import { paperTrading } from '../../../lib/testing/paper/paperTrading.js';

const buy = (id: string): OrderCommand => ({ type: 'place', id, side: 'buy', size: '1' });
const show = (told: OrderCommand | OrderReport): string => `${told.type} ${told.id}`;

describe('closeLoop', () => {
  it('tells each command, then what became of it, also where the strategy answers within the step', () => {
    const told: string[] = [];
    closeLoop(
      // One more order for each that was filled, three in all.
      (reports$) =>
        reports$.pipe(
          filter(({ type }) => type === 'fill'),
          map(({ id }) => Number(id) + 1),
          startWith(1),
          take(3),
          map((id) => buy(String(id))),
        ),
      paperTrading({ book$: of(liveState('99 | 101x9')) }),
    ).subscribe({ next: (value) => told.push(show(value)), complete: () => told.push('over') });

    expect(told).toEqual([
      ...['place 1', 'accepted 1', 'fill 1'],
      ...['place 2', 'accepted 2', 'fill 2'],
      ...['place 3', 'accepted 3', 'fill 3'],
      'over',
    ]);
  });

  it(
    'goes on for as long as reports are on their way, and leaves both sides with its observer',
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const book$ = hot('a---------', { a: liveState('99 | 101x9') });
      const commands = cold<OrderCommand>('--a|', { a: buy('1') });
      const loop = closeLoop(() => commands, paperTrading({ book$, latency: 3, reportLatency: 2 }));

      expectObservable(loop.pipe(map(show))).toBe('--p----(af|)', { p: 'place 1', a: 'accepted 1', f: 'fill 1' });
      expectObservable(loop.pipe(map(show)), '^---!').toBe('--p', { p: 'place 1' });
      expectSubscriptions(book$.subscriptions).toBe(['^----!', '^---!']);
    }),
  );

  it('errors with the strategy and with the venue', () => {
    const failure = new Error('broken');
    const broken: OperatorFunction<OrderCommand, OrderReport> = concatMap(() => throwError(() => failure));
    const errors: unknown[] = [];
    const error = (told: unknown): unknown => errors.push(told);

    closeLoop(() => throwError(() => failure), paperTrading({ book$: of() })).subscribe({ error });
    closeLoop(() => of(buy('1')), broken).subscribe({ error });
    expect(errors).toEqual([failure, failure]);
  });

  it('leaves the venue when the strategy can not be made', () => {
    const book$ = new Subject<BookState>();
    const errors: unknown[] = [];
    const broken = (): never => {
      throw new Error('no strategy');
    };
    closeLoop(broken, paperTrading({ book$ })).subscribe({ error: (error: unknown) => errors.push(error) });

    expect(errors).toEqual([new Error('no strategy')]);
    expect(book$.observed).toBe(false);
  });
});
