import fc from 'fast-check';
import { type Observable, ReplaySubject, Subject, VirtualTimeScheduler, map, share, throwError, timer } from 'rxjs';
import { rangeRule } from '../../lib/book/continuity/range.js';
import { InvalidArgumentError } from '../../lib/errors/invalidArgumentError.js';
import { eventsOf, statesOf } from '../../lib/feed/bookStreams.js';
import { type DepthChannelEvent, depthFeed } from '../../lib/feed/depthFeed.js';
import { foldBook } from '../../lib/feed/foldBook.js';
import type { BookState } from '../../lib/model/bookState.js';
import type { DepthEvent, DepthSnapshot } from '../../lib/model/depthEvent.js';
import type { FaultNotice } from '../../lib/model/fault.js';
import { diff, snapshot } from '../../lib/testing/builders.js';
import { runDiagram } from '../support/diagram.js';
import { showState } from '../operators/drawn.js';

const at = (sequence: number): DepthSnapshot =>
  snapshot({ sequence, bids: [[String(sequence), '1']], asks: [['1000', '1']] });
const range = (first: number, last = first) =>
  diff({ firstSequence: first, lastSequence: last, bids: [[String(last), '1']] });

describe('foldBook', () => {
  it('makes a live book of bare diffs and a snapshot, and has it mended', () => {
    runDiagram('foldBook.txt', ({ hot, cold, expect, scheduler }) => {
      const answers = [
        cold('first snapshot', (label) => at(Number(label))),
        cold('second snapshot', (label) => at(Number(label))),
      ];
      let asked = 0;
      const next = (): Observable<DepthSnapshot> => answers[asked++] ?? throwError(() => new Error('not expected'));
      const diffs = hot('diffs', (label) => range(Number(label)));

      expect(
        'states',
        diffs.pipe(foldBook({ rule: rangeRule, snapshot: next, scheduler, random: () => 0 })),
        showState,
      );
    });
  });

  it('waits for the next snapshot of the source where it has none to ask for', () => {
    const source = new Subject<DepthEvent>();
    const told: string[] = [];
    source.pipe(foldBook({ rule: rangeRule })).subscribe((state) => told.push(showState(state)));

    [range(1), at(1), range(2), range(4), range(5), at(5), range(6)].forEach((event) => source.next(event));

    expect(told).toEqual(['syncing', '1', '2', 'gap', '5', '6']);
  });

  it('tells what it noticed, and ends with what the report throws', () => {
    const faults: FaultNotice[] = [];
    const report = (fault: FaultNotice): void => {
      faults.push(fault);
      if (faults.length === 2) throw new Error('enough');
    };
    const source = new Subject<DepthEvent>();
    const errors: unknown[] = [];
    source.pipe(foldBook({ rule: rangeRule, instrument: 'BTC', report })).subscribe({ error: (e) => errors.push(e) });

    [at(1), range(3), at(3), range(9)].forEach((event) => source.next(event));

    expect(faults).toMatchObject([
      { type: 'gap', channel: 'BTC' },
      { type: 'resnapshot', channel: 'BTC' },
    ]);
    expect(errors).toEqual([new Error('enough')]);
    expect(source.observed).toBe(false);
  });

  it('refuses to fold without a rule', () => {
    expect(() => foldBook(JSON.parse('{}') as { rule: typeof rangeRule })).toThrow(InvalidArgumentError);
  });
});

/** A second trouble of a stale book is no event: a fold of them keeps the first reason. */
const known = (state: BookState | undefined): unknown =>
  state?.status === 'stale' ? { ...state, reason: undefined } : state;

const OPENED = ['begun', 'confirmed'];

describe('foldBook over the events of a book', () => {
  const inputs = fc.array(
    fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom('next', 'next', 'again') },
      { weight: 2, arbitrary: fc.constantFrom('lose', 'lost', 'begun', 'confirmed', 'cross', 'anew', 'resync') },
    ),
    { maxLength: 60 },
  );

  it.each([
    ['at once', 0],
    ['after some diffs', 4],
  ])('comes to the states of that book, whatever happens, observed %s', (_, late) => {
    fc.assert(
      fc.property(inputs, fc.array(fc.nat(40), { maxLength: 12 }), (steps, waits) => {
        const scheduler = new VirtualTimeScheduler(undefined, 10_000);
        const channel = new Subject<DepthChannelEvent>();
        const resync$ = new Subject<void>();
        let sequence = 1_000;
        let asked = 0;
        const updates$ = channel.pipe(
          depthFeed({
            channel: 'depth',
            instrument: 'BTCUSDT',
            rule: rangeRule,
            scheduler,
            resync$,
            snapshot: () =>
              timer(waits[asked++] ?? 1, scheduler).pipe(map(() => ({ ...at(sequence % 900), sequence }))),
            resubscribe: () => undefined,
            random: () => 0,
            report: () => undefined,
          }),
          share({ connector: () => new ReplaySubject(1) }),
        );
        let book: BookState | undefined;
        let folded: BookState | undefined;
        statesOf(updates$).subscribe((state) => (book = state));
        const act = (step: string): void => {
          if (step === 'begun' || step === 'confirmed') channel.next({ type: step, at: scheduler.now() });
          else if (step === 'lost') channel.next({ type: 'lost', reason: 'closed', at: scheduler.now() });
          else if (step === 'resync') resync$.next();
          else {
            if (step === 'anew') sequence = 0;
            if (step !== 'again') sequence += 1;
            const bids = step === 'cross' ? [['1000', '1'] as const] : [[String(sequence % 900), '1'] as const];
            const value = diff({ firstSequence: sequence, lastSequence: sequence, bids });
            if (step !== 'lose') channel.next({ type: 'message', value });
          }
        };
        [...OPENED, ...steps, 'lost', ...OPENED, ...Array<string>(8).fill('next')].forEach((step, i) => {
          scheduler.schedule(() => {
            if (i === late) {
              eventsOf(updates$)
                .pipe(foldBook({ rule: rangeRule, scheduler }))
                .subscribe((state) => (folded = state));
            }
            act(step);
            // A late observer knows of no book before its first one.
            if (late === 0 || folded?.status === 'live') expect(known(folded)).toEqual(known(book));
          }, i * 10);
        });
        scheduler.flush();
        expect(book).toMatchObject({ status: 'live' });
        expect(folded).toEqual(book);
      }),
      { numRuns: 150 },
    );
  });
});
