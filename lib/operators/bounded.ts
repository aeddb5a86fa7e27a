import {
  asapScheduler,
  concatMap,
  defer,
  filter,
  of,
  timer,
  type MonoTypeOperatorFunction,
  type Observable,
  type ObservableInput,
  type OperatorFunction,
  type SchedulerLike,
} from 'rxjs';
import { BufferOverflowError } from '../errors/bufferOverflowError.js';
import { aCount, aFunction, aScheduler, checkConfig, oneOf } from '../errors/optionRules.js';

/** How much {@link bounded} holds back, and which values give way. */
export interface BoundedConfig {
  /** How many values may wait, at least 1. The one being consumed is not among them. */
  readonly limit: number;
  /** What is given up when one more comes: the value that waits longest, the one that comes, or the stream. */
  readonly overflow: 'drop-oldest' | 'drop-newest' | 'error';
  /** Called for each value given up, with how many there were since the subscription. */
  readonly onDrop?: (dropped: number) => void;
  /**
   * Hands out one value per turn. Default: `asapScheduler`, after the task at hand; `asyncScheduler` lets sockets and
   * timers go first, which costs about 1 ms per value.
   */
  readonly scheduler?: SchedulerLike;
}

/** The same where each value is handed to a stream of its own. */
export interface BoundedProjectConfig<T, R> extends BoundedConfig {
  /** Consumes a value; the next one follows when it completes. Its values are the operator's. */
  readonly project: (value: T) => ObservableInput<R>;
}

/**
 * Lets a consumer be slower than its source: values wait in a queue with a bound, and what is too much is given up and
 * counted. With `project` it is a `concatMap` whose queue can't grow; put before a `concatMap` it bounds nothing, since
 * that one takes all at once and queues it itself.
 *
 *     source                      -abcd-----|
 *     limit 2, each takes 4 ms    -----a---c---(d|)    b is dropped; drawn and tested in marbles/bounded.txt
 *
 * @returns An operator. Keeps the order. Completes when all that waits is consumed; errors at once with the source, with
 * what `project` or `onDrop` throw, or with {@link BufferOverflowError}, and what waits is gone then.
 * @throws InvalidArgumentError at once for a config that can't be meant: a `limit` that is not at least 1, for instance.
 */
export function bounded<T, R>(config: BoundedProjectConfig<T, R>): OperatorFunction<T, R>;
export function bounded<T>(config: BoundedConfig): MonoTypeOperatorFunction<T>;
export function bounded<T, R>(config: BoundedConfig & Partial<BoundedProjectConfig<T, R>>): OperatorFunction<T, T | R> {
  checkConfig('config', config, needed, others);
  const { limit, overflow, onDrop, scheduler = asapScheduler } = config;
  const project: (value: T) => ObservableInput<T | R> = config.project ?? ((value) => of(value));

  return (source: Observable<T>) =>
    defer(() => {
      const waiting: { readonly value: T }[] = [];
      let dropped = 0;
      /** Whether one more turn is needed to hand out what waits. */
      const admit = (value: T): boolean => {
        const full = waiting.length >= limit;
        if (full && overflow === 'error') throw new BufferOverflowError(limit);
        if (full && overflow === 'drop-oldest') waiting.shift();
        if (!full || overflow === 'drop-oldest') waiting.push({ value });
        if (full) onDrop?.(++dropped);
        return !full;
      };
      const consumeOne = (): ObservableInput<T | R> => {
        const next = waiting.shift();
        return next === undefined ? [] : project(next.value);
      };
      return source.pipe(
        filter(admit),
        concatMap(() => timer(0, scheduler).pipe(concatMap(consumeOne))),
      );
    });
}

const needed = { limit: aCount, overflow: oneOf('drop-oldest', 'drop-newest', 'error') };
const others = { onDrop: aFunction, scheduler: aScheduler, project: aFunction };
