import { NEVER, Subject, VirtualTimeScheduler, map, of, take } from 'rxjs';
import type { Fault } from '../../lib/model/fault.js';
import { health, type Health, type Timed } from '../../lib/operators/health.js';
import { marbles } from '../../lib/testing/marbles.js';
import { runDiagram } from '../support/diagram.js';
import { refuses } from './contract.js';

const VALUE: Timed = { instrument: 'X', receivedTime: 1 };
const fault = (type: 'dropped' | 'venue'): Fault =>
  type === 'venue'
    ? { type, venue: 'acme', at: 0, message: '' }
    : { type, venue: 'acme', at: 0, count: 1, message: '' };

describe('health', () => {
  it('tells totals, rates and what is stale at every tick, and once more at the end', () => {
    runDiagram('health.txt', ({ hot, expect, scheduler }) => {
      const values = hot('values', (instrument) => instrument).pipe(
        map((instrument): Timed => ({ instrument, receivedTime: scheduler.now() })),
      );
      const show = ({ total, rate, stale }: Health): string =>
        `${total} values, ${Math.round(rate)} a second${stale.length > 0 ? `, stale ${stale.join(' ')}` : ''}`;
      expect('health', values.pipe(health({ every: 4, staleAfter: 6, scheduler })), show);
    });
  });

  it(
    'counts faults by type, ages of instruments, and those that were expected and never came',
    marbles(({ cold, expectObservable }) => {
      const values = cold<Timed>('-a------', { a: VALUE });
      const faults$ = cold('        --dvv---', { d: fault('dropped'), v: fault('venue') });
      const health$ = values.pipe(health({ every: 5, staleAfter: 5, expected: ['X', 'LATE'], faults$ }));

      expectObservable(health$, '^-----!').toBe('-----x', {
        x: {
          at: 5,
          total: 1,
          rate: 200,
          ages: new Map([['X', 4]]),
          stale: ['LATE'],
          errors: { dropped: 1, venue: 2 },
          latency: undefined,
        },
      });
    }),
  );

  it('tells quantiles of the latest 1,000 latencies', () => {
    const values = Array.from({ length: 1_100 }, (_, index): Timed => {
      const latency = index < 100 ? 1_000_000 : index - 99;
      return { instrument: 'X', venueTime: 5_000, receivedTime: 5_000 + latency };
    });
    const told: Health[] = [];
    of(...values)
      .pipe(health({ every: 1_000, staleAfter: 1 }))
      .subscribe((one) => told.push(one));

    expect(told.map(({ latency }) => latency)).toEqual([{ p50: 500, p90: 900, p99: 990 }]);
  });

  it(
    'starts nothing of its own before it is observed, and leaves source, faults and ticks when it is left',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const values = hot<Timed>('a---------', { a: VALUE });
      const faults$ = hot<Fault>('----------');
      const health$ = values.pipe(health({ every: 2, staleAfter: 9, faults$ }));

      expectObservable(
        health$.pipe(
          take(1),
          map(({ total }) => total),
        ),
      ).toBe('--(x|)', { x: 1 });
      expectSubscriptions(values.subscriptions).toBe('^-!');
      expectSubscriptions(faults$.subscriptions).toBe('^-!');
    }),
  );

  it(
    'errors with its source and with its faults, and keeps two observers apart',
    marbles(({ cold, expectObservable }) => {
      const failing = cold<Timed>('-a#', { a: VALUE });
      const config = { every: 10, staleAfter: 9 };

      expectObservable(failing.pipe(health(config))).toBe('--#');
      expectObservable(NEVER.pipe(health<Timed>({ ...config, faults$: cold('---#') }))).toBe('---#');
      const totals$ = cold<Timed>('-a---|', { a: VALUE }).pipe(
        health(config),
        map(({ total }) => total),
      );
      expectObservable(totals$).toBe('-----(x|)', { x: 1 });
      expectObservable(totals$, '--^').toBe('-------(x|)', { x: 1 });
    }),
  );

  it('does not change what was told, and refuses a pace that is none', () => {
    const values = new Subject<Timed>();
    const scheduler = new VirtualTimeScheduler(undefined, 2_000);
    const told: Health[] = [];
    values.pipe(health({ every: 1_000, staleAfter: 1, scheduler })).subscribe((one) => told.push(one));
    values.next(VALUE);
    scheduler.schedule(() => values.next({ instrument: 'Y', receivedTime: 1_500 }), 1_500);
    scheduler.flush();

    expect(told.map(({ ages }) => [...ages.keys()])).toEqual([['X'], ['X', 'Y']]);
  });

  it.each([0, -1, NaN])('refuses durations of %s ms', (ms) => {
    refuses('every', () => health({ every: ms, staleAfter: 1 }));
    refuses('staleAfter', () => health({ every: 1, staleAfter: ms }));
  });
});
