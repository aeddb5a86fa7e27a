import fc from 'fast-check';
import { EMPTY, NEVER, Observable, Subject, from, of, range, tap, throwError } from 'rxjs';
import { BufferOverflowError } from '../../lib/errors/bufferOverflowError.js';
import { toAsyncIterable } from '../../lib/operators/toAsyncIterable.js';
import { refuses } from './contract.js';

const all = async <T>(values: AsyncIterable<T>): Promise<readonly (T | string)[]> => {
  const seen: (T | string)[] = [];
  try {
    for await (const value of values) seen.push(value);
  } catch (error) {
    seen.push(String(error));
  }
  return seen;
};

it('hands out every value in order, then ends as the source does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer(), { maxLength: 20 }), fc.boolean(), async (values, fails) => {
      const source = new Observable<number>((subscriber) => {
        for (const value of values) subscriber.next(value);
        if (fails) subscriber.error('broken');
        else subscriber.complete();
      });
      expect(await all(toAsyncIterable(source, { buffer: 20, overflow: 'error' }))).toEqual(
        fails ? [...values, 'broken'] : values,
      );
    }),
  );
  expect(await all(toAsyncIterable(EMPTY, { buffer: 1, overflow: 'latest' }))).toEqual([]);
  expect(
    await all(
      toAsyncIterable(
        throwError(() => 'x'),
        { buffer: 1, overflow: 'latest' },
      ),
    ),
  ).toEqual(['x']);
});

it('leaves nothing out before it says that too much waits, and unsubscribes', async () => {
  const source = new Subject<number>();
  const iterator = toAsyncIterable(source, { buffer: 2, overflow: 'error' })[Symbol.asyncIterator]();
  const first = iterator.next();
  for (const value of [1, 2, 3, 4]) source.next(value);

  expect(source.observed).toBe(false);
  expect(await first).toEqual({ done: false, value: 1 });
  expect(await iterator.next()).toEqual({ done: false, value: 2 });
  expect(await iterator.next()).toEqual({ done: false, value: 3 });
  await expect(iterator.next()).rejects.toThrow(BufferOverflowError);
  expect(await iterator.next()).toEqual({ done: true, value: undefined });
});

it('keeps the newest where it may leave some out', async () => {
  expect(await all(toAsyncIterable(from([1, 2, 3, 4, 5]), { buffer: 2, overflow: 'latest' }))).toEqual([1, 4, 5]);
});

it('subscribes with the first question, once a loop, and never after it was left', async () => {
  let subscribed = 0;
  const source = new Observable<number>((subscriber) => {
    subscribed += 1;
    subscriber.next(subscribed);
  });
  const values = toAsyncIterable(source, { buffer: 1, overflow: 'latest' });
  const iterator = values[Symbol.asyncIterator]();
  expect(subscribed).toBe(0);
  expect(await iterator.next()).toEqual({ done: false, value: 1 });
  expect(await values[Symbol.asyncIterator]().next()).toEqual({ done: false, value: 2 });
  const left = values[Symbol.asyncIterator]();
  await left.return?.();
  expect(await left.next()).toEqual({ done: true, value: undefined });
  expect(subscribed).toBe(2);
});

it.each(['break', 'throw'])('unsubscribes when the loop is left by %s', async (way) => {
  let left = 0;
  const source = new Observable<number>((subscriber) => {
    subscriber.next(1);
    return () => (left += 1);
  });
  const loop = async (): Promise<void> => {
    for await (const value of toAsyncIterable(source, { buffer: 1, overflow: 'error' })) {
      if (way === 'throw') throw new Error(`at ${String(value)}`);
      break;
    }
  };
  await loop().catch(() => undefined);
  expect(left).toBe(1);
});

it('answers questions asked ahead, in order, also by the end', async () => {
  const source = new Subject<number>();
  const iterator = toAsyncIterable(source, { buffer: 1, overflow: 'error' })[Symbol.asyncIterator]();
  const asked = [iterator.next(), iterator.next(), iterator.next()];
  source.next(1);
  source.next(2);
  source.complete();
  expect(await Promise.all(asked)).toEqual([
    { done: false, value: 1 },
    { done: false, value: 2 },
    { done: true, value: undefined },
  ]);
  const waiting = toAsyncIterable(NEVER, { buffer: 1, overflow: 'error' })[Symbol.asyncIterator]();
  const open = waiting.next();
  await waiting.return?.();
  expect(await open).toEqual({ done: true, value: undefined });
});

it('leaves a source that tells much at once in the step in which it has enough', async () => {
  let told = 0;
  const source = range(0, 1_000).pipe(tap(() => (told += 1)));
  expect(await all(toAsyncIterable(source, { buffer: 2, overflow: 'error' }))).toEqual([
    0,
    1,
    2,
    String(new BufferOverflowError(2)),
  ]);
  expect(told).toBe(4);
});

it('refuses a buffer for nothing', () => {
  refuses('buffer', () => toAsyncIterable(of(1), { buffer: 0, overflow: 'latest' }));
});
