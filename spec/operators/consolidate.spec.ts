import fc from 'fast-check';
import { BehaviorSubject, NEVER, Subject, concat, of, type Observable } from 'rxjs';
import type { BookState } from '../../lib/model/bookState.js';
import { type ConsolidatedBook, consolidate } from '../../lib/operators/consolidate.js';
import { book, liveState, staleState, syncingState } from '../../lib/testing/builders.js';
import { marbles } from '../../lib/testing/marbles.js';
import { type Ratio, isNearest, isSame, plus, ratio } from '../support/ratio.js';
import { runDiagram } from '../support/diagram.js';
import { refuses } from './contract.js';
import { toBook } from './drawn.js';

const toState = (label: string): BookState =>
  label === 'gap' ? staleState() : label === 'syncing' ? syncingState : liveState(toBook(`${label}/`));

const show = ({ bids }: ConsolidatedBook): string =>
  bids.map(({ exact: { price, size } }) => (size === '1' ? price : `${price}:${size}`)).join(' ');

const nothing: ConsolidatedBook = { bids: [], asks: [], venues: {}, receivedTime: undefined };
const lasting = (state: BookState): Observable<BookState> => concat(of(state), NEVER);

/** The bids of all of them. */
function last(books: Readonly<Record<string, BookState>>, depth?: number): string {
  let told = nothing;
  const streams = Object.fromEntries(Object.entries(books).map(([venue, state]) => [venue, lasting(state)]));
  consolidate(streams, depth === undefined ? {} : { depth })
    .subscribe((value) => (told = value))
    .unsubscribe();
  return show(told);
}

