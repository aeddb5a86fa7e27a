import { Subscription, type Observable } from 'rxjs';
import { BufferOverflowError } from '../errors/bufferOverflowError.js';
import { aCount, anObservable, checkConfig, checkKind, oneOf } from '../errors/optionRules.js';
import { ownedBy } from '../time/ownedBy.js';

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
  return { [Symbol.asyncIterator]: () => new Loop(source, config) };
}

/** One loop over a source. */
class Loop<T> implements AsyncIterator<T, undefined> {
  readonly #values: T[] = [];
  readonly #waiting: Waiting<T>[] = [];
  readonly #subscription = new Subscription();
  #isBegun = false;
  #ending: Ending | undefined;
  #isLeft = false;

  constructor(
    private readonly source: Observable<T>,
    private readonly config: AsyncIterableConfig,
  ) {}

  next(): Promise<IteratorResult<T, undefined>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      if (!this.#isBegun && !this.#isLeft) this.#start();
      this.#settle();
    });
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.#isLeft = true;
    this.#values.length = 0;
    this.#end({ kind: 'complete' });
    return Promise.resolve(DONE);
  }

  #start(): void {
    this.#isBegun = true;
    ownedBy(this.source, this.#subscription).subscribe({
      next: (value) => {
        this.#take(value);
      },
      error: (error: unknown) => {
        this.#end({ kind: 'error', error });
      },
      complete: () => {
        this.#end({ kind: 'complete' });
      },
    });
  }

  #take(value: T): void {
    // Until the source heeds the unsubscription it may go on.
    if (this.#ending !== undefined) return;
    const { buffer, overflow } = this.config;
    if (this.#waiting.length === 0 && this.#values.length >= buffer) {
      if (overflow === 'error') {
        this.#end({ kind: 'error', error: new BufferOverflowError(buffer) });
        return;
      }
      this.#values.shift();
    }
    this.#values.push(value);
    this.#settle();
  }

  #end(by: Ending): void {
    this.#ending ??= by;
    this.#subscription.unsubscribe();
    this.#settle();
  }

  #settle(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (this.#values.length > 0) next.resolve({ done: false, value: this.#values.shift() as T });
      else if (this.#ending === undefined) return;
      else if (this.#ending.kind === 'complete') next.resolve(DONE);
      else {
        next.reject(this.#ending.error);
        // A loop that has thrown is over.
        this.#ending = { kind: 'complete' };
      }
      this.#waiting.shift();
    }
  }
}
