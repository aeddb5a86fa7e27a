import { Subject } from 'rxjs';
import { eventsOf, statesOf } from '../../lib/feed/bookStreams.js';
import type { BookUpdate } from '../../lib/model/bookUpdate.js';
import type { BookState } from '../../lib/model/bookState.js';
import type { DepthEvent } from '../../lib/model/depthEvent.js';
import { book, diff, liveState, reset, snapshot, staleState, syncingState } from '../../lib/testing/index.js';

const right = book({ bids: [['100', '1']], asks: [['101', '2']], sequence: 7 });
const update = (state: BookState, ...events: DepthEvent[]): BookUpdate => ({ state, events });

describe('statesOf', () => {
  it('tells a state once, however many events led to it', () => {
    const updates = new Subject<BookUpdate>();
    const seen: BookState[] = [];
    const syncing = syncingState;
    statesOf(updates).subscribe((state) => seen.push(state));

    updates.next(update(syncing));
    updates.next(update(syncing, reset()));
    updates.next(update(liveState(right), snapshot({})));

    expect(seen).toEqual([syncing, liveState(right)]);
  });
});

describe('eventsOf', () => {
  const late = (first: BookUpdate): string[] => {
    const updates = new Subject<BookUpdate>();
    const seen: string[] = [];
    eventsOf(updates).subscribe((event) => seen.push(event.type));
    updates.next(first);
    updates.next(update(liveState(right), diff({})));
    return seen;
  };

  it.each<[string, BookUpdate, string[]]>([
    ['a live book', update(liveState(right), diff({})), ['snapshot', 'diff']],
    [
      'a book that fell silent, which the next diff continues',
      update(staleState(right, { reason: 'silent' })),
      ['snapshot', 'diff'],
    ],
    ['a broken book, whose mending brings a snapshot', update(staleState(right, { reason: 'gap' }), reset()), ['diff']],
    ['no book yet', update(syncingState, reset()), ['diff']],
  ])('begins for a late observer with a snapshot where it can be continued: %s', (_, first, expected) => {
    expect(late(first)).toEqual(expected);
  });

  it('passes on the end', () => {
    const updates = new Subject<BookUpdate>();
    const ends: unknown[] = [];
    eventsOf(updates).subscribe({ complete: () => ends.push('complete') });
    updates.complete();

    const failing = new Subject<BookUpdate>();
    eventsOf(failing).subscribe({ error: (error: unknown) => ends.push(error) });
    failing.error('refused');

    expect(ends).toEqual(['complete', 'refused']);
  });
});