describe('consolidate', () => {
  it('is made of the books that are live', () => {
    runDiagram('consolidate.txt', ({ hot, expect }) => {
      expect('bids', consolidate({ A: hot('A', toState), B: hot('B', toState) }), show);
    });
  });

  it('keeps what each venue has, by its own texts, and tells how each stands', () => {
    const seen: ConsolidatedBook[] = [];
    const gone = new Subject<BookState>();
    consolidate({
      one: of<BookState>(liveState(book({ bids: [['1.10', '0.1']], receivedTime: 5 }))),
      two: gone,
      three: NEVER,
    }).subscribe((value) => seen.push(value));
    gone.next(liveState(book({ bids: [['1.1', '0.2']], asks: [['1.15', '3']], receivedTime: 3 })));

    expect(seen.map(({ venues }) => venues)).toEqual([
      { one: 'live', two: 'syncing', three: 'syncing' },
      // It completed: nobody would say that it is wrong.
      { one: 'ended', two: 'syncing', three: 'syncing' },
      { one: 'ended', two: 'live', three: 'syncing' },
    ]);
    expect(seen[0]).toMatchObject({ bids: [{ exact: { price: '1.10', size: '0.1' } }], receivedTime: 5 });
    expect(seen[1]).toMatchObject({ bids: [], asks: [], receivedTime: undefined });
    expect(seen[2]).toMatchObject({ bids: [{ price: 1.1 }], asks: [{ price: 1.15 }], receivedTime: 3 });
  });

  it('adds sizes at one number, exactly, best price first, as deep as told', () => {
    const sideOf = (...prices: readonly string[]) =>
      fc.array(fc.tuple(fc.constantFrom(...prices), fc.constantFrom('0.1', '0.2', '3', '123456789012.123456789')), {
        maxLength: 6,
      });
    const bids = sideOf('1', '1.0', '2', '2.50', '2.5', '3', '10');
    const sides = fc.record({ bids, asks: sideOf('11', '11.0', '12', '12.50', '12.5', '13', '20') });
    fc.assert(
      fc.property(sides, sides, fc.integer({ min: 1, max: 5 }), (a, b, depth) => {
        const [left, right] = [book(a), book(b)];
        let last: ConsolidatedBook<'left' | 'right'> | undefined;
        consolidate({ left: of(liveState(left)), right: NEVER }, { depth }).subscribe();
        const rights = new Subject<BookState>();
        const lefts = new Subject<BookState>();
        consolidate({ left: lefts, right: rights }, { depth }).subscribe((value) => (last = value));
        lefts.next(liveState(left));
        rights.next(liveState(right));

        for (const of of ['bids', 'asks'] as const) {
          const sums = new Map<number, Ratio>();
          for (const { price: at, exact } of [...left[of], ...right[of]]) {
            sums.set(at, plus(sums.get(at) ?? ratio('0'), ratio(exact.size)));
          }
          const expected = [...sums].sort(([x], [y]) => (of === 'bids' ? y - x : x - y)).slice(0, depth);
          expect(last?.[of].map((level) => level.price)).toEqual(expected.map(([at]) => at));
          for (const [i, [, sum]] of expected.entries()) {
            const level = last?.[of][i];
            expect(isSame(ratio(level?.exact.size ?? ''), sum)).toBe(true);
            expect(isNearest(level?.size ?? NaN, sum)).toBe(true);
          }
          for (const level of last?.[of] ?? []) {
            for (const { venue, level: part } of level.venues) {
              expect((venue === 'left' ? left : right)[of].get(part.exact.price)).toEqual(part);
            }
          }
        }
      }),
    );
  });

  it('holds prices for one by what they spell, whatever a double makes of them', () => {
    const spelled = {
      a: liveState(
        book({
          bids: [
            ['1.10', '0.1'],
            ['1.000000000000000002', '1'],
            ['1e-7', '3'],
          ],
        }),
      ),
      b: liveState(
        book({
          bids: [
            ['1.1', '0.2'],
            ['1.000000000000000001', '1'],
            ['0.00000010', '1e-7'],
          ],
        }),
      ),
      // No venue's: what is above all doubles is refused where frames are read.
      c: liveState(
        book({
          bids: [
            ['1e400', '1'],
            ['1.1', '0.4'],
          ],
        }),
      ),
    };
    expect(last({ a: spelled.a, b: spelled.b })).toBe(
      '1.10:0.3 1.000000000000000002 1.000000000000000001 1e-7:3.0000001',
    );
    expect(last({ c: spelled.c, b: spelled.b }, 3)).toBe('1e400 1.1:0.6 1.000000000000000001');
  });

  it('sums contracts as what they are of, and leaves what each venue has as it tells it', () => {
    const told: ConsolidatedBook[] = [];
    const books = { coins: lasting(liveState('9x0.05 |')), contracts: lasting(liveState('9x12 8x100 |')) };
    const contractSizes = { contracts: '0.01', coins: undefined };
    consolidate(books, { contractSizes }).subscribe((value) => told.push(value));

    expect(show(told.at(-1) ?? nothing)).toBe('9:0.17 8:1.00');
    expect(told.at(-1)?.bids.map(({ size }) => size)).toEqual([0.17, 1]);
    expect(told.at(-1)?.bids[0]?.venues.map(({ venue, level }) => [venue, level.exact.size])).toEqual([
      ['coins', '0.05'],
      ['contracts', '12'],
    ]);
  });

  it('shows a bid of one above an ask of another as it is, and a book under two names twice', () => {
    const high = liveState('10x2 | 11');
    const books = new BehaviorSubject<ConsolidatedBook | undefined>(undefined);
    consolidate({ high: lasting(high), low: lasting(liveState('8 | 9')), again: lasting(high) }).subscribe(books);

    expect(show(books.value ?? nothing)).toBe('10:4 8');
    expect(books.value?.asks.map(({ exact }) => `${exact.price}:${exact.size}`)).toEqual(['9:1', '11:2']);
  });

  it('is told in order to whoever moves one of the books in a step, and leaves all in a step', () => {
    const [a, b] = [new Subject<BookState>(), new Subject<BookState>()];
    const told: string[] = [];
    const subscription = consolidate({ a, b }).subscribe((value) => {
      told.push(show(value));
      if (told.length === 1) b.next(liveState('2 |'));
      if (told.length === 3) {
        subscription.unsubscribe();
        b.next(liveState('3 |'));
      }
    });
    a.next(liveState('1 |'));
    a.next(staleState('1 |'));

    expect(told).toEqual(['1', '2 1', '2']);
    expect([a.observed, b.observed]).toEqual([false, false]);
  });

  it('never changes what it told', () => {
    const [a, b] = [new Subject<BookState>(), new Subject<BookState>()];
    const told: ConsolidatedBook[] = [];
    consolidate({ a, b }).subscribe((value) => told.push(value));
    const steps = [liveState('9x2 8 |'), staleState('9x2 8 |'), liveState('7 |')].flatMap((state) => [
      (): void => a.next(state),
      (): void => b.next(state),
    ]);
    const copies = steps.map((step) => {
      step();
      return structuredClone(told.at(-1));
    });
    expect(told).toEqual(copies);
    expect(told.map(show)).toEqual(['9:2 8', '9:4 8:2', '9:2 8', '', '7', '7:2']);
  });

  it(
    'subscribes each book once, errors with any, and leaves all',
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const failure = new Error('refused');
      const a = hot<BookState>('--#', undefined, failure);
      const b = hot<BookState>('-----');

      expectObservable(consolidate({ a, b })).toBe('--#', undefined, failure);
      expectObservable(consolidate({ a, b }), '^!').toBe('-');
      expectSubscriptions(a.subscriptions).toBe(['^-!', '^!']);
      expectSubscriptions(b.subscriptions).toBe(['^-!', '^!']);
    }),
  );

  it('refuses no books at all, a depth that shows nothing, and contracts of nothing or of nobody', () => {
    refuses('books', () => consolidate({}));
    refuses('depth', () => consolidate({ a: NEVER }, { depth: 0 }));
    const books: Record<string, Observable<BookState>> = { a: NEVER };
    refuses('contractSizes', () => consolidate(books, { contractSizes: { other: '1' } }));
    for (const size of ['0', '0.00', '-1', '1e3', '', ' 1']) {
      refuses('contractSizes', () => consolidate(books, { contractSizes: { a: size } }));
    }
  });
});
