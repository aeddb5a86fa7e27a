import fc from 'fast-check';
import { NEVER, type Observable, Subject, defer, finalize, VirtualTimeScheduler, of, retry } from 'rxjs';
import { PairKeys } from '../../lib/socket/pairKeys.js';
import { SharedStreams } from '../../lib/socket/sharedStreams.js';
import { Clock, Seen } from '../support/fakeVenue.js';

const start = (linger: number, current = false) => {
  const clock = new Clock();
  const streams = new SharedStreams({ linger, scheduler: clock });
  const source = new Subject<number>();
  const log: string[] = [];
  let running = 0;
  let most = 0;
  const get = (key = 'a'): Observable<number> =>
    streams[current ? 'states' : 'events'](key, () =>
      defer(() => {
        log.push(`+${key}`);
        most = Math.max(most, (running += 1));
        return source.pipe(
          finalize(() => {
            running -= 1;
            log.push(`-${key}`);
          }),
        );
      }),
    );
  return { clock, source, log, get, most: () => most };
};

describe('SharedStreams', () => {
  it('runs one stream for any number of observers, and ends it a linger after the last has left', () => {
    const { clock, source, log, get } = start(1_000);
    const seen = Array.from({ length: 5 }, () => new Seen(get()));
    source.next(1);
    for (const one of seen) one.leave();
    clock.advance(999);
    expect(log).toEqual(['+a']);

    clock.advance(1);

    expect(log).toEqual(['+a', '-a']);
    expect(seen.map(({ values }) => values)).toEqual(Array(5).fill([1]));
    expect(clock.timers).toBe(0);
  });

  it('does not end it at all when somebody returns within the linger', () => {
    const { clock, source, log, get } = start(1_000);
    const first = new Seen(get());
    first.leave();
    clock.advance(999);

    const second = new Seen(get());
    clock.advance(5_000);
    source.next(2);

    expect(log).toEqual(['+a']);
    expect(second.values).toEqual([2]);
    expect(clock.timers).toBe(0);
  });

  it('sends nothing for A on the way from A to B to A', () => {
    const { clock, log, get } = start(1_000);
    const a = new Seen(get('a'));
    a.leave();
    const b = new Seen(get('b'));
    clock.advance(500);
    b.leave();
    new Seen(get('a'));
    clock.advance(5_000);

    expect(log).toEqual(['+a', '+b', '-b']);
  });

  it('ends at once where the linger is 0, and begins anew', () => {
    const { clock, log, get } = start(0);
    new Seen(get()).leave();
    expect(log).toEqual(['+a', '-a']);
    new Seen(get());

    expect(log).toEqual(['+a', '-a', '+a']);
    expect(clock.timers).toBe(0);
  });

  it('gives late observers the latest value of a state, not of a stream that stands for itself', () => {
    for (const current of [true, false]) {
      const { source, get } = start(1_000, current);
      new Seen(get());
      source.next(1);
      source.next(2);

      expect(new Seen(get()).values).toEqual(current ? [2] : []);
    }
  });

  it('has forgotten the latest value when the stream begins anew', () => {
    const { clock, source, get } = start(1_000, true);
    const first = new Seen(get());
    source.next(1);
    first.leave();
    clock.advance(1_000);

    expect(new Seen(get()).values).toEqual([]);
  });

  it('keeps to one stream where an observable is held over its end', () => {
    const { log, get, most } = start(0);
    const held = get();
    new Seen(held).leave();
    new Seen(get());
    new Seen(held);

    expect(log).toEqual(['+a', '-a', '+a']);
    expect(most()).toBe(1);
  });

  it('keeps to one stream where an observer subscribes again at once on an error', () => {
    const clock = new Clock();
    const streams = new SharedStreams({ linger: 1_000, scheduler: clock });
    const attempts: Subject<number>[] = [];
    const get = (): Observable<number> =>
      streams.events('a', () =>
        defer(() => {
          const attempt = new Subject<number>();
          attempts.push(attempt);
          return attempt;
        }),
      );
    const seen = new Seen(get().pipe(retry(1)));

    attempts[0]?.error(new Error('refused'));
    const late = new Seen(get());

    expect(attempts).toHaveLength(2);
    attempts[1]?.next(1);
    expect([seen.values, late.values]).toEqual([[1], [1]]);
  });

  it('keeps to one stream where an observer subscribes again at once on completion', () => {
    const { log, get, source } = start(1_000);
    const again: Seen<number>[] = [];
    get().subscribe({ complete: () => again.push(new Seen(get())) });
    source.complete();

    // The source has ended for good, so the second run ended as well; nothing of it is left.
    expect(log).toEqual(['+a', '+a', '-a', '-a']);
    expect(again[0]?.end).toBe('complete');
    new Seen(get());
    expect(log).toHaveLength(6);
  });

  it('leaves no timer where the stream ends while it lingers', () => {
    const { clock, source, get } = start(1_000);
    new Seen(get()).leave();
    expect(clock.timers).toBe(1);

    source.complete();

    expect(clock.timers).toBe(0);
  });

  it('hands a stream that emits and ends at once to each observer', () => {
    const streams = new SharedStreams({ linger: 1_000, scheduler: new Clock() });
    const get = (): Observable<number> => streams.events('a', () => of(1, 2));

    expect(new Seen(get()).values).toEqual([1, 2]);
    expect(new Seen(get()).values).toEqual([1, 2]);
  });

  it('lets an observer leave from within what it is told, without disturbing the others', () => {
    const { source, get } = start(0);
    const leaver = new Seen<number>(get(), () => leaver.leave());
    const stayer = new Seen(get());

    source.next(1);
    source.next(2);

    expect(leaver.values).toEqual([1]);
    expect(stayer.values).toEqual([1, 2]);
  });

  it('tells two keys apart', () => {
    const streams = new SharedStreams({ linger: 0, scheduler: new Clock() });
    new Seen(streams.events('a', () => NEVER));

    expect(new Seen(streams.events('b', () => of(1))).values).toEqual([1]);
  });
});

