import type { Observable, Subscription } from 'rxjs';
import { BufferOverflowError } from '../errors/bufferOverflowError.js';
import { aCount, anObservable, checkConfig, checkKind, oneOf } from '../errors/optionRules.js';

/** How many values {@link toAsyncIterable} holds for a slow loop, and what becomes of the rest. */
export interface AsyncIterableConfig {
  /** How many values may wait for the loop, at least 1. The one that the loop is at is not among them. */
  readonly buffer: number;
  /**
   * What happens when one more comes. `error`: nothing is left out; the loop gets what waits, then it throws. `latest`:
   * the value that waits longest is left out, so that the loop never falls behind by more than the buffer.
   */
  readonly overflow: 'error' | 'latest';
}

type Ending = { readonly kind: 'complete' } | { readonly kind: 'error'; readonly error: unknown };

interface Waiting<T> {
  readonly resolve: (result: IteratorResult<T, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

const DONE = { done: true, value: undefined } as const;

/**
 * Any stream for `for await`. Each loop subscribes when it asks for its first value and unsubscribes when it is left, by
 * `break`, `return` or an error of its own.
 *
 *     for await (const book of toAsyncIterable(books$, { buffer: 1, overflow: 'latest' })) await draw(book);
 *
 * @returns An iterable; each loop over it is a subscription of its own. The loop ends when the source completes and throws
 * what the source errors with, each after all that waits; with `overflow: 'error'` also a {@link BufferOverflowError}.
 * @throws InvalidArgumentError at once for what can't be meant: a `buffer` that is not at least 1, for instance.
 */
export function toAsyncIterable<T>(source: Observable<T>, config: AsyncIterableConfig): AsyncIterable<T, undefined> {
  checkKind('source', anObservable, source);
  checkConfig('config', config, { buffer: aCount, overflow: oneOf('error', 'latest') });
  const { buffer, overflow } = config;
  return { [Symbol.asyncIterator]: () => iterate(source, buffer, overflow) };
}

function iterate<T>(
  source: Observable<T>,
  buffer: number,
  overflow: AsyncIterableConfig['overflow'],
): AsyncIterator<T, undefined> {
  const values: T[] = [];
  const asking: Waiting<T>[] = [];
  let subscription: Subscription | undefined;
  let ending: Ending | undefined;
  let isLeft = false;

  const settle = (): void => {
    for (let next = asking[0]; next !== undefined; next = asking[0]) {
      if (values.length > 0) next.resolve({ done: false, value: values.shift() as T });
      else if (ending === undefined) return;
      else if (ending.kind === 'complete') next.resolve(DONE);
      else {
        next.reject(ending.error);
        // A loop that has thrown is over.
        ending = { kind: 'complete' };
      }
      asking.shift();
    }
  };
  const end = (by: Ending): void => {
    ending ??= by;
    subscription?.unsubscribe();
    settle();
  };
  const take = (value: T): void => {
    // Until the source heeds the unsubscription it may go on.
    if (ending !== undefined) return;
    if (asking.length === 0 && values.length >= buffer) {
      if (overflow === 'error') {
        end({ kind: 'error', error: new BufferOverflowError(buffer) });
        return;
      }
      values.shift();
    }
    values.push(value);
    settle();
  };
  const start = (): void => {
    subscription = source.subscribe({
      next: take,
      error: (error: unknown) => {
        end({ kind: 'error', error });
      },
      complete: () => {
        end({ kind: 'complete' });
      },
    });
    // It may have ended while it was subscribed to, before there was anything to unsubscribe.
    if (ending !== undefined) subscription.unsubscribe();
  };

  return {
    next: () =>
      new Promise((resolve, reject) => {
        asking.push({ resolve, reject });
        if (subscription === undefined && !isLeft) start();
        settle();
      }),
    return: () => {
      isLeft = true;
      values.length = 0;
      end({ kind: 'complete' });
      return Promise.resolve(DONE);
    },
  };
}
