import { type Observable, map, of } from 'rxjs';
import { rangeRule } from '../../lib/book/continuity/range.js';
import type { Note } from '../../lib/book/machine/note.js';
import { audit } from '../../lib/feed/audit.js';
import { depthFeed, type DepthChannelEvent } from '../../lib/feed/depthFeed.js';
import type { BookUpdate } from '../../lib/model/bookUpdate.js';
import type { DepthSnapshot } from '../../lib/model/depthEvent.js';
import type { Fault } from '../../lib/model/fault.js';
import { diff, liveState, book, snapshot, staleState } from '../../lib/testing/builders.js';
import { marbles } from '../../lib/testing/marbles.js';

/** The book at n holds bids n and 1. */
const told = (sequence: number): DepthSnapshot =>
  snapshot({
    sequence,
    bids: [
      [String(sequence), '1'],
      ['1', '1'],
    ],
    asks: [['1000', '1']],
  });
const begins = (sequence: number): BookUpdate => ({
  state: liveState(book(told(sequence))),
  events: [told(sequence)],
});
const goesOn = (sequence: number): BookUpdate => ({ ...begins(sequence), events: [diff()] });
const UPDATES: Readonly<Record<string, BookUpdate>> = {
  s: begins(2),
  3: goesOn(3),
  4: goesOn(4),
  6: goesOn(6),
  t: begins(2),
  g: { state: staleState(book(told(4))), events: [] },
};
const wrong = { ...told(3), bids: told(9).bids };
const SNAPSHOTS = { 3: told(3), 4: told(4), 5: told(5), x: wrong, n: { ...wrong, sequence: undefined } };

const levelsOf = (notes$: Observable<Note>): Observable<unknown> =>
  notes$.pipe(map((note) => note.type === 'drift' && note.levels));

describe('audit', () => {
  it.each([
    ['agrees with the version it was taken at', ' s-3-4----', '-3', ''],
    ['differs from the version it was taken at', 's-3-4----', '-x', '------d'],
    ['is newer than the book, which then agrees', 's-3---4--', '4', ''],
    ['is newer than the book, which passes it by', 's-3---6--', '5', ''],
    ['is newer than the book, which breaks', '    s-3---g--', '4', ''],
    ['has no sequence', '                         s-3------', 'n', ''],
    ['is of a forgotten version', '              s-3-4----', '-x', '', 1],
    ['cannot be had', '                           s-3------', '#', ''],
  ])('when the snapshot %s', (_, updates, answer, drift, versions = 256) => {
    marbles(({ hot, cold, scheduler, expectObservable }) => {
      const updates$ = hot(updates.trim(), UPDATES);
      const snapshot = () => cold(answer, SNAPSHOTS);

      const audit$ = levelsOf(audit({ every: 5, versions }).compare(updates$, { snapshot, scheduler }));

      expectObservable(audit$, '---------!').toBe(drift, { d: 2 });
    })();
  });

  // What the book had half a minute ago no cache lacks: asked at 31, 62, 93 and 124 s.
  it.each([
    ['from before that, once', 's-3-4', ['4', '-1', '4', '-1'], ''],
    ['from before that, twice in a row: the numbers begin anew', 's-3-4', ['4', '-1', '-1'], '93001ms d'],
    ['from before that, before that can be known', 's-3-4', ['-1', '-1', '4'], ''],
    ['from before a book that began only now', 's-3 61s g-t-3-4', ['4', '-1', '-1', '4'], ''],
    ['from before that, and then a book began anew', 's-3-4 70s g-t-3-4', ['4', '-1', '-1', '4'], ''],
    ['the same old one while the book goes on: out of a cache', 's-3-4 70s 6', ['4', '-1', '-1'], ''],
    ['within a diff, over and over', 's-3-6', ['-5', '-5', '-5', '-5'], ''],
  ])('when the snapshot is %s', (_, updates, answers, drift) => {
    marbles(({ hot, cold, scheduler, expectObservable }) => {
      const updates$ = hot(updates, UPDATES);
      let asked = 0;
      const snapshot = () =>
        cold(answers[asked++] ?? '', {
          ...SNAPSHOTS,
          1: { ...told(1), bids: told(9).bids },
        });

      const audit$ = levelsOf(audit({ every: 31_000 }).compare(updates$, { snapshot, scheduler }));

      expectObservable(audit$, '130s !').toBe(drift, { d: 2 });
    })();
  });

  it.each([
    ['differs', told(9), '91001ms d'],
    ['is the same but for its number', { ...told(3), sequence: 9 }, ''],
  ])('compares a snapshot with the newest version when its own does not come in a minute: it %s', (_, fresh, drift) => {
    marbles(({ hot, cold, scheduler, expectObservable }) => {
      const updates$ = hot('s-3', UPDATES);
      const snapshot = () => cold('-s', { s: fresh });

      const audit$ = levelsOf(audit({ every: 31_000 }).compare(updates$, { snapshot, scheduler }));

      expectObservable(audit$, '100s !').toBe(drift, { d: 2 });
    })();
  });

  it(
    'waits for a version that comes later, and compares then',
    marbles(({ hot, cold, scheduler, expectObservable, expectSubscriptions }) => {
      const updates$ = hot('s-------3-', UPDATES);
      const answer = cold('      x--------', SNAPSHOTS);
      const answerSubs = '  -----(^!)';
      const expected = '    --------d';

      const audit$ = levelsOf(audit({ every: 5 }).compare(updates$, { snapshot: () => answer, scheduler }));

      expectObservable(audit$, '---------!').toBe(expected, { d: 2 });
      expectSubscriptions(answer.subscriptions).toBe(answerSubs);
    }),
  );

  it(
    'asks for nothing while the book is not live',
    marbles(({ hot, cold, scheduler, expectObservable, expectSubscriptions }) => {
      const updates$ = hot('s-g---s------', UPDATES);
      const answer = cold('           ----3', SNAPSHOTS);
      const answerSubs = '  ----------^--!';

      const audit$ = levelsOf(audit({ every: 5 }).compare(updates$, { snapshot: () => answer, scheduler }));

      expectObservable(audit$, '-------------!').toBe('');
      expectSubscriptions(answer.subscriptions).toBe(answerSubs);
    }),
  );

  it(
    'sends a book that drifted to be mended, and reports by how many levels',
    marbles(({ hot, scheduler, expectObservable, flush }) => {
      const begun: DepthChannelEvent = { type: 'begun', at: 0 };
      const channel = hot<DepthChannelEvent>('-b-c', { b: begun, c: { type: 'confirmed', at: 0 } });
      const expected = '                       yy-a---(ra)';
      const faults: Fault[] = [];
      let asked = 0;
      const feed = depthFeed({
        resubscribe: () => undefined,
        channel: 'depth',
        instrument: 'BTCUSDT',
        rule: rangeRule,
        snapshot: () => of((asked += 1) === 2 ? { ...told(3), bids: told(5).bids } : told(3)),
        audit: audit({ every: 7 }),
        scheduler,
        random: () => 0,
        report: (fault) => faults.push({ ...fault, venue: 'acme', at: scheduler.now() }),
      });

      const claim$ = channel.pipe(
        feed,
        map(({ state }) => (state.status === 'stale' ? state.reason : state.status)),
      );

      expectObservable(claim$, '-------------!').toBe(expected, { y: 'syncing', a: 'live', r: 'resync' });
      flush();
      expect(faults).toMatchObject([{ type: 'drift', channel: 'depth', at: 7, levels: 2 }, { type: 'resnapshot' }]);
    }),
  );
});
