import * as t from 'io-ts';
import { NEVER, VirtualTimeScheduler, of, retry, throwError } from 'rxjs';
import { noRule } from '../../lib/book/continuity/none.js';
import { rangeRule } from '../../lib/book/continuity/range.js';
import { SubscriptionRefusedError } from '../../lib/errors/subscriptionRefusedError.js';
import type { Audit } from '../../lib/feed/audit.js';
import { type BookParameters, Books } from '../../lib/feed/books.js';
import { VenueBase } from '../../lib/feed/venueBase.js';
import { VenueCore, eachValue } from '../../lib/feed/venueCore.js';
import type { BookState } from '../../lib/model/bookState.js';
import type { DepthEvent } from '../../lib/model/depthEvent.js';
import { diff, fakeNetwork, snapshot } from '../../lib/testing/index.js';
import { Clock, FakeVenue, Seen, fakePlan } from '../support/fakeVenue.js';

/** A core whose venue answers nothing but by the snapshot that each subscription of a book begins with, at once. */
function start() {
  const scheduler = new VirtualTimeScheduler();
  const network = fakeNetwork({
    onOpening: (wire) => scheduler.schedule(() => wire.open()),
    onSent: (wire, text) => {
      if (text.includes('"sub"')) scheduler.schedule(() => wire.receive({ key: 'book', payload: '' }), 10);
    },
  });
  const base = new VenueBase('fake', { network, scheduler, random: () => 0 });
  const core = new VenueCore(base, fakePlan({ limits: { silence: Infinity }, ids: false }));
  const books = new Books(core);
  const pass = (ms: number): void => {
    scheduler.maxFrames = ms;
    scheduler.flush();
  };
  return { core, books, network, pass };
}

describe('a channel whose messages hold several values', () => {
  it('tells each, in order', () => {
    const { core, network, pass } = start();
    const values: string[] = [];
    const decode = (payload: unknown) => t.success(String(payload).split(''));
    eachValue(core, { topic: { key: 'letters', group: 'main' }, decode }).subscribe((value) => values.push(value));
    pass(100);

    network.wires[0]?.receive({ key: 'letters', payload: 'abc' });
    network.wires[0]?.receive({ key: 'letters', payload: '' });
    network.wires[0]?.receive({ key: 'letters', payload: 'd' });

    expect(values).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('a book that is mended every so often', () => {
  it('subscribes anew, is stale until the snapshot, and tells of no gap', () => {
    const { core, books, network, pass } = start();
    const claims: string[] = [];
    const faults: string[] = [];
    core.exchange.faults$.subscribe(({ type }) => faults.push(type));
    const bookOf = books.of(() => ({
      source: {
        topic: { key: 'book', group: 'main' },
        decode: () => t.success<DepthEvent>(snapshot({ bids: [['1', '1']] })),
      },
      rule: noRule,
    }));
    bookOf({ instrument: 'x', refreshEvery: 60_000 }).state$.subscribe((state) =>
      claims.push(state.status === 'stale' ? `stale ${state.reason}` : state.status),
    );

    pass(130_000);

    expect(claims).toEqual(['syncing', 'live', 'stale resync', 'live', 'stale resync', 'live']);
    expect(network.wires[0]?.sent.map((text) => (JSON.parse(text) as { op: string }).op)).toEqual([
      'sub',
      'unsub',
      'sub',
      'unsub',
      'sub',
    ]);
    expect(faults).toEqual(['resnapshot', 'resnapshot']);
  });
});

describe('books of one kind', () => {
  it('are one feed for the same choice, whoever makes it, and another for each choice that differs in anything', () => {
    const { books, pass } = start();
    interface Choice extends BookParameters {
      readonly depth?: number;
      readonly market?: { readonly id: string; readonly sizes: readonly number[] };
    }
    const bookOf = books.of<Choice>(() => ({
      source: {
        topic: { key: 'book', group: 'main' },
        decode: () => t.success<DepthEvent>(snapshot({ bids: [['1', '1']] })),
      },
      rule: noRule,
    }));
    const audited = (key: string): Audit => ({ key, compare: () => NEVER });
    const choices: readonly Choice[] = [
      { instrument: 'x' },
      { instrument: 'y' },
      { instrument: 'x', silentAfter: 5_000 },
      { instrument: 'x', refreshEvery: 5_000 },
      { instrument: 'x', depth: 5 },
      { instrument: 'x', audit: audited('a') },
      { instrument: 'x', audit: audited('b') },
      { instrument: 'x', market: { id: 'm', sizes: [1, 2] } },
      { instrument: 'x', market: { id: 'm', sizes: [1, 3] } },
    ];
    const last = choices.map((choice) => {
      const states: BookState[] = [];
      bookOf({ ...choice }).state$.subscribe((state) => states.push(state));
      bookOf({ ...choice }).state$.subscribe((state) => states.push(state));
      return states;
    });
    pass(1_000);

    const books$ = last.map((states) => states.slice(-2).map((state) => 'book' in state && state.book));
    for (const [one, other] of books$) expect(one).toBe(other);
    expect(new Set(books$.map(([one]) => one)).size).toBe(choices.length);
  });
});

describe('the counts of a book', () => {
  it('are those of the book that runs, also where it began on the end of another', () => {
    const { books, pass } = start();
    let asked = 0;
    const bookOf = books.of(() => ({
      source: {
        topic: { key: 'book', group: 'main' },
        decode: () => t.success<DepthEvent>(diff({ firstSequence: 2, lastSequence: 2, bids: [['2', '1']] })),
      },
      rule: rangeRule,
      snapshot: () => {
        asked += 1;
        return asked === 1
          ? throwError(() => new SubscriptionRefusedError('acme', 'x', 'not yet'))
          : of(snapshot({ sequence: 1, bids: [['1', '1']] }));
      },
    }));
    const watching = bookOf({ instrument: 'x' }).state$.pipe(retry(2)).subscribe();
    pass(1_000);

    expect(asked).toBe(2);
    expect(books.tally('x')).toMatchObject({ snapshots: 1 });
    watching.unsubscribe();
    pass(10_000);
    expect(books.tally('x')).toBeUndefined();
  });
});

describe('what waits for the limits of a venue', () => {
  it('is told: how many requests, and for how long', () => {
    const clock = new Clock();
    const venue = new FakeVenue(clock);
    const limits = [{ limit: 10, window: 60_000 }];
    const base = new VenueBase('fake', { network: venue.network, scheduler: clock, random: () => 0 }, { limits });
    const faults = new Seen(base.faults$);
    for (let i = 0; i < 31; i += 1) new Seen(base.requests.send({ method: 'GET', url: 'https://fake/' }));
    clock.advance(600_000);

    expect(faults.values).toEqual([
      {
        type: 'waiting',
        venue: 'fake',
        at: 1_000,
        count: 21,
        ms: 179_000,
        message: "21 requests wait for the venue's limits, the last of them for at least 179 s",
      },
    ]);
    expect(clock.timers).toBe(0);
  });
});
