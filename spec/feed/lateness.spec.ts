import { Lateness } from '../../lib/feed/lateness.js';
import type { BookState } from '../../lib/model/bookState.js';
import { book, diff, liveState, staleState } from '../../lib/testing/builders.js';

const clock = { now: () => 7 };
const told = (state: BookState) => ({ state, events: [diff({})] });
const syncing: BookState = { status: 'syncing' };
const one = liveState(book({ sequence: 1 }));
const two = liveState(book({ sequence: 2 }));

describe('Lateness', () => {
  it('lets updates through as they are while its wire is in time', () => {
    const lateness = new Lateness();
    for (const state of [syncing, one, two]) {
      const update = told(state);
      expect(lateness.of(update, clock)).toBe(update);
    }
  });

  it('tells one state for all of the time, the last right book, and the newest afterwards', () => {
    const lateness = new Lateness();
    lateness.of(told(one), clock);
    const late = lateness.turn(true, 5);
    expect(late?.state).toEqual({ status: 'stale', reason: 'lagging', since: 5, book: one.book });
    const meanwhile = lateness.of(told(two), clock);
    expect(meanwhile.state).toBe(late?.state);
    expect(meanwhile.events).toHaveLength(1);
    expect(lateness.turn(false, 9)).toEqual({ state: two, events: [] });
    expect(lateness.turn(false, 9)).toBeUndefined();
  });

  it('tells of a loss meanwhile, and that it lags once that is mended', () => {
    const lateness = new Lateness();
    lateness.of(told(one), clock);
    lateness.turn(true, 5);
    const gap = staleState(one.book, { reason: 'gap', since: 6 });
    expect(lateness.of(told(gap), clock).state).toEqual({ ...gap, since: 5 });
    expect(lateness.of(told(two), clock).state).toMatchObject({ reason: 'lagging', since: 5 });
    expect(lateness.turn(false, 9)?.state).toBe(two);
  });

  it('shows a book that came late as one that lags, and none where there is none', () => {
    const lateness = new Lateness();
    lateness.of(told(syncing), clock);
    expect(lateness.turn(true, 5)).toBeUndefined();
    expect(lateness.of(told(one), clock).state).toEqual({
      status: 'stale',
      reason: 'lagging',
      since: 7,
      book: one.book,
    });
  });

  it('ends with the session, without a word', () => {
    const lateness = new Lateness();
    lateness.of(told(one), clock);
    lateness.turn(true, 5);
    const lost = staleState(one.book, { reason: 'disconnected', since: 6 });
    const said = lateness.of(told(lost), clock).state;
    expect(said).toEqual({ ...lost, since: 5 });
    lateness.end();
    expect(lateness.of(told(lost), clock).state).toBe(said);
    expect(lateness.of(told(two), clock).state).toBe(two);
  });
});