describe('SharedStreams after an error', () => {
  it('leaves no linger running', () => {
    const scheduler = new VirtualTimeScheduler();
    const streams = new SharedStreams({ linger: 1_000, scheduler });
    const source = new Subject<number>();
    const errors: unknown[] = [];
    streams.states('k', () => source).subscribe({ error: (error: unknown) => errors.push(error) });

    source.error('refused');

    expect(errors).toEqual(['refused']);
    expect(scheduler.actions).toHaveLength(0);
  });
});

describe('PairKeys, of the keys of streams', () => {
  it.each([
    ['book', 'BTC-USDT', 'book:BTC-USDT'],
    ['', '', ':'],
    ['a:b', 'c', 'a:b:c'],
    ['a', 'b:c', 'a:b:c'],
    ['__proto__', 'constructor', '__proto__:constructor'],
  ])('of %j and %j', (first, second, key) => {
    const keys = new PairKeys();
    expect([keys.of(first, second), keys.of(first, second)]).toEqual([key, key]);
  });

  it('are those of both words, whatever was asked for before', () => {
    const word = fc.constantFrom('a', 'b', 'a:', ':b', '', 'toString');
    fc.assert(
      fc.property(fc.array(fc.tuple(word, word)), (pairs) => {
        const keys = new PairKeys();
        expect(pairs.map(([first, second]) => keys.of(first, second))).toEqual(pairs.map((pair) => pair.join(':')));
      }),
    );
  });

  it('are put together once each', () => {
    let written = 0;
    const word: unknown = { toString: () => `w${(written += 1)}` };
    const keys = new PairKeys();
    const made = ['x', 'y', 'x', 'y', 'x'].map((second) => keys.of(word as string, second));
    expect(made).toEqual(['w1:x', 'w2:y', 'w1:x', 'w2:y', 'w1:x']);
  });
});
